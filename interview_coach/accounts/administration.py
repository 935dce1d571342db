"""What administrators and the operator's commands do with the accounts of others.

actor: the administrator who acts, None for the operator's command.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from interview_coach.accounts import (
    admin_repository,
    audit,
    passwords,
    recovery,
    repository,
    sessions,
)
from interview_coach.accounts.admin_schemas import (
    AuditRequest,
    LiveSessionRow,
    LiveSessionsRequest,
    UsersRequest,
)
from interview_coach.accounts.models import User, UserSession
from interview_coach.accounts.schemas import AccountRow, AuditRow, Registration, Role
from interview_coach.accounts.service import plain_email
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.pagination import Page


def create(database: Database, given: Registration) -> bool:
    """Make an administrator, or raise the account with this e-mail to one; True when it is new.

    An account that exists keeps its password and its name. 422 for a common password.
    """
    if raise_existing(database, given.email):
        return False
    passwords.check_new("password", given.password, given.email)
    user = User(
        email=given.email,
        full_name=given.full_name,
        password_hash=passwords.hash_password(given.password),
        role="admin",
    )
    with database.writing() as session:
        repository.add_user(session, user)
        audit.record(session, "registered", subject=user.id, detail={"role": "admin"})
    return True


def raise_existing(database: Database, email: str) -> bool:
    """Make the account with this e-mail an administrator; False when there is none."""
    with database.writing() as session:
        user = repository.user_by_email(session, plain_email(email))
        if user is None:
            return False
        set_role(session, user.id, "admin", actor=None)
    return True


def id_of(session: Session, email: str) -> str:
    """The id of the account with this e-mail; 404 without one."""
    user = repository.user_by_email(session, plain_email(email))
    if user is None:
        raise CoachError("not_found", "There is no account with this e-mail.", 404)
    return user.id


def lock(session: Session, user_id: str, *, actor: str | None, address: str | None = None) -> None:
    """Keep a user out and end all their sessions at once; locking twice is fine.

    409 `own_account` for one's own account, 409 `last_admin` for the last active administrator.
    """
    if user_id == actor:
        raise CoachError("own_account", "You cannot lock your own account.", 409)
    user = _held(session, user_id)
    if not user.is_active:
        return
    keep_an_admin(session, user.id)
    repository.set_user(session, user.id, {"is_active": False})
    sessions.end_all(session, user.id, "locked")
    audit.record(session, "locked", actor=actor, subject=user.id, address=address)


def unlock(
    session: Session, user_id: str, *, actor: str | None, address: str | None = None
) -> None:
    """Let a locked user in again; unlocking twice is fine."""
    user = _held(session, user_id)
    if user.is_active:
        return
    repository.set_user(session, user.id, {"is_active": True})
    audit.record(session, "unlocked", actor=actor, subject=user.id, address=address)


def set_role(
    session: Session, user_id: str, role: Role, *, actor: str | None, address: str | None = None
) -> None:
    """Give a user this role; 409 `last_admin` when nobody would be left to administer."""
    user = _held(session, user_id)
    if user.role == role:
        return
    keep_an_admin(session, user.id)
    repository.set_user(session, user.id, {"role": role})
    audit.record(
        session,
        "role_changed",
        actor=actor,
        subject=user.id,
        address=address,
        detail={"from": user.role, "to": role},
    )


def reset_secret(session: Session, email: str) -> str:
    """A secret that sets a new password, for an installation without mail; 404 without account.

    409 `locked` for a locked account, which could not sign in with the new password either.
    """
    user = _held(session, id_of(session, email))
    if not user.is_active:
        raise CoachError("locked", "This account is locked. Unlock it first.", 409)
    audit.record(session, "password_reset_asked", subject=user.id, detail={"by": "operator"})
    return recovery.new_secret_for(session, user, "reset")


def accounts(session: Session, asked: UsersRequest) -> Page[AccountRow]:
    """One page of the accounts."""
    rows, total = admin_repository.users(session, asked)
    items = [_account_row(*row) for row in rows]
    return Page(items=items, total=total, page=asked.page, page_size=asked.page_size)


def account(session: Session, user_id: str) -> AccountRow:
    """One account as it is now; 404 without it."""
    found = admin_repository.user(session, user_id)
    if found is None:
        raise not_found("user")
    return _account_row(*found)


def _account_row(user: User, last_seen: datetime | None, live: int) -> AccountRow:
    return AccountRow(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role="admin" if user.role == "admin" else "user",
        is_active=user.is_active,
        email_verified=user.email_verified_at is not None,
        created_at=user.created_at,
        last_seen_at=last_seen,
        session_count=live,
    )


def audit_log(session: Session, asked: AuditRequest) -> Page[AuditRow]:
    """One page of the audit log, newest first."""
    rows, total = admin_repository.audit_events(session, asked)
    items = [
        AuditRow(
            id=event.id,
            at=event.at,
            action=event.action,
            actor=actor or event.actor,
            subject=subject or event.subject,
            address=event.address,
            detail=event.detail,
        )
        for event, actor, subject in rows
    ]
    return Page(items=items, total=total, page=asked.page, page_size=asked.page_size)


def live_sessions(
    session: Session, asked: LiveSessionsRequest, *, current: str
) -> Page[LiveSessionRow]:
    """One page of everybody's live sessions; `current` is the id of the one that asks."""
    rows, total = admin_repository.live_sessions(session, asked)
    items = [_session_row(row, email, current) for row, email in rows]
    return Page(items=items, total=total, page=asked.page, page_size=asked.page_size)


def _session_row(row: UserSession, email: str, current: str) -> LiveSessionRow:
    return LiveSessionRow(
        id=row.id,
        user_id=row.user_id,
        email=email,
        device=sessions.device_words(row.user_agent),
        address=row.address,
        current=row.id == current,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )


def end_session(
    session: Session, session_id: str, *, actor: str, address: str | None = None
) -> None:
    """End a live session of anybody; 404 when there is no such one."""
    row = admin_repository.live_session(session, session_id)
    if row is None or not sessions.end(session, row.user_id, session_id, "ended"):
        raise not_found("session")
    audit.record(
        session,
        "session_ended",
        actor=actor,
        subject=row.user_id,
        address=address,
        detail={"session_id": session_id},
    )


def _held(session: Session, user_id: str) -> User:
    # The administrators first and always in the same order: of two at once who take each
    # other's role, the second sees what the first did.
    repository.hold_admins(session)
    if not repository.lock_user(session, user_id):
        raise not_found("user")
    user = repository.user_by_id(session, user_id)
    if user is None:
        raise not_found("user")
    session.refresh(user)
    session.expunge(user)
    return user


def keep_an_admin(session: Session, user_id: str) -> None:
    """409 `last_admin` when this user is the last active administrator."""
    active = {admin for admin, is_active in repository.hold_admins(session) if is_active}
    if active == {user_id}:
        raise CoachError(
            "last_admin", "This is the last active administrator. Make another one first.", 409
        )
