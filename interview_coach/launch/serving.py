"""The web process: granian serving page, API and websocket on one port, without Node."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from interview_coach.launch import die_with_parent

MODULE = "interview_coach.interview_coach"
_SECONDS_TO_FINISH = 5  # open websockets would keep a worker from ending
_OPEN_REQUESTS = 4096  # every open websocket counts as one


def environment(page: Path) -> dict[str, str]:
    """What the web process needs to know to serve a finished page.

    The names with two underscores are internal to Reflex: Reflex stays pinned, a test covers them.
    """
    return {
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_ENV_MODE": "prod",
        # Nothing is linked into assets/ and nothing is written: the code may lie read-only.
        "REFLEX_BACKEND_ONLY": "true",
        "REFLEX_WEB_WORKDIR": str(page),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }


def command(host: str, port: int) -> list[str]:
    """The command of the web process; to be run in the project folder with `environment`."""
    return [sys.executable, "-m", "interview_coach.launch.serving", host, str(port)]


class _WorkerLoader:
    """Imports the app in granian's worker process, which must not outlive granian itself."""

    def __init__(self, server: int) -> None:
        self.server = server

    def __call__(self) -> Any:
        # A worker that lost its server would hold the port; there is nothing left to finish for.
        die_with_parent.arm(self.server, signal.SIGKILL)
        return import_module(MODULE).app()


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. The working folder and `environment` must be set already."""
    from granian.constants import Interfaces
    from granian.server import Server

    # Reflex finds rxconfig.py on the module path.
    sys.path.insert(0, str(Path.cwd()))
    server = Server(
        f"{MODULE}:app",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        backlog=_OPEN_REQUESTS,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    )
    server.serve(target_loader=_WorkerLoader(os.getpid()), wrap_loader=False)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
