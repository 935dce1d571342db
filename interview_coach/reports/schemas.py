"""Shapes of reports at the edge."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
)

from interview_coach.feedback.schemas import AnalysisView, AnswerView, InterviewFeedback
from interview_coach.interviews.schemas import InterviewView
from interview_coach.kit.text import PlainText, without_nul
from interview_coach.reports.hiding import HIDDEN, Hidden

EXPORT_FORMAT = "interview-coach/1"


class InterviewExport(BaseModel):
    """Everything of one interview, for programs. Recordings are not in it: each is fetched at its
    own address."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    format: str = Field(description="the name and version of this shape", examples=[EXPORT_FORMAT])
    candidate: str
    interview: InterviewView
    analysis: AnalysisView
    answers: list[AnswerView] = Field(description="all takes, oldest first")
    feedback: InterviewFeedback


class ShareRequest(BaseModel):
    """A link to the report of an interview, for whoever has it.

    days: how long it works. hidden: what is left out; without transcripts there are no recordings
    and no advice either, since those hold the words too. comments: whether readers may comment.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"days": 14, "hidden": ["name", "recordings"], "comments": True}]
        },
    )

    days: int = Field(default=14, ge=1, le=90)
    hidden: list[Hidden] = Field(
        default_factory=lambda: list[Hidden](("name", "recordings")), max_length=len(HIDDEN)
    )
    comments: StrictBool = False


class ShareView(BaseModel):
    """The link of an interview, without its secret."""

    created_at: datetime
    expires_at: datetime
    expired: bool
    hidden: list[Hidden]
    comments: bool


class NewShare(ShareView):
    """The link, with the address that is told this once."""

    url: str


def _seconds(value: object) -> object:
    """Seconds from a clock's "1:05"; anything else as it is."""
    if isinstance(value, str) and (found := _CLOCK.fullmatch(value.strip())):
        return int(found.group(1)) * 60 + int(found.group(2))
    return value


_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(without_nul),
]


class CommentRequest(BaseModel):
    """What a reader says. answer_id: the answer it is about, null for the whole. seconds: the
    place in its recording, as seconds or as `1:05`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "A coach", "text": "Name the result first here.", "seconds": 42.0}
            ]
        },
    )

    name: _Line
    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
        AfterValidator(without_nul),
    ]
    answer_id: PlainText | None = Field(default=None, max_length=26)
    seconds: (
        Annotated[
            float,
            BeforeValidator(_seconds),
            Field(ge=0, le=24 * 3600, allow_inf_nan=False),
        ]
        | None
    ) = None


class CommentView(BaseModel):
    """A comment on a report."""

    id: str
    name: str
    text: str
    answer_id: str | None
    seconds: float | None
    created_at: datetime


class Comments(BaseModel):
    """The comments on an interview, oldest first."""

    items: list[CommentView]
