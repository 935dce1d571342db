"""Shapes of the dashboard and the history at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from interview_coach.interviews.schemas import InterviewStatus, Mode
from interview_coach.kit.pagination import PageRequest
from interview_coach.questions.schemas import QuestionType

Sort = Literal["-created_at", "created_at", "-score", "score"]


class HistoryRequest(PageRequest):
    """Filters of the history; all may be combined."""

    type: QuestionType | None = None
    status: InterviewStatus | None = None
    since: datetime | None = Field(default=None, alias="from")
    until: datetime | None = Field(default=None, alias="to")
    min_score: float | None = Field(default=None, ge=0, le=100)
    max_score: float | None = Field(default=None, ge=0, le=100)
    q: str | None = Field(default=None, max_length=100)
    sort: Sort = "-created_at"


class HistoryItem(BaseModel):
    """One interview in a list. low, high: the range of the overall score, null with it."""

    id: str
    type: QuestionType
    track: str | None
    mode: Mode
    status: InterviewStatus
    question_count: int
    answer_count: int
    overall_score: float | None
    low: float | None
    high: float | None
    draft: bool
    created_at: datetime
    completed_at: datetime | None
    duration_seconds: float


class Totals(BaseModel):
    """Figures over all completed interviews; null where there is nothing to average."""

    total_interviews: int
    average_score: float | None
    best_score: float | None
    practice_seconds: float
