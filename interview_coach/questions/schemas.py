"""Shapes of the question bank at the edge."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

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


class SeedResult(BaseModel):
    """What a seeding changed."""

    added: int
    changed: int
    retired: int
    total: int
