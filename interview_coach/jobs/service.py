"""Queueing work, and deciding what happens when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from interview_coach.jobs import repository
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.database import outbox_of, run_after_commit

LEASE = timedelta(seconds=30)
_FIRST_RETRY_SECONDS = 2
_MAX_REASON = 500


class StaleAttemptError(Exception):
    """Another attempt of the same job has taken over: this one must write nothing."""


def enqueue(
    session: Session,
    kind: str,
    queue: str,
    payload: dict[str, Any],
    *,
    user_id: str | None = None,
    max_attempts: int = 3,
    after: timedelta | None = None,
    job_id: str | None = None,
) -> str:
    """Write a job into the outbox of this transaction and return its id.

    After the commit it is put on its queue; a rollback drops it with everything else.
    user_id: whose job it is; it goes with the user. after: not before this time has passed.
    job_id: an id that there can be once; used again it raises IntegrityError.
    """
    job = OutboxJob(
        kind=kind, queue=queue, payload=payload, user_id=user_id, max_attempts=max_attempts
    )
    if after is not None:
        job.available_at = now() + after
    if job_id is not None:
        job.id = job_id
    repository.add(session, job)
    dispatch = outbox_of(session)
    if dispatch is not None and after is None:  # the reconciler looks for those that are due
        run_after_commit(session, lambda: dispatch(job.id))
    return job.id


def finish(session: Session, job_id: str, attempt: int) -> None:
    """End the job in the transaction that holds its result.

    Raises StaleAttemptError, which rolls the transaction back, when the lease was lost.
    """
    if not repository.finish(session, job_id, attempt):
        raise StaleAttemptError(job_id)


def record_failure(session: Session, job: OutboxJob, attempt: int, reason: str) -> bool:
    """Keep the reason and try again later, or give up; True when it was given up."""
    kept = reason[:_MAX_REASON]
    if attempt >= job.max_attempts:
        return repository.fail(session, job.id, attempt, kept)
    wait = timedelta(seconds=_FIRST_RETRY_SECONDS * 2 ** (attempt - 1))
    repository.give_back(session, job.id, attempt, kept, now() + wait)
    return False


def hold_jobs_of(session: Session, user_id: str) -> None:
    """Keep this user's jobs from finishing until the transaction ends."""
    repository.lock_jobs_of(session, user_id)


def drop_done(session: Session, before: datetime) -> int:
    """Remove the jobs that were done before this moment; returns how many."""
    return repository.drop_done(session, before)
