"""Shapes of accounts at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from interview_coach.kit.text import without_nul

MIN_PASSWORD = 8
MAX_PASSWORD = 128


def _plain_email(value: str) -> str:
    name, _, host = value.partition("@")
    if not name or "." not in host or "@" in host or any(c.isspace() for c in value):
        raise ValueError("must be an e-mail address such as name@example.org")
    return value.lower()


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=254),
    AfterValidator(without_nul),
    AfterValidator(_plain_email),
]
FullName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(without_nul),
]


class Registration(BaseModel):
    """What a new candidate gives. Any characters may make a password; only length is asked for."""

    email: Email
    password: str = Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)
    full_name: FullName


class UserView(BaseModel):
    """A user as shown to that user."""

    id: str
    email: str
    full_name: str
    role: str
    headline: str | None = None
    target_role: str | None = None
    experience_level: str | None = None
    avatar_url: str | None = None
    created_at: datetime


class Registered(BaseModel):
    """The answer to a registration."""

    user: UserView


class Tokens(BaseModel):
    """A sign-in for programs. `expires_in`: seconds until the access token ends."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the name of the scheme
    expires_in: int


class RefreshRequest(BaseModel):
    """A refresh token, given back for new tokens or to end its session."""

    refresh_token: str = Field(min_length=20, max_length=200)


class LogoutRequest(BaseModel):
    """A refresh token whose session ends; without one the session of the request ends."""

    refresh_token: str | None = Field(default=None, max_length=200)


class CurrentUser(BaseModel):
    """Who is acting, and in which session."""

    id: str
    email: str
    full_name: str
    role: str
    session_id: str
    target_role: str | None = None
