"""Shapes of an answer over time at the edge. All times are seconds from its beginning."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Mark = Literal["plain", "fill", "repeat", "hedge", "low"]
StoryPart = Literal["situation", "task", "action", "result"]


class LanesView(BaseModel):
    """What is drawn of a recording: rows of small numbers, one each step from the beginning."""

    wave_step_seconds: float
    step_seconds: float
    wave: list[int] = Field(description="highest sample of each step, 0-100 of the loud ones")
    pitch: list[int | None] | None = Field(
        description="tenths of a semitone around the median voice, null where nothing is voiced; "
        "null as a whole where there is too little voice"
    )
    loudness: list[int] = Field(description="dB around this answer's own loud speech, -60 to 20")
    median_hz: float | None = Field(description="what pitch 0 is")


class NotDrawn(BaseModel):
    """Why there are no lanes. can_be_drawn: whether asking for them makes them."""

    code: Literal["typed", "working", "no_sound", "before"]
    reason: str
    can_be_drawn: bool


class TimelineWord(BaseModel):
    """A word with its mark. probability: 0-1 or null; mark `low` is one the recogniser was not
    sure of."""

    text: str
    start: float
    end: float
    probability: float | None
    mark: Mark


class TimelinePause(BaseModel):
    """A silence of 0.25 s or more. inside_clause: null where no word has a time."""

    start: float
    end: float
    inside_clause: bool | None


class TimelineFiller(BaseModel):
    """A filler. certain: heard as a word; else only found in the sound, and probable."""

    text: str
    start: float
    end: float
    certain: bool


class TimelineRepeat(BaseModel):
    """Words that were given up and said again."""

    text: str
    start: float
    end: float


class TimelineStory(BaseModel):
    """A stretch that tells one part of the story."""

    part: StoryPart
    start: float
    end: float


class TimelineView(BaseModel):
    """One take over time. Lists are empty where nothing of the kind was found or has a time.

    analysis_version: which analysis of the answer this is of; null before the first.
    """

    answer_id: str
    analysis_version: int | None
    duration_seconds: float | None
    lanes: LanesView | None
    not_drawn: NotDrawn | None
    words: list[TimelineWord] = Field(default_factory=list)
    pauses: list[TimelinePause] = Field(default_factory=list)
    fillers: list[TimelineFiller] = Field(default_factory=list)
    repeats: list[TimelineRepeat] = Field(default_factory=list)
    story: list[TimelineStory] = Field(default_factory=list)


class DrawingReceipt(BaseModel):
    """A drawing that was asked for."""

    answer_id: str
    status: Literal["drawing"]
