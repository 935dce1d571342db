"""Every statement on the outbox. Changes of status are compare-and-set."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, or_
from sqlmodel import Session, col, select, update

from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.pagination import PageRequest


def add(session: Session, job: OutboxJob) -> None:
    """Write the job in the caller's transaction."""
    session.add(job)
    session.flush()


def get(session: Session, job_id: str) -> OutboxJob | None:
    """The job as it stands, or None."""
    return session.get(OutboxJob, job_id, populate_existing=True)


def _changed(session: Session, statement: Any) -> bool:
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def mark_dispatched(session: Session, job_id: str, attempt: int) -> bool:
    """waiting or dispatched -> dispatched; False when a worker was quicker."""
    return _changed(
        session,
        update(OutboxJob)
        .where(
            col(OutboxJob.id) == job_id,
            col(OutboxJob.attempt) == attempt,
            col(OutboxJob.status).in_(("waiting", "dispatched")),
        )
        .values(status="dispatched", dispatched_at=now()),
    )


def claim(session: Session, job_id: str, attempt: int, lease: timedelta) -> bool:
    """Take the job for this worker; False when it is taken, done or gone."""
    return _changed(
        session,
        update(OutboxJob)
        .where(
            col(OutboxJob.id) == job_id,
            col(OutboxJob.attempt) == attempt,
            col(OutboxJob.status).in_(("waiting", "dispatched")),
        )
        .values(status="running", attempt=attempt + 1, lease_until=now() + lease),
    )


def extend_lease(session: Session, job_id: str, attempt: int, lease: timedelta) -> bool:
    """Say that the job is still being worked on; False when it was taken away."""
    return _changed(session, _running(job_id, attempt).values(lease_until=now() + lease))


def finish(session: Session, job_id: str, attempt: int) -> bool:
    """running -> done, for this attempt only."""
    return _changed(
        session,
        _running(job_id, attempt).values(status="done", finished_at=now(), lease_until=None),
    )


def give_back(
    session: Session, job_id: str, attempt: int, reason: str, available_at: datetime
) -> bool:
    """running -> waiting, with the reason kept, to be tried again from `available_at`."""
    return _changed(
        session,
        _running(job_id, attempt).values(
            status="waiting", last_error=reason, available_at=available_at, lease_until=None
        ),
    )


def fail(session: Session, job_id: str, attempt: int, reason: str) -> bool:
    """running -> failed for good, with the reason kept."""
    return _changed(
        session,
        _running(job_id, attempt).values(
            status="failed", last_error=reason, finished_at=now(), lease_until=None
        ),
    )


def _running(job_id: str, attempt: int) -> Any:
    return update(OutboxJob).where(
        col(OutboxJob.id) == job_id,
        col(OutboxJob.attempt) == attempt,
        col(OutboxJob.status) == "running",
    )


def due(session: Session, undispatched_before: datetime, limit: int = 200) -> list[OutboxJob]:
    """Jobs that should be in a queue: waiting and available, or dispatched a while ago."""
    statement = (
        select(OutboxJob)
        .where(
            or_(
                (col(OutboxJob.status) == "waiting") & (col(OutboxJob.available_at) <= now()),
                (col(OutboxJob.status) == "dispatched")
                & (col(OutboxJob.dispatched_at) < undispatched_before),
            )
        )
        .order_by(col(OutboxJob.created_at))
        .limit(limit)
    )
    return list(session.exec(statement))


def lost(session: Session, limit: int = 200) -> list[OutboxJob]:
    """Running jobs whose lease ran out: their worker is gone."""
    statement = (
        select(OutboxJob)
        .where(col(OutboxJob.status) == "running", col(OutboxJob.lease_until) < now())
        .limit(limit)
    )
    return list(session.exec(statement))


def counts(session: Session) -> dict[str, int]:
    """How many jobs there are in each status."""
    rows = session.exec(select(OutboxJob.status, func.count()).group_by(OutboxJob.status))
    return dict(rows.all())


def listed(
    session: Session,
    *,
    queue: str | None,
    status: str | None,
    kind: str | None,
    asked: PageRequest,
) -> tuple[list[OutboxJob], int]:
    """One page of the jobs, newest first, and how many there are."""
    wanted = ((OutboxJob.queue, queue), (OutboxJob.status, status), (OutboxJob.kind, kind))
    conditions = [col(column) == value for column, value in wanted if value is not None]
    total = session.exec(select(func.count()).select_from(OutboxJob).where(*conditions)).one()
    newest = select(OutboxJob).where(*conditions)
    newest = newest.order_by(col(OutboxJob.created_at).desc(), col(OutboxJob.id).desc())
    return list(session.exec(newest.offset(asked.offset).limit(asked.page_size))), total


def retry(session: Session, job_id: str, more_attempts: int) -> bool:
    """failed -> waiting, with so many attempts to come; False when it has not failed."""
    return _changed(
        session,
        update(OutboxJob)
        .where(col(OutboxJob.id) == job_id, col(OutboxJob.status) == "failed")
        .values(
            status="waiting",
            max_attempts=col(OutboxJob.attempt) + more_attempts,
            available_at=now(),
            finished_at=None,
        ),
    )


def lock_jobs_of(session: Session, user_id: str) -> None:
    """Hold the rows of a user's jobs until the transaction ends."""
    statement = select(OutboxJob.id).where(OutboxJob.user_id == user_id)
    session.exec(statement.order_by(col(OutboxJob.id)).with_for_update()).all()


def drop_done(session: Session, before: datetime) -> int:
    """Delete the jobs that were done before this moment; returns how many."""
    statement = delete(OutboxJob).where(
        col(OutboxJob.status) == "done", col(OutboxJob.finished_at) < before
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount
