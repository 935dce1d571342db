"""Tables of accounts: who may sign in, where they are signed in, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.encrypted import EncryptedJson
from interview_coach.kit.ids import new_id

MAIL_PURPOSES = ("verify", "reset")
EXPORT_STATUSES = ("waiting", "running", "done", "failed")


class User(SQLModel, table=True):
    """A candidate or an administrator. `email` is kept in lower case.

    is_active: False while an administrator has locked the account. avatar_key: the object with
    the picture, None without one.
    """

    __tablename__ = "users"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    email: str = Field(max_length=254, unique=True)
    email_verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    full_name: str = Field(max_length=120)
    password_hash: str = Field(max_length=255)
    role: str = Field(default="user", max_length=20)
    is_active: bool = True
    headline: str | None = Field(default=None, max_length=160)
    target_role: str | None = Field(default=None, max_length=120)
    experience_level: str | None = Field(default=None, max_length=20)
    avatar_key: str | None = Field(default=None, max_length=200)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Preferences(SQLModel, table=True):
    """How a user wants the product to be. A user without a row has the defaults.

    audio_retention_days: after how many days their recordings go; None: the operator's setting.
    """

    __tablename__ = "preferences"

    user_id: str = Field(
        foreign_key="users.id", ondelete="CASCADE", primary_key=True, max_length=26
    )
    theme: str = Field(default="system", max_length=10)
    feedback_tone: str = Field(default="balanced", max_length=10)
    captions: bool = True
    motion: str = Field(default="system", max_length=10)
    speech_profile: str = Field(default="standard", max_length=20)
    audio_retention_days: int | None = None
    language: str = Field(default="en", max_length=10)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class UserSession(SQLModel, table=True):
    """One sign-in on one device, and the family of its refresh tokens.

    Only digests of secrets are kept. end_reason: logout, ended, password, reuse, locked or erased.
    """

    __tablename__ = "sessions"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    cookie_digest: str = Field(max_length=64, unique=True)
    refresh_digest: str = Field(max_length=64, unique=True)
    user_agent: str | None = Field(default=None, max_length=300)
    address: str | None = Field(default=None, max_length=45)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_reason: str | None = Field(default=None, max_length=20)


class UsedRefreshToken(SQLModel, table=True):
    """A refresh token that was exchanged: shown again, it is stolen, and its family ends."""

    __tablename__ = "used_refresh_tokens"

    digest: str = Field(primary_key=True, max_length=64)
    session_id: str = Field(
        foreign_key="sessions.id", ondelete="CASCADE", index=True, max_length=26
    )
    used_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class MailToken(SQLModel, table=True):
    """A secret that was mailed, to verify an address or to set a new password. Works once."""

    __tablename__ = "mail_tokens"
    __table_args__ = (CheckConstraint(f"purpose IN {MAIL_PURPOSES}", name="purpose"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    purpose: str = Field(max_length=10)
    digest: str = Field(max_length=64, unique=True)
    email: str = Field(max_length=254)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonalToken(SQLModel, table=True):
    """An access token for a program of the user's own, with the scopes it may use."""

    __tablename__ = "personal_tokens"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    name: str = Field(max_length=80)
    digest: str = Field(max_length=64, unique=True)
    scopes: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditEvent(SQLModel, table=True):
    """Something that was done to an account. Outlives the account, without telling whose it was.

    actor, subject: user ids, or pseudonyms once the account is erased; no foreign keys for that
    reason. action: such as `login`, `login_failed`, `role_changed`. detail: no secrets, no texts.
    """

    __tablename__ = "audit_events"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    action: str = Field(max_length=40, index=True)
    actor: str | None = Field(default=None, max_length=40, index=True)
    subject: str | None = Field(default=None, max_length=40, index=True)
    address: str | None = Field(default=None, max_length=45)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class DataExport(SQLModel, table=True):
    """A zip of everything a user has, made by a job and kept for a few days."""

    __tablename__ = "data_exports"
    __table_args__ = (
        CheckConstraint(f"status IN {EXPORT_STATUSES}", name="status"),
        Index("ix_data_exports_user_created", "user_id", "created_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    status: str = Field(default="waiting", max_length=10)
    object_key: str | None = Field(default=None, max_length=200)
    size: int | None = None
    error: str | None = Field(default=None, max_length=300)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class IdempotencyKey(SQLModel, table=True):
    """What a creating request answered, so that the same request sent again creates nothing.

    fingerprint: SHA-256 of method, path and body. Written in the transaction of the creation.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("user_id", "key", name="uq_idempotency_keys_key"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    key: str = Field(max_length=120)
    fingerprint: str = Field(max_length=64)
    status: int
    answer: dict[str, Any] = Field(
        default_factory=dict, sa_type=EncryptedJson("idempotency_keys.answer")
    )
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
