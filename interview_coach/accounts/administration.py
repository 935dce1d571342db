"""What administrators and the operator's commands do with the accounts of others.

actor: the administrator who acts, None for the operator's command.
"""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.accounts import audit, passwords, recovery, repository, sessions
from interview_coach.accounts.models import User
from interview_coach.accounts.schemas import Registration, Role
from interview_coach.accounts.service import plain_email
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError, not_found


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
    _keep_an_admin(session, user)
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
    _keep_an_admin(session, user)
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


def _keep_an_admin(session: Session, user: User) -> None:
    active = {admin for admin, is_active in repository.hold_admins(session) if is_active}
    if active == {user.id}:
        raise CoachError(
            "last_admin", "This is the last active administrator. Make another one first.", 409
        )
