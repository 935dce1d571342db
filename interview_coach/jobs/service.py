"""Queueing work, and deciding what happens when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from interview_coach.jobs import repository
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.database import outbox_of, run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.pagination import Page, PageRequest

LEASE = timedelta(seconds=30)
_ATTEMPTS = 3
_FIRST_RETRY_SECONDS = 2
_MOST_DOUBLINGS = 7
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
    max_attempts: int = _ATTEMPTS,
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
    wait = timedelta(seconds=_FIRST_RETRY_SECONDS * 2 ** min(attempt - 1, _MOST_DOUBLINGS))
    repository.give_back(session, job.id, attempt, kept, now() + wait)
    return False


def running(session: Session) -> int:
    """How many jobs are being carried out now."""
    return repository.counts(session).get("running", 0)


def listed(
    session: Session,
    asked: PageRequest,
    *,
    queue: str | None = None,
    status: str | None = None,
    kind: str | None = None,
) -> Page[OutboxJob]:
    """One page of the jobs, newest first."""
    rows, total = repository.listed(session, queue=queue, status=status, kind=kind, asked=asked)
    return Page(items=rows, total=total, page=asked.page, page_size=asked.page_size)


def retry(session: Session, job_id: str) -> OutboxJob:
    """Give a job that failed for good its attempts anew; after the commit it is queued.

    The count of attempts goes on: a worker that comes back late still finishes nothing.
    404 without the job, 409 `not_failed` when it has not failed.
    """
    if not repository.retry(session, job_id, _ATTEMPTS):
        if repository.get(session, job_id) is None:
            raise not_found("job")
        raise CoachError("not_failed", "Only a job that has failed is tried again.", 409)
    job = repository.get(session, job_id)
    if job is None:
        raise not_found("job")
    dispatch = outbox_of(session)
    if dispatch is not None:
        run_after_commit(session, lambda: dispatch(job_id))
    return job


def hold_jobs_of(session: Session, user_id: str) -> None:
    """Keep this user's jobs from finishing until the transaction ends."""
    repository.lock_jobs_of(session, user_id)


def drop_done(session: Session, before: datetime) -> int:
    """Remove the jobs that were done before this moment; returns how many."""
    return repository.drop_done(session, before)
