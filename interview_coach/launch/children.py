"""The children of one `./coach up` and the supervisor's configuration made from them."""

from __future__ import annotations

import os
import resource
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

READY = "ready"  # the name of the child that ends when the web process answers
_FILES_WANTED = 16384  # every browser tab holds a connection
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Child:
    """One supervised program.

    name: as shown on the terminal. priority: started in ascending order, stopped in descending.
    stop_seconds: time between SIGTERM and SIGKILL. once: a program that ends by itself with 0 and
    is then not started again. niceness: 0-19, higher gives way to the others.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    stop_seconds: int = 10
    once: bool = False
    niceness: int = 0


def configuration(children: list[Child], data_dir: Path, project: Path) -> str:
    """The text of supervisord.conf. Written by the process that becomes the supervisor."""
    programs = [_program(each, data_dir, project) for each in children]
    return "\n".join([_supervisor(data_dir), *programs])


def _supervisor(data_dir: Path) -> str:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _FILES_WANTED if most == resource.RLIM_INFINITY else min(most, _FILES_WANTED)
    return f"""[supervisord]
nodaemon=true
silent=true
logfile={_plain(data_dir / "logs" / "supervisor.log")}
logfile_maxbytes=1MB
logfile_backups=1
pidfile={_plain(data_dir / "run" / "supervisor.pid")}
minfds={files}
minprocs=64
"""


def _program(child: Child, data_dir: Path, project: Path) -> str:
    """One section. killasgroup: what a child started itself does not stay behind."""
    return f"""[program:{child.name}]
command={_plain(shlex.join(_tied(child)))}
directory={_plain(project)}
priority={child.priority}
autorestart={"unexpected" if child.once else "true"}
startsecs={0 if child.once else 1}
startretries=5
exitcodes=0
stopsignal=TERM
stopwaitsecs={child.stop_seconds}
killasgroup=true
redirect_stderr=true
stdout_logfile={_plain(data_dir / "logs" / f"{child.name}.log")}
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
stdout_events_enabled=true
"""


def _tied(child: Child) -> list[str]:
    """The command, ended by the system when the supervisor dies without a chance to stop it."""
    wrapper = [sys.executable, "-I", "-S", str(_HERE / "die_with_parent.py")]
    return [*wrapper, str(os.getpid()), str(child.niceness), *child.command]


def _plain(value: str | Path) -> str:
    """A percent sign would be an expansion in this format."""
    return str(value).replace("%", "%%")
