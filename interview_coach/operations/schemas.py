"""Shapes of operations at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from interview_coach.kit.pagination import PageRequest
from interview_coach.kit.text import PlainText


class Health(BaseModel):
    """`ok` for each part that works, else a word about what is wrong."""

    status: Literal["ok", "degraded"]
    version: str
    database: str
    queue: str
    storage: str
    speech: str
    ai: str


Queue = Literal["speech", "ai", "light"]
JobStatus = Literal["waiting", "dispatched", "running", "done", "failed"]


class JobsRequest(PageRequest):
    """Filters of the jobs; all may be combined."""

    queue: Queue | None = None
    status: JobStatus | None = None
    kind: Annotated[PlainText, Field(max_length=80)] | None = None


class JobRow(BaseModel):
    """A job as an administrator sees it. ids: of what it works on. reason: why it failed last."""

    id: str
    kind: str
    queue: Queue
    status: JobStatus
    attempt: int
    max_attempts: int
    ids: dict[str, str]
    reason: str | None
    created_at: datetime
    finished_at: datetime | None
