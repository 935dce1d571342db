"""The whole of `up` on the real page: ready, one origin, and nothing left behind."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.sync.client import connect

from interview_coach.launch import page_build
from interview_coach.settings import PROJECT_DIR
from tests.support.servers import wait_until

_READY_WITHIN = 60.0
_ENDS_WITHIN = 40.0


@dataclass(frozen=True)
class Running:
    """A coach that is ready."""

    process: subprocess.Popen[bytes]
    port: int
    data_dir: Path

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One request; the answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def family(self) -> list[int]:
        """The process ids of everything it started, children of children too."""
        return _descendants(self.process.pid)


def _descendants(process: int) -> list[int]:
    file = Path(f"/proc/{process}/task/{process}/children")
    children = [int(each) for each in file.read_text().split()] if file.exists() else []
    return children + [each for child in children for each in _descendants(child)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def built_page() -> Path:
    """The finished page, built when it is not there."""
    return page_build.ensure_page(PROJECT_DIR, print)


@contextmanager
def _started(folder: Path) -> Iterator[Running]:
    """`up` on an empty data folder and a port it was not built for; ready, and ended at the end."""
    data_dir, port = folder / "my data", _free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COACH_")}
    terminal = folder / "terminal"
    with terminal.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "interview_coach", "up", "--port", str(port)],
            cwd=folder,
            env={
                **kept,
                "COACH_DATA_DIR": str(data_dir),
                "COACH_OFFLINE": "1",
                "PYTHONPATH": str(PROJECT_DIR),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Running(process, port, data_dir)
    ready = f"Interview Coach is ready at http://127.0.0.1:{port}\n"
    try:
        wait_until(
            lambda: ready in terminal.read_text() or process.poll() is not None,
            _READY_WITHIN,
            "the coach is ready",
        )
        assert ready in terminal.read_text()
        yield running
    finally:
        # A test that failed half-way must not leave anything either.
        for each in [*running.family(), process.pid]:
            if _is_alive(each):
                os.kill(each, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def coach(built_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A coach that is ready, the same for the tests that only look at it."""
    with _started(tmp_path_factory.mktemp("coach")) as running:
        yield running


def _is_alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_one_port_serves_page_api_and_socket_to_its_own_origin(
    coach: Running, built_page: Path
) -> None:
    answer, body = coach.get("/api/v1/health")
    assert answer.status == 200, body
    answer, body = coach.get("/")
    assert answer.status == 200
    assert body.lstrip().lower().startswith(b"<!doctype html")
    (chunk,) = (built_page / "build" / "client" / "assets").glob("reflex-env-*.js")
    answer, body = coach.get(f"/assets/{chunk.name}", **{"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    _, script = coach.get(f"/assets/{chunk.name}")
    assert b"window.location.host" in script
    assert not re.search(rb"localhost|127\.0\.0\.1|0\.0\.0\.0", script)
    address = f"ws://127.0.0.1:{coach.port}/_event/?EIO=4&transport=websocket&token=check"
    with connect(address, origin=f"http://127.0.0.1:{coach.port}") as page_socket:
        # Engine.IO opens with its own message: the page's events have somebody who listens.
        assert str(page_socket.recv(timeout=10)).startswith("0{")


def test_the_worker_comes_up_beside_it(coach: Running) -> None:
    log = coach.data_dir / "logs" / "worker.log"
    wait_until(
        lambda: "recogniser ready" in log.read_text() or "Traceback" in log.read_text(),
        _READY_WITHIN,
        "the worker has its recogniser",
    )
    assert "Traceback" not in log.read_text()


def test_terminating_it_ends_everything_it_started(built_page: Path, tmp_path: Path) -> None:
    with _started(tmp_path) as coach:
        family = coach.family()
        assert len(family) >= 4  # redis, the worker and its own, the web process and its own
        coach.process.terminate()
        assert coach.process.wait(_ENDS_WITHIN) == 0
        assert not [each for each in family if _is_alive(each)]


def test_killing_it_ends_everything_it_started(built_page: Path, tmp_path: Path) -> None:
    with _started(tmp_path) as coach:
        family = coach.family()
        assert len(family) >= 4  # as above
        coach.process.kill()
        coach.process.wait()
        gone = "nothing is left behind"
        wait_until(lambda: not any(map(_is_alive, family)), _ENDS_WITHIN, gone)
