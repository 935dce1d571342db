"""What RQ calls: claim the job, keep its lease, run its body, record how it ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import SQLAlchemyError

from interview_coach.jobs import repository, service
from interview_coach.jobs.bodies import JobContext, body_of, tell_given_up
from interview_coach.kit.database import Database
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

_HEARTBEAT_SECONDS = 5.0
log = get_logger("jobs.runner")


def run(job_id: str, attempt: int) -> None:
    """Run one outbox job once. Called by RQ with the attempt it was queued for.

    A job that somebody else has claimed or finished is left alone.
    """
    database = runtime().database
    with database.writing() as session:
        if not repository.claim(session, job_id, attempt, service.LEASE):
            log.info("left alone", job=job_id, attempt=attempt)
            return
        job = repository.get(session, job_id)
    if job is None:
        return
    mine = attempt + 1
    try:
        with _lease_kept(database, job_id, mine):
            body_of(job.kind).run(JobContext(job_id, mine, job.payload))
    except service.StaleAttemptError:
        log.warning("another attempt took over", job=job_id, attempt=mine)
    except JobTimeoutException as error:
        _failed(job_id, mine, f"It took too long: {error}")
        raise
    except Exception as error:  # whatever a body raises is kept as the reason
        log.exception("job failed", job=job_id, kind=job.kind, attempt=mine)
        _failed(job_id, mine, f"{type(error).__name__}: {error}")


def _failed(job_id: str, attempt: int, reason: str) -> None:
    with runtime().database.writing() as session:
        job = repository.get(session, job_id)
        if job is not None and service.record_failure(session, job, attempt, reason):
            tell_given_up(session, job, reason)


@contextmanager
def _lease_kept(database: Database, job_id: str, attempt: int) -> Iterator[None]:
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(_HEARTBEAT_SECONDS):
            try:
                with database.writing() as session:
                    if not repository.extend_lease(session, job_id, attempt, service.LEASE):
                        return
            except SQLAlchemyError as error:
                # The database may be back before the lease runs out.
                log.warning("lease not extended", job=job_id, reason=type(error).__name__)

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
