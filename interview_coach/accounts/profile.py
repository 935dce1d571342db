"""Who a user says they are, and how they want the product to be."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.accounts import audit, repository
from interview_coach.accounts.models import Preferences
from interview_coach.accounts.schemas import PreferencesView, ProfileChange, UserView
from interview_coach.accounts.service import view_of
from interview_coach.kit.clock import now
from interview_coach.kit.errors import not_found


def profile(session: Session, user_id: str) -> UserView:
    """The profile of a user."""
    user = repository.user_by_id(session, user_id)
    if user is None:
        raise not_found("user")
    return view_of(user)


def exists(session: Session, user_id: str) -> bool:
    """Whether there is a user with this id."""
    return repository.user_by_id(session, user_id) is not None


def change_profile(
    session: Session, user_id: str, given: ProfileChange, address: str | None = None
) -> UserView:
    """Set the whole profile; blank texts count as left out."""
    before = profile(session, user_id)
    wanted = {
        "full_name": given.full_name,
        "headline": _text(given.headline),
        "target_role": _text(given.target_role),
        "experience_level": given.experience_level,
    }
    changed = sorted(name for name, value in wanted.items() if getattr(before, name) != value)
    if changed:
        repository.set_user(session, user_id, {**wanted, "updated_at": now()})
        _record(session, user_id, address, changed)
    return profile(session, user_id)


def preferences(session: Session, user_id: str) -> PreferencesView:
    """How this user wants the product to be; the defaults until they have said so."""
    row = repository.preferences(session, user_id)
    if row is None:
        return PreferencesView()
    return PreferencesView.model_validate(row, from_attributes=True)


def change_preferences(
    session: Session, user_id: str, given: PreferencesView, address: str | None = None
) -> PreferencesView:
    """Set all preferences."""
    # Holds the row of the user, so that of two first changes at once one waits for the other.
    if not repository.lock_user(session, user_id):
        raise not_found("user")
    before, wanted = preferences(session, user_id).model_dump(), given.model_dump()
    changed = sorted(name for name, value in wanted.items() if before[name] != value)
    if changed:
        repository.set_preferences(session, Preferences(user_id=user_id, **wanted))
        _record(session, user_id, address, changed)
    return given


def _record(session: Session, user_id: str, address: str | None, changed: list[str]) -> None:
    audit.record(
        session,
        "profile_changed",
        actor=user_id,
        subject=user_id,
        address=address,
        # Which fields, never what stood in them.
        detail={"changed": changed},
    )


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None
