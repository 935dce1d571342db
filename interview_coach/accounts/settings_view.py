"""What the settings page shows: view objects made of the shapes of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview_coach.accounts.schemas import (
    ExportView,
    PersonalTokenView,
    PreferencesView,
    SessionView,
    UserView,
)
from interview_coach.kit.clock import now

SESSIONS = "/api/v1/auth/sessions"
TOKENS = "/api/v1/users/me/tokens"
EXPORTS = "/api/v1/users/me/export"

LEVELS = (
    ("", "Not said"),
    ("student", "Student"),
    ("junior", "Junior"),
    ("mid", "Mid-level"),
    ("senior", "Senior"),
    ("lead", "Lead"),
    ("executive", "Executive"),
)
THEMES = (("system", "System"), ("light", "Light"), ("dark", "Dark"))
MOTIONS = (("system", "As the system says"), ("reduced", "Reduced"))
TONES = (("gentle", "Gentle"), ("balanced", "Balanced"), ("direct", "Direct"))
SPEECH_PROFILES = (("standard", "Standard"), ("patient", "Patient"))
LANGUAGES = (
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("hi", "Hindi"),
)
SCOPES = (("read", "Read"), ("write", "Change and delete"))
_UNITS = ("bytes", "kB", "MB", "GB")


@dataclass(frozen=True)
class AccountView:
    """Who it is. avatar_url: empty without a picture. retention_note: what an empty field means.
    mails: this server can send mail.
    """

    email: str = ""
    verified: bool = True
    avatar_url: str = ""
    initials: str = ""
    retention_note: str = ""
    mails: bool = False


@dataclass(frozen=True)
class DeviceRow:
    """One device that is signed in. seen_at, since: ISO 8601. end_path: what ends it."""

    id: str
    device: str
    address: str
    current: bool
    seen_at: str
    since: str
    end_path: str
    spoken: str
    question: str


@dataclass(frozen=True)
class TokenRow:
    """One personal access token. used_at: ISO 8601, empty when it never was."""

    id: str
    name: str
    allows: str
    used_at: str
    expires_at: str
    expired: bool
    revoke_path: str
    spoken: str
    question: str


@dataclass(frozen=True)
class ExportRow:
    """One export. pending: it is being made. note: its size, or why there is none."""

    id: str
    pending: bool
    failed: bool
    ready: bool
    made_at: str
    expires_at: str
    note: str
    href: str


def account_view(
    user: UserView, initials: str, retention_days: int | None, *, mails: bool = True
) -> AccountView:
    """The head of the settings; `retention_days` is the operator's setting."""
    kept = "until you delete them" if retention_days is None else f"for {days(retention_days)}"
    return AccountView(
        email=user.email,
        verified=user.email_verified,
        avatar_url=user.avatar_url or "",
        initials=initials,
        retention_note=f"Empty: as this server is set, which keeps them {kept}.",
        mails=mails,
    )


def profile_values(user: UserView) -> dict[str, Any]:
    """The fields of the profile's form."""
    return {
        "full_name": user.full_name,
        "headline": user.headline or "",
        "target_role": user.target_role or "",
        "experience_level": user.experience_level or "",
    }


def preference_values(preferences: PreferencesView) -> dict[str, Any]:
    """The fields of the form of preferences."""
    return preferences.model_dump()


def device_row(session: SessionView) -> DeviceRow:
    """A device as one line."""
    return DeviceRow(
        id=session.id,
        device=session.device,
        address=session.address or "address not known",
        current=session.current,
        seen_at=_iso(session.last_seen_at),
        since=_iso(session.created_at),
        end_path=f"{SESSIONS}/{session.id}",
        spoken=f"Sign out {session.device}",
        question=f"Sign out {session.device}?",
    )


def token_row(token: PersonalTokenView) -> TokenRow:
    """A token as one line."""
    words = dict(SCOPES)
    return TokenRow(
        id=token.id,
        name=token.name,
        allows=", ".join(words[scope].lower() for scope in token.scopes),
        used_at=_iso(token.last_used_at),
        expires_at=_iso(token.expires_at),
        expired=token.expires_at <= now(),
        revoke_path=f"{TOKENS}/{token.id}",
        spoken=f"Revoke {token.name}",
        question=f'Revoke "{token.name}"?',
    )


def export_row(export: ExportView) -> ExportRow:
    """An export as one line."""
    failed = export.status == "failed"
    over = export.expires_at is not None and export.expires_at <= now()
    note = "" if export.size is None else size_words(export.size)
    if failed:
        note = export.error or "It could not be made. Try again."
    return ExportRow(
        id=export.id,
        pending=export.status in ("waiting", "running"),
        failed=failed,
        ready=export.status == "done" and export.download_url is not None and not over,
        made_at=_iso(export.finished_at or export.created_at),
        expires_at=_iso(export.expires_at),
        note=note,
        href=export.download_url or "",
    )


def days(count: int) -> str:
    """A number of days in words."""
    return "1 day" if count == 1 else f"{count} days"


def size_words(size: int) -> str:
    """A number of bytes with the unit that keeps it short: 1,000 bytes are a kB."""
    value, place = float(size), 0
    while value >= 999.5 and place < len(_UNITS) - 1:
        value, place = value / 1000, place + 1
    return (
        f"{value:.0f} {_UNITS[place]}"
        if value >= 10 or place == 0
        else (f"{value:.1f} {_UNITS[place]}")
    )


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
