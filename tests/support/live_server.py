"""A web process of the API and its live events, without the page: `python -m` it with a port."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError

from starlette.types import ASGIApp

from tests.support.servers import wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
_STARTS_WITHIN = 60.0


def _app() -> ASGIApp:
    from interview_coach.api.app import make_api
    from interview_coach.api.gate import Gate
    from interview_coach.feedback import live
    from interview_coach.kit.logging import configure_logging
    from interview_coach.routes import ROUTERS
    from interview_coach.runtime import runtime

    configure_logging(json_lines=False)

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(runtime().progress.run()),
            asyncio.create_task(live.live().connections.run()),
        ]
        yield
        for task in tasks:
            task.cancel()

    api = make_api(ROUTERS)
    api.router.lifespan_context = running
    return Gate(live.in_front(api))


@contextmanager
def web_process() -> Iterator[str]:
    """The address of a web process with the settings of this test; it is ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.live_server", str(port)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until(
            lambda: process.poll() is not None or _answers(url),
            _STARTS_WITHIN,
            "the web process answers",
        )
        assert process.poll() is None
        yield url
    finally:
        process.terminate()
        try:
            process.wait(15)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _answers(url: str) -> bool:
    try:
        # What health finds is not asked here: any answer will do.
        with urllib.request.urlopen(f"{url}/api/v1/health", timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


if __name__ == "__main__":
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "live",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=2,
    ).serve(target_loader=_app, wrap_loader=False)
