"""What an account holds about its user, for their export. No secret and no digest is in it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.accounts import personal_repository, profile, repository
from interview_coach.accounts.models import AuditEvent

_SECRETS = {"user_id", "cookie_digest", "refresh_digest", "digest"}


def account(session: Session, user_id: str) -> dict[str, Any]:
    """Profile, preferences, sign-ins, personal tokens and audit log of a user, as plain JSON."""
    sign_ins = personal_repository.all_sessions_of(session, user_id)
    tokens = personal_repository.all_personal_tokens(session, user_id)
    return {
        "profile": profile.profile(session, user_id).model_dump(mode="json"),
        "preferences": profile.preferences(session, user_id).model_dump(mode="json"),
        "sessions": [row.model_dump(mode="json", exclude=_SECRETS) for row in sign_ins],
        "personal_tokens": [row.model_dump(mode="json", exclude=_SECRETS) for row in tokens],
        "audit": [_event(row, user_id) for row in personal_repository.audit_of(session, user_id)],
    }


def avatar_key(session: Session, user_id: str) -> str | None:
    """Where the user's picture lies, None without one."""
    return repository.avatar_key(session, user_id)


def _event(row: AuditEvent, user_id: str) -> dict[str, Any]:
    told = row.model_dump(mode="json", include={"at", "action", "address", "detail"})
    if row.actor is not None and row.actor != user_id:
        # Somebody else's address, and who it was, are not this user's data.
        told["address"] = None
    told["by"] = "you" if row.actor == user_id else "somebody else"
    told["to"] = "your account" if row.subject == user_id else "another account"
    return told
