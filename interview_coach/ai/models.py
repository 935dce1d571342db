"""Tables of the engines: what each call cost, and answers kept to be used again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import UtcDateTime
from interview_coach.kit.encrypted import EncryptedJson
from interview_coach.kit.ids import new_id


class AiCall(SQLModel, table=True):
    """One call, or one engine passed over. It outlives its user, without the name.

    task: what it was for. prompt: name and version. outcome: ok, cached, or how it failed.
    attempt: from 1 for each engine. tokens: as counted by the server or, where it says nothing,
    estimated. cost_usd: 0 for what costs nothing here. detail: why it failed; of the local engine
    what it stood in for, such as "gemini timeout, openai budget".
    """

    __tablename__ = "ai_calls"
    __table_args__ = (Index("ix_ai_calls_created_engine", "created_at", "engine"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str | None = Field(
        default=None, foreign_key="users.id", ondelete="SET NULL", index=True, max_length=26
    )
    task: str = Field(max_length=40)
    prompt: str = Field(max_length=60)
    engine: str = Field(max_length=20)
    model: str = Field(default="", max_length=120)
    outcome: str = Field(max_length=20)
    attempt: int = 1
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0
    latency_ms: int = 0
    detail: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AiAnswer(SQLModel, table=True):
    """An engine's valid answer under the digest of everything that went into it. It holds words
    about its user, so it is encrypted and goes with them."""

    __tablename__ = "ai_answers"

    key: str = Field(primary_key=True, max_length=64)
    user_id: str | None = Field(
        default=None, foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26
    )
    engine: str = Field(max_length=20)
    model: str = Field(max_length=120)
    value: dict[str, Any] = Field(sa_type=EncryptedJson("ai_answers.value"))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
