"""What administrators see of the jobs, and trying one again."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.accounts import audit
from interview_coach.jobs import service as jobs
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.pagination import Page
from interview_coach.operations.schemas import JobRow, JobsRequest


def listed(session: Session, asked: JobsRequest) -> Page[JobRow]:
    """One page of the jobs, newest first."""
    found = jobs.listed(session, asked, queue=asked.queue, status=asked.status, kind=asked.kind)
    items = [_row(job) for job in found.items]
    return Page(items=items, total=found.total, page=found.page, page_size=found.page_size)


def retry(session: Session, job_id: str, *, actor: str, address: str | None = None) -> JobRow:
    """Try a failed job again; 404 without it, 409 `not_failed` when it has not failed."""
    job = jobs.retry(session, job_id)
    audit.record(
        session,
        "job_retried",
        actor=actor,
        subject=job.user_id,
        address=address,
        detail={"job_id": job.id, "kind": job.kind},
    )
    return _row(job)


def _row(job: OutboxJob) -> JobRow:
    shown: dict[str, Any] = {
        name: getattr(job, name)
        for name in ("id", "kind", "queue", "status", "attempt", "max_attempts")
    }
    return JobRow(
        **shown,
        ids={
            name: value
            for name, value in job.payload.items()
            if name.endswith("_id") and isinstance(value, str)
        },
        reason=_without_values(job.last_error),
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _without_values(reason: str | None) -> str | None:
    # What a database refuses is told with the values of the row, which may be somebody's words.
    if reason is None:
        return None
    for mark in ("[SQL", "DETAIL:", "[parameters"):
        reason = reason.partition(mark)[0]
    return reason.strip()
