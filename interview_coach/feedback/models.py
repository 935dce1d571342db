"""Tables of analyses: what was heard, measured, scored, advised and can be drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.encrypted import EncryptedJson, EncryptedText
from interview_coach.kit.ids import new_id


class Analysis(SQLModel, table=True):
    """One analysis of one answer. A new one (after a correction) is added, none is changed.

    transcript, words: as recognised, typed or `corrected`; `words` is None for typed answers.
    sound: measures of the sound, None for typed answers. result: the scorer's answer object.
    overall: the overall score of `result`, None when not scored. What holds words of the
    candidate is encrypted.
    """

    __tablename__ = "analyses"
    __table_args__ = (
        UniqueConstraint("answer_id", "version", name="uq_analyses_version"),
        Index("ix_analyses_user_created", "user_id", "created_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", index=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    version: int
    algorithm: str = Field(max_length=20)
    speech_engine: str | None = Field(default=None, max_length=20)
    speech_model: str | None = Field(default=None, max_length=120)
    draft: bool = False
    corrected: bool = False
    transcript: str = Field(sa_type=EncryptedText("analyses.transcript"))
    words: list[dict[str, Any]] | None = Field(
        default=None, sa_type=EncryptedJson("analyses.words")
    )
    sound: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=EncryptedJson("analyses.result"))
    overall: float | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class AnswerFeedback(SQLModel, table=True):
    """What is advised on one answer. The newest version is shown; none is changed.

    engine, model, prompt: who wrote it. passed: engines that were asked before and gave nothing,
    as [{engine, kind, task}]; task is judge or advice, and advice in older rows, which lack it.
    created_at: when its words were written, also where they are told once more. content:
    strengths, weaknesses, improvements, star_suggestions and next_drill. quotes_dropped: quotes
    the engine gave that were never said.
    """

    __tablename__ = "answer_feedback"
    __table_args__ = (UniqueConstraint("answer_id", "version", name="uq_answer_feedback_version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", index=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    version: int
    engine: str = Field(max_length=20)
    model: str = Field(max_length=120)
    prompt: str = Field(max_length=60)
    passed: list[dict[str, str]] = Field(default_factory=list, sa_type=JsonColumn)
    content: dict[str, Any] = Field(sa_type=EncryptedJson("answer_feedback.content"))
    quotes_dropped: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class SoundLanes(SQLModel, table=True):
    """What is drawn of one recording over time. There is one row a recording, replaced when it is
    heard again; a correction of the words changes nothing of it.

    content: waveform, pitch and loudness as `speech.lanes.pack` makes them.
    """

    __tablename__ = "sound_lanes"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", unique=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    content: dict[str, Any] = Field(sa_type=EncryptedJson("sound_lanes.content"))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class ModelAnswer(SQLModel, table=True):
    """A stronger version of one answer, made from what was said in it. One for each answer; made
    again it takes the place of the old one.

    version: of the analysis whose transcript it was made from. status: writing or done.
    engine, model, prompt: who wrote it. passed: as [{engine, kind}]. content: text, kept and
    gaps; empty while it is being written.
    """

    __tablename__ = "model_answers"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", unique=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    version: int
    status: str = Field(max_length=10)
    engine: str = Field(max_length=20)
    model: str = Field(max_length=120)
    prompt: str = Field(max_length=60)
    passed: list[dict[str, str]] = Field(default_factory=list, sa_type=JsonColumn)
    content: dict[str, Any] = Field(
        default_factory=dict, sa_type=EncryptedJson("model_answers.content")
    )
    facts_dropped: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
