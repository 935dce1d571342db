"""Worker processes: stopped together in time, and never left behind by a parent that is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.worker import _Children
from interview_coach.runtime import Runtime
from interview_coach.settings import PROJECT_DIR
from tests.support.servers import wait_until

_DEAF = """\
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True:
    signal.pause()
"""
# A worker command that has started one child and tells its process id.
_PARENT = """\
import sys
from interview_coach.jobs.worker import _start
child = _start(sys.argv[1])
print(child.pid, flush=True)
child.wait()
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")


def hold(file: str) -> None:
    """A job that writes down its process and never ends."""
    Path(file).write_text(str(os.getpid()), encoding="ascii")
    while True:
        signal.pause()


def _start_deaf(_kind: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", _DEAF], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == b"ready\n"
    return process


def test_children_that_do_not_end_share_one_deadline() -> None:
    many, each = 8, 0.5
    children = _Children(["speech", "light"] * (many // 2), _start_deaf)
    started = time.monotonic()
    children.stop(each)
    assert each <= time.monotonic() - started < many * each  # in turn it would be at least that
    assert [process.returncode for _, process in children._running.values()] == [-9] * many


def _has_ended(process_id: int) -> bool:
    """Also when nobody has collected it yet."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


@linux
@pytest.mark.parametrize("kind", ["speech", "light"])
def test_a_job_does_not_outlive_what_watches_it(
    house: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Speech works in the child itself, light in a fork of the child."""
    monkeypatch.setenv("COACH_SPEECH_ENGINE", "pocketsphinx")
    file = tmp_path / "process"
    queue_of(house.redis, kind).enqueue_call(f"{__name__}.hold", args=(str(file),))
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, kind], cwd=PROJECT_DIR, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    with parent, parent.stdout as said:
        child = int(said.readline())
        try:
            wait_until(lambda: file.exists() and file.read_text() != "", 30, "the job runs")
            working = int(file.read_text())
            assert (working == child) == (kind == "speech")
            os.kill(parent.pid if kind == "speech" else child, signal.SIGKILL)
            wait_until(lambda: _has_ended(working), 5, "the job has ended")
        finally:
            parent.kill()
            if not _has_ended(child):
                os.kill(child, signal.SIGKILL)


@linux
def test_a_worker_whose_parent_is_gone_already_does_not_start() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "interview_coach.jobs.worker", "speech", str(2**30)],
        cwd=PROJECT_DIR,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
