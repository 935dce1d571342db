"""The outbox: jobs written in the transaction of the business that needs them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.ids import new_id

JOB_STATUSES = ("waiting", "dispatched", "running", "done", "failed")
QUEUES = ("speech", "ai", "light")


class OutboxJob(SQLModel, table=True):
    """One piece of slow work.

    kind: `domain.function`, found in `interview_coach/<domain>/jobs.py`. payload: ids only.
    attempt: how often a worker has claimed it; finishing compares it, so a job that runs twice
    writes once. lease_until: when a running job counts as lost.
    """

    __tablename__ = "outbox_jobs"
    __table_args__ = (
        CheckConstraint(f"status IN {JOB_STATUSES}", name="status"),
        CheckConstraint(f"queue IN {QUEUES}", name="queue"),
        Index("ix_outbox_jobs_status_available", "status", "available_at"),
        Index("ix_outbox_jobs_status_lease", "status", "lease_until"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    kind: str = Field(max_length=80)
    queue: str = Field(max_length=10)
    user_id: str | None = Field(
        default=None, foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26
    )
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    status: str = Field(default="waiting", max_length=12)
    attempt: int = 0
    max_attempts: int = 3
    available_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str | None = Field(default=None, max_length=500)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    dispatched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
