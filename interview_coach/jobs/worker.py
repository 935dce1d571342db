"""The worker command: RQ workers as children, and the reconciler beside them.

A speech worker keeps the recogniser loaded and so runs jobs in its own process; it is renewed
after a number of jobs. A light worker forks for each job.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import NoReturn

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker, Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from interview_coach.jobs.dispatcher import Dispatcher, queue_of
from interview_coach.jobs.schedule import Hourly
from interview_coach.kit.logging import configure_logging, get_logger
from interview_coach.runtime import runtime
from interview_coach.settings import Settings

_RECONCILE_SECONDS = 5.0
_WORKER_TTL = 35  # RQ blocks for 15 s less than this, and looks after its registries between
_SPEECH_JOBS_BEFORE_RENEWAL = 200
_STOP_SECONDS = 8.0  # for all children together; the supervisor waits 25 s for this command
_PR_SET_PDEATHSIG = 1
_TEXT_THREADS = 2  # an answer's sentences are embedded faster by two cores, hardly by more
# One heap for all threads of a worker: glibc gives each thread its own and keeps what was freed
# in it, which costs a speech worker 200 MB and saves it no time.
CHILD_ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "1"}
log = get_logger("jobs.worker")


def die_with_parent(parent: int, number: signal.Signals) -> bool:
    """Have the kernel send this process signal `number` when its parent goes (Linux only).

    parent: the process id the parent should have. Returns False when it is gone already: then no
    signal will come.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    return os.getppid() == parent


def run_speech_worker() -> None:
    """Work on the speech queue in this process, recogniser loaded once, until renewal."""
    from interview_coach import scoring
    from interview_coach.ai import text_models
    from interview_coach.feedback import recogniser

    recogniser.warm_up(runtime().settings)
    scoring.warm_up()
    text_models.warm_up(runtime().settings, threads=_TEXT_THREADS, fetch=True)
    redis = _blocking_redis()
    worker = SimpleWorker(
        [queue_of(redis, "speech")],
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=_WORKER_TTL,
    )
    worker.work(max_jobs=_SPEECH_JOBS_BEFORE_RENEWAL, logging_level="WARNING")


class _ForkingWorker(Worker):
    """RQ's worker, whose fork ends with it instead of going on unwatched when it is killed.

    Text models that have arrived since the start are loaded here, once, before a fork: a fork
    would load them for its own one job.
    """

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        from interview_coach.ai import text_models

        text_models.look_again(runtime().settings)
        super().fork_work_horse(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> NoReturn:
        # The fork has a process group of its own and has inherited no such wish.
        if self.pid is None or not die_with_parent(self.pid, signal.SIGKILL):
            os._exit(1)
        super().main_work_horse(job, queue)
        os._exit(0)


def run_light_worker() -> None:
    """Work on the ai and light queues, one fork a job."""
    # Imported before the fork so that each child finds it loaded.
    import interview_coach.feedback.jobs
    import interview_coach.operations.jobs  # noqa: F401
    from interview_coach import scoring
    from interview_coach.ai import text_models

    scoring.warm_up()
    # One thread: a fork has none of its parent's others, and would wait for them for ever.
    text_models.warm_up(runtime().settings, threads=1, fetch=False)
    runtime().database.dispose()
    redis = _blocking_redis()
    worker = _ForkingWorker(
        [queue_of(redis, "light"), queue_of(redis, "ai")],
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=_WORKER_TTL,
    )
    worker.work(logging_level="WARNING")


def _blocking_redis() -> Redis:
    # A worker waits for jobs on its connection: no read time-out here.
    return Redis.from_url(runtime().settings.redis_address)


class _Children:
    """The worker processes of this command, restarted when they end."""

    def __init__(self, kinds: list[str], start: Callable[[str], subprocess.Popen[bytes]]) -> None:
        self._start = start
        self._running = {index: (kind, start(kind)) for index, kind in enumerate(kinds)}

    def restart_ended(self) -> None:
        for index, (kind, process) in list(self._running.items()):
            if process.poll() is not None:
                log.warning("worker ended, starting another", kind=kind, code=process.returncode)
                self._running[index] = (kind, self._start(kind))

    def stop(self, seconds: float = _STOP_SECONDS) -> None:
        """End all of them, killing together those that have not ended within `seconds`."""
        deadline = time.monotonic() + seconds
        processes = [process for _, process in self._running.values()]
        for process in processes:
            process.terminate()
        late = [process for process in processes if not _ends_until(process, deadline)]
        for process in late:
            # Its job keeps its row; the lease runs out and another worker does it again.
            process.kill()
        for process in late:
            process.wait()


def _ends_until(process: subprocess.Popen[bytes], deadline: float) -> bool:
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _start(kind: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "interview_coach.jobs.worker", kind, str(os.getpid())],
        env={**os.environ, **CHILD_ENVIRONMENT},
        # Ctrl-C goes to the parent alone, which then stops its children in order.
        start_new_session=True,
    )


def main(settings: Settings) -> int:
    """Run `COACH_WORKERS` speech and light workers and the reconciler until told to stop."""
    configure_logging(json_lines=settings.env == "production")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    children = _Children(["speech", "light"] * settings.workers, _start)
    dispatcher = Dispatcher(runtime().database, runtime().redis)
    hourly = Hourly(runtime().database)
    try:
        while not stop.wait(_RECONCILE_SECONDS):
            children.restart_ended()
            try:
                dispatcher.reconcile()
                hourly.queue_due()
            except (SQLAlchemyError, RedisError) as error:
                log.warning("could not reconcile, trying again", reason=str(error))
            except Exception:  # a row that cannot even be read must not end the workers
                log.exception("could not reconcile")
    finally:
        children.stop()
    return 0


def _child(kind: str, parent: int) -> int:
    # RQ takes SIGTERM for "finish the job first", and recognising speech can take minutes; the
    # job is done again by another worker. Light work is short: it is let finish.
    if not die_with_parent(parent, signal.SIGKILL if kind == "speech" else signal.SIGTERM):
        return 1
    configure_logging(json_lines=runtime().settings.env == "production")
    {"speech": run_speech_worker, "light": run_light_worker}[kind]()
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], int(sys.argv[2])))
