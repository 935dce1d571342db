"""Shapes of what administrators ask about accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.accounts.schemas import Role
from interview_coach.kit.pagination import PageRequest
from interview_coach.kit.text import PlainText

Words = Annotated[PlainText, Field(max_length=254)]
UserSort = Literal["-created_at", "created_at", "email", "-email", "-last_seen_at"]


class UsersRequest(PageRequest):
    """Filters of the accounts; all may be combined. q: part of the e-mail or of the name."""

    q: Words | None = None
    role: Role | None = None
    active: bool | None = None
    sort: UserSort = "-created_at"


class RoleChange(BaseModel):
    """The role an account shall have."""

    model_config = ConfigDict(extra="forbid")

    role: Role


class AuditRequest(PageRequest):
    """Filters of the audit log. actor, subject: an e-mail, a user's id or a pseudonym."""

    action: Annotated[PlainText, Field(max_length=40)] | None = None
    actor: Words | None = None
    subject: Words | None = None
    since: datetime | None = Field(default=None, alias="from")
    until: datetime | None = Field(default=None, alias="to")


class LiveSessionsRequest(PageRequest):
    """Filters of the live sessions. q: part of the e-mail."""

    q: Words | None = None


class LiveSessionRow(BaseModel):
    """A device somebody is signed in on. current: the one that asks."""

    id: str
    user_id: str
    email: str
    device: str = Field(description="such as 'Firefox on Linux'")
    address: str | None
    current: bool
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
