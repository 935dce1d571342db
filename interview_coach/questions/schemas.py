"""Shapes of the question bank at the edge."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from interview_coach.kit.pagination import PageRequest
from interview_coach.kit.text import PlainText

QuestionType = Literal[
    "technical", "behavioral", "hr", "system_design", "situational", "leadership"
]
Difficulty = Literal["easy", "medium", "hard"]


class TrackCount(BaseModel):
    """A track of a type and how many questions it has."""

    id: str
    title: str
    count: int


class TypeOverview(BaseModel):
    """A type of interview with its number of questions and its tracks."""

    type: QuestionType
    title: str
    description: str
    count: int
    tracks: list[TrackCount]


class Supply(BaseModel):
    """How many questions one type, track and difficulty has, and their guide seconds in all."""

    type: QuestionType
    track: str
    difficulty: Difficulty
    count: int
    guide_seconds: int


class QuestionView(BaseModel):
    """A question of the bank, without its answer key."""

    id: str
    type: QuestionType
    track: str
    difficulty: Difficulty
    text: str
    competencies: list[str]
    tips: list[str]
    time_guide_seconds: int


class QuestionOutline(BaseModel):
    """What one chooses a question by."""

    id: str
    type: QuestionType
    track: str
    difficulty: Difficulty
    competencies: tuple[str, ...]
    text: str


class QuestionDetails(QuestionView):
    """A question with what it is asked for, still without its answer key."""

    why: str


class AnswerKey(BaseModel):
    """What a good answer contains, and what speaks against one."""

    key_points: list[str]
    red_flags: list[str]


class BrowseRequest(PageRequest):
    """Filters of the bank; all together must fit. q: words that all stand in the question."""

    type: QuestionType | None = None
    track: Annotated[PlainText, Field(max_length=40)] | None = None
    difficulty: Difficulty | None = None
    competency: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")] | None = None
    q: Annotated[PlainText, Field(max_length=100)] | None = None


class SeedResult(BaseModel):
    """What a seeding changed. kept: edited here and left as it is, though the files differ."""

    added: int
    changed: int
    retired: int
    total: int
    kept: list[str]
