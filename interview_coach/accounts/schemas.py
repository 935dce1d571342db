"""Shapes of accounts at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from interview_coach.kit.text import without_nul

MIN_PASSWORD = 8
MAX_PASSWORD = 128


_MAX_EMAIL = 254
# Neither spaces of any kind nor control signs, nor what in a mail's header makes several addresses
# of one or another one of it; and a host of at least two parts.
_NOT_IN_EMAIL = (
    r"@\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff"
    r"()<>\[\]:;,\\\x22"
)
_EMAIL = rf"^[^{_NOT_IN_EMAIL}]+@[^.{_NOT_IN_EMAIL}]+(\.[^.{_NOT_IN_EMAIL}]+)+$"


def _in_lower_case(value: str) -> str:
    lower = value.lower()
    if len(lower) > _MAX_EMAIL:
        raise ValueError(f"must have at most {_MAX_EMAIL} characters in lower case")
    return lower


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=5, max_length=_MAX_EMAIL, pattern=_EMAIL),
    AfterValidator(_in_lower_case),
]
FullName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(without_nul),
]
Password = Annotated[str, Field(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]
# Of a password that exists: not judged, only compared.
GivenPassword = Annotated[str, Field(min_length=1, max_length=MAX_PASSWORD)]
MailSecret = Annotated[str, Field(min_length=20, max_length=200)]
ExperienceLevel = Literal["student", "junior", "mid", "senior", "lead", "executive"]
Theme = Literal["system", "light", "dark"]
FeedbackTone = Literal["gentle", "balanced", "direct"]
Motion = Literal["system", "reduced"]
# "patient": a wider pace band and longer pauses, for second-language and other speakers.
SpeechProfile = Literal["standard", "patient"]
Language = Literal["en", "de", "fr", "es", "hi"]
Scope = Literal["read", "write"]
Role = Literal["user", "admin"]
ExportStatus = Literal["waiting", "running", "done", "failed"]
MAX_RETENTION_DAYS = 3650


class Registration(BaseModel):
    """What a new candidate gives. Any characters may make a password; only length is asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "candidate@example.org",
                    "password": "a long sentence of mine",
                    "full_name": "Demo Candidate",
                }
            ]
        }
    )

    email: Email
    password: Password
    full_name: FullName


class UserView(BaseModel):
    """A user as shown to that user."""

    id: str
    email: str
    email_verified: bool
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
    """Who is acting, and by what: a session of a device, or a personal token with its scopes.

    scopes: None for a sign-in, which may do everything its user may.
    """

    id: str
    email: str
    full_name: str
    role: str
    session_id: str
    target_role: str | None = None
    scopes: tuple[Scope, ...] | None = None


class SessionView(BaseModel):
    """One device that is signed in. current: the one that asks."""

    id: str
    device: str = Field(description="such as 'Firefox on Linux'")
    address: str | None
    current: bool
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class ForgotRequest(BaseModel):
    """Whose password is to be set anew. The answer is the same whether there is an account."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "candidate@example.org"}]})

    email: Email


class ResetRequest(BaseModel):
    """A new password, with the secret from the mail. Ends every session and every personal token
    of the account."""

    token: MailSecret
    password: Password


class VerifyRequest(BaseModel):
    """The secret from the mail that shows that the address is the user's."""

    token: MailSecret


class PasswordChange(BaseModel):
    """A new password, and the old one. Ends all other sessions."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "current_password": "a long sentence of mine",
                    "new_password": "another long sentence",
                }
            ]
        }
    )

    current_password: GivenPassword
    new_password: Password


class ProfileChange(BaseModel):
    """The whole profile as it shall be; what is left out is emptied."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "full_name": "Demo Candidate",
                    "target_role": "Backend engineer",
                    "experience_level": "mid",
                }
            ]
        },
    )

    full_name: FullName
    headline: Annotated[str, Field(max_length=160), AfterValidator(without_nul)] | None = None
    target_role: Annotated[str, Field(max_length=120), AfterValidator(without_nul)] | None = None
    experience_level: ExperienceLevel | None = None


class PreferencesView(BaseModel):
    """How a user wants the product to be. Given back whole when it is changed.

    audio_retention_days: after how many days recordings go; null: as the operator has set.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"theme": "dark", "feedback_tone": "direct", "audio_retention_days": 90}]
        },
    )

    theme: Theme = "system"
    feedback_tone: FeedbackTone = "balanced"
    captions: StrictBool = True
    motion: Motion = "system"
    speech_profile: SpeechProfile = "standard"
    audio_retention_days: Annotated[int, Field(ge=1, le=MAX_RETENTION_DAYS)] | None = None
    language: Language = "en"


class AccountDeletion(BaseModel):
    """The password, so that nobody else can delete the account."""

    password: GivenPassword


class ExportView(BaseModel):
    """A zip of everything the user has. download_url: there once the status is `done`."""

    id: str
    status: ExportStatus
    size: int | None = None
    error: str | None = None
    created_at: datetime
    finished_at: datetime | None = None
    expires_at: datetime | None = None
    download_url: str | None = None


class PersonalTokenRequest(BaseModel):
    """A new personal access token. days: how long it works."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "my notes", "scopes": ["read"], "days": 30}]}
    )

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
        AfterValidator(without_nul),
    ]
    scopes: list[Scope] = Field(min_length=1, max_length=2)
    days: int = Field(default=90, ge=1, le=365)


class PersonalTokenView(BaseModel):
    """A personal access token, without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime


class NewPersonalToken(PersonalTokenView):
    """A personal access token, with the secret that is shown this once."""

    token: str


class AccountRow(BaseModel):
    """An account as an administrator sees it."""

    id: str
    email: str
    full_name: str
    role: Role
    is_active: bool
    email_verified: bool
    created_at: datetime
    last_seen_at: datetime | None
    session_count: int


class AuditRow(BaseModel):
    """One entry of the audit log. actor, subject: an e-mail, or a pseudonym once it is erased."""

    id: str
    at: datetime
    action: str
    actor: str | None
    subject: str | None
    address: str | None
    detail: dict[str, Any]
