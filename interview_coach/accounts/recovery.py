"""Secrets sent by mail: showing that an address is one's own, and setting a new password."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from sqlmodel import Session

from interview_coach.accounts import audit, passwords, personal_tokens, repository, sessions
from interview_coach.accounts.models import MailToken, User
from interview_coach.accounts.schemas import ResetRequest
from interview_coach.accounts.sessions import Client
from interview_coach.jobs import service as jobs
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError
from interview_coach.kit.hashing import secret_digest
from interview_coach.kit.ids import new_secret

Purpose = Literal["verify", "reset"]
# About about eight minutes: mail servers are away for minutes, and some refuse the first try.
_TRIES = 9
LIFETIMES: dict[Purpose, timedelta] = {
    "verify": timedelta(hours=24),
    "reset": timedelta(hours=1),
}


def queue_mail(session: Session, user_id: str | None, purpose: Purpose) -> None:
    """Have a mail sent. user_id None: nobody has that address, and no mail goes out; the job is
    queued all the same, so that nobody can tell by the time it takes."""
    jobs.enqueue(
        session,
        "accounts.send_mail",
        "light",
        {"user_id": user_id, "purpose": purpose},
        user_id=user_id,
        max_attempts=_TRIES,
    )


def ask_for_reset(session: Session, email: str, client: Client) -> None:
    """Mail a link for a new password to this address, when it has an account."""
    user = repository.user_by_email(session, email)
    found = None if user is None or not user.is_active else user.id
    queue_mail(session, found, "reset")
    audit.record(session, "password_reset_asked", subject=found, address=client.address)


def new_secret_for(session: Session, user: User, purpose: Purpose) -> str:
    """A secret to be mailed. It is told this once; those sent before work no more."""
    secret = new_secret()
    token = MailToken(
        user_id=user.id,
        purpose=purpose,
        digest=secret_digest(secret),
        email=user.email,
        expires_at=now() + LIFETIMES[purpose],
    )
    repository.add_mail_token(session, token)
    return secret


def _not_valid() -> CoachError:
    return CoachError(
        "mail_token",
        "This link has been used, has expired or is not whole. Ask for a new one.",
        410,
    )


def reset_password(database: Database, given: ResetRequest, client: Client) -> None:
    """Set a new password by a mailed secret, end every session and personal token; 410
    `mail_token`, also for a locked account.

    A password that is refused (422) leaves the link working.
    """
    digest = secret_digest(given.token)
    with database.reading() as session:
        found = repository.mail_token(session, digest, "reset")
    if found is None:
        raise _not_valid()
    passwords.check_new("body.password", given.password, found.email)
    password_hash = passwords.hash_password(given.password)
    with database.writing() as session:
        # The user before the secret, as everywhere: two who wait for each other would both fail.
        user = repository.hold_user(session, found.user_id)
        token = repository.use_mail_token(session, digest, "reset")
        if token is None or user is None or not user.is_active or user.email != token.email:
            raise _not_valid()
        values: dict[str, object] = {"password_hash": password_hash}
        if user.email_verified_at is None:
            # Whoever reads the mail of an address has shown that it is theirs.
            values["email_verified_at"] = now()
        repository.set_user(session, user.id, values)
        sessions.end_all(session, user.id, "password")
        # Whoever had the account before, perhaps by signing up with somebody else's address, must
        # keep nothing that opens it.
        personal_tokens.revoke_all(session, user.id, client.address)
        audit.record(
            session, "password_reset", actor=user.id, subject=user.id, address=client.address
        )


def verify_email(session: Session, secret: str, client: Client) -> None:
    """Note that the address is its user's own; 410 `mail_token`."""
    token = repository.use_mail_token(session, secret_digest(secret), "verify")
    user = None if token is None else repository.user_by_id(session, token.user_id)
    if token is None or user is None or user.email != token.email:
        raise _not_valid()
    repository.set_user(session, user.id, {"email_verified_at": now()})
    audit.record(session, "email_verified", actor=user.id, subject=user.id, address=client.address)
