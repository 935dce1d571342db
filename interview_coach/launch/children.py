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


def configuration(children: list[Child], project: Path) -> tuple[str, dict[str, str]]:
    """The text of supervisord.conf, and the environment variables it refers to.

    Made by the process that becomes the supervisor, which uses it with the data folder as working
    folder. project: the working folder of the children. No path stands in the text: this format
    takes percent signs and blanks before a hash for something else.
    """
    commands = {_variable(each): shlex.join(_tied(each, project)) for each in children}
    return "\n".join([_supervisor(), *map(_program, children)]), commands


def _supervisor() -> str:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _FILES_WANTED if most == resource.RLIM_INFINITY else min(most, _FILES_WANTED)
    return f"""[supervisord]
nodaemon=true
silent=true
logfile=logs/supervisor.log
logfile_maxbytes=1MB
logfile_backups=1
pidfile=run/supervisor.pid
minfds={files}
minprocs=64
"""


def _program(child: Child) -> str:
    """One section. killasgroup: what a child started itself does not stay behind."""
    return f"""[program:{child.name}]
command=%(ENV_{_variable(child)})s
priority={child.priority}
autorestart={"unexpected" if child.once else "true"}
startsecs={0 if child.once else 1}
startretries=5
exitcodes=0
stopsignal=TERM
stopwaitsecs={child.stop_seconds}
killasgroup=true
redirect_stderr=true
stdout_logfile=logs/{child.name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
stdout_events_enabled=true
"""


def _variable(child: Child) -> str:
    return f"RUN_{child.name.upper()}"


def _tied(child: Child, project: Path) -> list[str]:
    """The command, ended by the system when the supervisor dies without a chance to stop it."""
    wrapper = [sys.executable, "-I", "-S", str(_HERE / "die_with_parent.py")]
    return [*wrapper, str(os.getpid()), str(child.niceness), str(project), *child.command]
