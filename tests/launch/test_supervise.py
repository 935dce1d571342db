"""The real supervisor with small children: ready, restarted, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from interview_coach.launch.children import READY, Child
from interview_coach.settings import PROJECT_DIR
from tests.support.servers import wait_until

_ADDRESS = "http://127.0.0.1:3000"
_WITHIN = 60.0
_FOLDER = "50% of my #data"
# Writes its process id where the test finds it, then waits for the end as a server does.
_SERVER = """\
import os, pathlib, signal, sys
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
print("listening", flush=True)
signal.sigwait({signal.SIGTERM})
"""
# The supervisor ties children to the process that wrote the configuration: the same, before exec.
_START = """\
import os, pathlib, pickle, sys
from interview_coach.launch.children import configuration
folder = pathlib.Path(sys.argv[1])
text, commands = configuration(pickle.loads((folder / "children").read_bytes()), folder)
os.environ |= commands
os.chdir(folder)
(folder / "supervisord.conf").write_text(text)
command = [sys.executable, "-m", "interview_coach.launch.supervise"]
os.execv(sys.executable, [*command, str(folder / "supervisord.conf"), *sys.argv[2:]])
"""


@dataclass(frozen=True)
class Supervised:
    """A supervisor that was started, and the folder of its children."""

    process: subprocess.Popen[bytes]
    folder: Path

    def said(self) -> str:
        """What stood on the terminal so far."""
        return (self.folder / "terminal").read_text(encoding="utf-8")

    def wait_for(self, text: str) -> None:
        """Wait until a line with the text was said."""
        wait_until(
            lambda: text in self.said() or self.process.poll() is not None,
            _WITHIN,
            f"the line with {text!r}",
        )
        assert text in self.said()

    def child(self, name: str) -> int:
        """The process id of a running child."""
        file = self.folder / f"{name}.pid"
        wait_until(lambda: file.is_file() and bool(file.read_text()), _WITHIN, f"{name} runs")
        return int(file.read_text())


Supervise = Callable[..., Supervised]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Supervise]:
    """Starts a supervisor over the children given, in a folder with spaces and signs."""
    import pickle

    folder = tmp_path / _FOLDER
    for each in ("run", "logs"):
        (folder / each).mkdir(parents=True)
    (folder / "server.py").write_text(_SERVER, encoding="utf-8")
    started: list[subprocess.Popen[bytes]] = []

    def start(*children: Child, options: tuple[str, ...] = ()) -> Supervised:
        (folder / "children").write_bytes(pickle.dumps(list(children)))
        with (folder / "terminal").open("wb") as terminal:
            process = subprocess.Popen(
                [sys.executable, "-c", _START, str(folder), _ADDRESS, *options],
                env={**os.environ, "PYTHONPATH": str(PROJECT_DIR)},
                stdout=terminal,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        return Supervised(process, folder)

    yield start
    for process in started:
        process.kill()
        process.wait()


def _server(tmp_path: Path, name: str, priority: int = 10) -> Child:
    folder = tmp_path / _FOLDER
    command = (sys.executable, str(folder / "server.py"), str(folder / f"{name}.pid"))
    return Child(name, command, priority)


def _ready() -> Child:
    return Child(READY, (sys.executable, "-c", "pass"), 40, once=True)


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_says_when_the_web_process_answers(supervise: Supervise, tmp_path: Path) -> None:
    coach = supervise(_server(tmp_path, "web"), _ready())
    coach.wait_for(f"Interview Coach is ready at {_ADDRESS}\n")
    assert not _is_gone(coach.child("web"))
    assert coach.said().count("is ready") == 1


def test_a_child_that_dies_is_started_again_and_said_so(
    supervise: Supervise, tmp_path: Path
) -> None:
    coach = supervise(_server(tmp_path, "worker"), _ready())
    coach.wait_for("is ready")
    first = coach.child("worker")
    # Within its first second a death counts as a failed start; the supervisor's own log says when.
    log = coach.folder / "logs" / "supervisor.log"
    wait_until(lambda: "worker entered RUNNING" in log.read_text(), _WITHIN, "worker is up")
    os.kill(first, signal.SIGKILL)
    coach.wait_for("worker was killed; starting it again")
    coach.wait_for("worker is running again (process ")
    assert coach.child("worker") != first


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_children_end_with_it(
    supervise: Supervise, tmp_path: Path, number: signal.Signals
) -> None:
    coach = supervise(_server(tmp_path, "redis"), _server(tmp_path, "web", 30), _ready())
    coach.wait_for("is ready")
    children = [coach.child("redis"), coach.child("web")]
    coach.process.send_signal(number)
    assert coach.process.wait(_WITHIN) == 0
    assert all(_is_gone(child) for child in children)
    stopped = (coach.folder / "logs" / "supervisor.log").read_text()
    assert stopped.index("stopped: web") < stopped.index("stopped: redis")


def test_children_end_even_when_it_is_killed(supervise: Supervise, tmp_path: Path) -> None:
    coach = supervise(_server(tmp_path, "redis"), _server(tmp_path, "worker"), _ready())
    coach.wait_for("is ready")
    children = [coach.child("redis"), coach.child("worker")]
    assert not any(map(_is_gone, children))
    coach.process.kill()
    coach.process.wait()
    wait_until(lambda: all(map(_is_gone, children)), _WITHIN, "the children end")


# Within its first second, and after it: how long that takes to find out is the machine's affair.
@pytest.mark.parametrize("seconds", [0, 1.2])
def test_a_child_that_cannot_start_ends_the_whole_with_1(
    supervise: Supervise, tmp_path: Path, seconds: float
) -> None:
    fails = f"import time; time.sleep({seconds}); raise SystemExit('no such table')"
    broken = Child("web", (sys.executable, "-c", fails), 30)
    coach = supervise(_server(tmp_path, "redis"), broken)
    assert coach.process.wait(_WITHIN) == 1
    assert f"web does not start; its last words stand in {coach.folder}" in coach.said()
    assert "no such table" in (coach.folder / "logs" / "web.log").read_text()
    assert "is ready" not in coach.said()
    assert _is_gone(coach.child("redis"))


def test_logs_are_shown_only_when_asked_for(supervise: Supervise, tmp_path: Path) -> None:
    coach = supervise(_server(tmp_path, "web"), _ready(), options=("--logs",))
    coach.wait_for("web: listening")
    coach.process.terminate()
    coach.process.wait(_WITHIN)
    quiet = supervise(_server(tmp_path, "web"), _ready())
    quiet.wait_for("is ready")
    log = quiet.folder / "logs" / "web.log"
    wait_until(lambda: log.read_text().count("listening") == 2, _WITHIN, "the second has written")
    assert "listening" not in quiet.said()
