"""The rules of signing up, in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from interview_coach.accounts import passwords, repository, tokens
from interview_coach.accounts.models import User, UserSession
from interview_coach.accounts.schemas import (
    MAX_PASSWORD,
    CurrentUser,
    Registration,
    Tokens,
    UserView,
)
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError
from interview_coach.kit.hashing import secret_digest
from interview_coach.kit.ids import new_secret

SESSION_LIFETIME = timedelta(days=30)
AVATAR_URL = "/api/v1/users/me/avatar"
_MAX_USER_AGENT = 300


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session and its secrets, which are shown this once and never stored."""

    session_id: str
    user_id: str
    cookie: str
    refresh_token: str


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


def register(database: Database, given: Registration) -> UserView:
    """Make an account; 409 `email_taken` when the e-mail has one. Hashing stays out of the
    transaction, so that it does not hold the write lock."""
    password_hash = passwords.hash_password(given.password)
    user = User(email=given.email, full_name=given.full_name, password_hash=password_hash)
    try:
        with database.writing() as session:
            repository.add_user(session, user)
    except IntegrityError as error:
        raise CoachError(
            "email_taken", "There is an account with this e-mail. Sign in instead.", 409
        ) from error
    return view_of(user)


def sign_in(database: Database, email: str, password: str, user_agent: str | None) -> SignIn:
    """Check the password and open a session; 401 `wrong_credentials` without saying which part."""
    with database.reading() as session:
        user = repository.user_by_email(session, email.replace("\x00", "").strip().lower())
    # Longer than any password can be: still as slow as a wrong one, and no work for the hasher.
    fits = len(password) <= MAX_PASSWORD
    stored = user.password_hash if user is not None and fits else None
    right, newer = passwords.verify_password(password[:MAX_PASSWORD], stored)
    if user is None or not right or not user.is_active:
        raise CoachError("wrong_credentials", "The e-mail or the password is wrong.", 401)
    with database.writing() as session:
        if newer is not None:
            repository.set_password_hash(session, user.id, newer)
        return open_session(session, user.id, user_agent)


def open_session(session: Session, user_id: str, user_agent: str | None) -> SignIn:
    """A new session of this user."""
    cookie, refresh = new_secret(), new_secret()
    row = UserSession(
        user_id=user_id,
        cookie_digest=secret_digest(cookie),
        refresh_digest=secret_digest(refresh),
        user_agent=(user_agent or "")[:_MAX_USER_AGENT] or None,
        expires_at=now() + SESSION_LIFETIME,
    )
    repository.add_session(session, row)
    return SignIn(row.id, user_id, cookie, refresh)


def tokens_of(signed: SignIn, key: str) -> Tokens:
    """The tokens of a sign-in, as programs use them."""
    return Tokens(
        access_token=tokens.make_access_token(key, signed.user_id, signed.session_id),
        refresh_token=signed.refresh_token,
        expires_in=int(tokens.ACCESS_LIFETIME.total_seconds()),
    )


def refresh(session: Session, refresh_token: str, key: str) -> Tokens:
    """New tokens for a refresh token, which is used up; 401 `bad_token` when it is not valid."""
    old = secret_digest(refresh_token)
    found = repository.by_refresh(session, old)
    newer = new_secret()
    if found is None or not repository.rotate_refresh(
        session, found[0].id, old, secret_digest(newer)
    ):
        raise CoachError("bad_token", "This refresh token is not valid any more.", 401)
    return tokens_of(SignIn(found[0].id, found[1].id, "", newer), key)


def find_user(session: Session, user_id: str) -> UserView | None:
    """The profile of a user, None when there is none."""
    user = repository.user_by_id(session, user_id)
    return None if user is None else view_of(user)


def sign_out(session: Session, user: CurrentUser) -> None:
    """End the session of this user; ending it twice is fine."""
    repository.end_session(session, user.id, user.session_id)


def sign_out_refresh(session: Session, refresh_token: str) -> None:
    """End the session a refresh token belongs to; an unknown one is fine."""
    found = repository.by_refresh(session, secret_digest(refresh_token))
    if found is not None:
        repository.end_session(session, found[1].id, found[0].id)


def user_of_cookie(session: Session, cookie: str) -> CurrentUser | None:
    """Who a session cookie belongs to, None when it is unknown or ended."""
    return _current(repository.by_cookie(session, secret_digest(cookie)))


def user_of_session(session: Session, session_id: str) -> CurrentUser | None:
    """Who a session belongs to, None when it has ended."""
    return _current(repository.by_session_id(session, session_id))


def _current(found: tuple[UserSession, User] | None) -> CurrentUser | None:
    if found is None:
        return None
    row, user = found
    return CurrentUser(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=user.role,
        session_id=row.id,
        target_role=user.target_role,
    )
