"""Tables of accounts: who may sign in, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import UtcDateTime
from interview_coach.kit.ids import new_id


class User(SQLModel, table=True):
    """A candidate or an administrator. `email` is kept in lower case."""

    __tablename__ = "users"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    email: str = Field(max_length=254, unique=True)
    full_name: str = Field(max_length=120)
    password_hash: str = Field(max_length=255)
    role: str = Field(default="user", max_length=20)
    is_active: bool = True
    headline: str | None = Field(default=None, max_length=160)
    target_role: str | None = Field(default=None, max_length=120)
    experience_level: str | None = Field(default=None, max_length=20)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class UserSession(SQLModel, table=True):
    """One sign-in on one device. Only digests of its secrets are kept."""

    __tablename__ = "sessions"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    cookie_digest: str = Field(max_length=64, unique=True)
    refresh_digest: str = Field(max_length=64, unique=True)
    user_agent: str | None = Field(default=None, max_length=300)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
