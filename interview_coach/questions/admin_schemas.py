"""Shapes of what administrators do with the question bank."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.kit.pagination import PageRequest
from interview_coach.kit.text import PlainText
from interview_coach.questions.bank import BankFollowUp, BankKeyPoint
from interview_coach.questions.schemas import Difficulty, QuestionType

BankStanding = Literal["asked", "retired", "edited"]
Origin = Literal["file", "admin"]
_Line = Annotated[PlainText, Field(max_length=400)]
_Slug = Annotated[PlainText, Field(max_length=40)]


class BankRequest(PageRequest):
    """Filters of the bank; all may be combined. q: words that all stand in the text or the id.

    standing: `asked` and `retired` exclude each other, `edited` is either.
    """

    q: Annotated[PlainText, Field(max_length=100)] | None = None
    type: QuestionType | None = None
    track: _Slug | None = None
    difficulty: Difficulty | None = None
    competency: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")] | None = None
    standing: BankStanding | None = None


class BankRow(BaseModel):
    """A question of the bank in a list. edited: its content is an administrator's.

    retired_by: None while it is asked; `file` when it went from the data files.
    """

    id: str
    revision: int
    type: QuestionType
    track: str
    difficulty: Difficulty
    text: str
    edited: bool
    active: bool
    retired_by: Origin | None
    updated_at: datetime


class QuestionContent(BaseModel):
    """What can be edited of a question. The rules of the data files hold for all of it."""

    model_config = ConfigDict(extra="forbid")

    track: _Slug
    difficulty: Difficulty
    competencies: list[_Slug] = Field(max_length=20)
    text: _Line
    why: _Line
    key_points: list[BankKeyPoint] = Field(max_length=20)
    red_flags: list[_Line] = Field(max_length=20)
    follow_ups: list[BankFollowUp] = Field(max_length=20)
    tips: list[_Line] = Field(max_length=20)
    time_guide_seconds: int


class QuestionEdit(QuestionContent):
    """A new version. revision: the version it was made from; 409 when there is a newer one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "revision": 1,
                    "track": "failure",
                    "difficulty": "medium",
                    "competencies": ["ownership", "communication"],
                    "text": "Tell me about a time a release of yours went wrong.",
                    "why": "Shows whether you limit the damage first and learn from it after.",
                    "key_points": [
                        {
                            "text": "What broke and who felt it",
                            "phrases": ["checkout failed", "outage", "support tickets"],
                        },
                        {
                            "text": "How you limited the damage",
                            "phrases": ["rolled back", "switched it off", "status page"],
                        },
                        {
                            "text": "The cause, found and named",
                            "phrases": ["root cause", "race condition", "missing index"],
                        },
                        {
                            "text": "What keeps it from happening again",
                            "phrases": ["added an alert", "checklist", "staged rollout"],
                        },
                    ],
                    "red_flags": [
                        "Somebody else was to blame for all of it.",
                        "The story ends when the outage ends.",
                    ],
                    "follow_ups": [
                        {"kind": "clarify", "text": "Who decided to go back?"},
                        {"kind": "quantify", "text": "How many people felt it?"},
                    ],
                    "tips": [
                        "Say what you did in the first five minutes.",
                        "End with what is different today.",
                    ],
                    "time_guide_seconds": 120,
                }
            ]
        }
    )

    revision: int = Field(ge=1)


class BankEntry(BankRow, QuestionContent):
    """A question of the bank whole."""

    model_config = ConfigDict(extra="ignore")


class VersionRow(BaseModel):
    """One version of a question. source: who made it. changed: fields that differ from the
    version before, empty for the first one that is known."""

    revision: int
    source: Origin
    text: str
    changed: list[str]
    created_at: datetime
