"""The rules of signing up and in, and of passwords."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from interview_coach.accounts import audit, passwords, recovery, repository, sessions
from interview_coach.accounts.models import User
from interview_coach.accounts.schemas import (
    MAX_PASSWORD,
    CurrentUser,
    PasswordChange,
    Registration,
    UserView,
)
from interview_coach.accounts.sessions import Client, SignIn
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError

AVATAR_URL = "/api/v1/users/me/avatar"


def view_of(user: User) -> UserView:
    """The user as shown to that user."""
    return UserView(
        id=user.id,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        full_name=user.full_name,
        role=user.role,
        headline=user.headline,
        target_role=user.target_role,
        experience_level=user.experience_level,
        avatar_url=None if user.avatar_key is None else f"{AVATAR_URL}?v={user.avatar_key[-8:]}",
        created_at=user.created_at,
    )


def register(database: Database, given: Registration, client: Client) -> UserView:
    """Make an account and mail its owner; 409 `email_taken` when the e-mail has one, 422 when the
    password is a common one. Hashing stays out of the transaction, so that it does not hold the
    write lock."""
    passwords.check_new("body.password", given.password, given.email)
    password_hash = passwords.hash_password(given.password)
    user = User(email=given.email, full_name=given.full_name, password_hash=password_hash)
    try:
        with database.writing() as session:
            repository.add_user(session, user)
            audit.record(
                session, "registered", actor=user.id, subject=user.id, address=client.address
            )
            recovery.queue_mail(session, user.id, "verify")
    except IntegrityError as error:
        raise CoachError(
            "email_taken", "There is an account with this e-mail. Sign in instead.", 409
        ) from error
    return view_of(user)


def sign_in(database: Database, email: str, password: str, client: Client) -> SignIn:
    """Check the password and open a session; 401 `wrong_credentials` without saying which part."""
    with database.reading() as session:
        user = repository.user_by_email(session, plain_email(email))
    # Longer than any password can be: still as slow as a wrong one, and no work for the hasher.
    fits = len(password) <= MAX_PASSWORD
    stored = user.password_hash if user is not None and fits else None
    right, newer = passwords.verify_password(password[:MAX_PASSWORD], stored)
    if user is not None and right and user.is_active:
        with database.writing() as session:
            if _is_unchanged(session, user):
                if newer is not None:
                    repository.set_user(session, user.id, {"password_hash": newer})
                return sessions.open_session(session, user.id, client)
    _note_failure(database, user, client)
    raise CoachError("wrong_credentials", "The e-mail or the password is wrong.", 401)


def _is_unchanged(session: Session, checked: User) -> bool:
    """Hold the user; whether password and lock are still what they were when the password was
    checked. Hashing takes its time, and happens outside of any transaction."""
    user = repository.hold_user(session, checked.id)
    return user is not None and user.is_active and user.password_hash == checked.password_hash


def plain_email(email: str) -> str:
    """An e-mail as accounts keep it."""
    return email.replace("\x00", "").strip().lower()


def _note_failure(database: Database, user: User | None, client: Client) -> None:
    # Written for an unknown account too: both take the same time.
    detail = None if user is not None else {"account": "unknown"}
    subject = None if user is None else user.id
    with database.writing() as session:
        audit.record(
            session, "login_failed", subject=subject, address=client.address, detail=detail
        )


def check_password(database: Database, user_id: str, password: str) -> User:
    """The user, when this is the password of the account; else 403 `wrong_password`."""
    with database.reading() as session:
        user = repository.user_by_id(session, user_id)
    right, _ = passwords.verify_password(password, None if user is None else user.password_hash)
    if user is None or not right:
        raise _wrong_password()
    return user


def _wrong_password() -> CoachError:
    return CoachError("wrong_password", "This is not the password of your account.", 403)


def change_password(
    database: Database, acting: CurrentUser, given: PasswordChange, client: Client
) -> None:
    """Set a new password and end all other sessions; a link for a new one that was mailed before
    works no more.

    403 `wrong_password`, 422 when the new one is a common one.
    """
    user = check_password(database, acting.id, given.current_password)
    passwords.check_new("body.new_password", given.new_password, user.email)
    password_hash = passwords.hash_password(given.new_password)
    with database.writing() as session:
        if not _is_unchanged(session, user):
            raise _wrong_password()
        repository.set_user(session, user.id, {"password_hash": password_hash})
        repository.drop_mail_tokens(session, user.id, "reset")
        sessions.end_all(session, user.id, "password", besides=acting.session_id)
        audit.record(
            session, "password_changed", actor=user.id, subject=user.id, address=client.address
        )
