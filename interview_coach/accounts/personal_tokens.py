"""Access tokens for a user's own programs: `icp_` and a secret, of which a digest is kept.

From the command line, `mint_for_email` makes one for an account that exists; the caller prints
`token` of what it returns, this once.
"""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from interview_coach.accounts import audit, personal_repository, repository
from interview_coach.accounts.models import PersonalToken
from interview_coach.accounts.schemas import (
    CurrentUser,
    NewPersonalToken,
    PersonalTokenRequest,
    PersonalTokenView,
)
from interview_coach.accounts.sessions import ENDED_TOPIC
from interview_coach.jobs.progress import publish
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.hashing import secret_digest
from interview_coach.kit.ids import new_secret
from interview_coach.runtime import runtime

MARK = "icp_"
MAX_TOKENS = 20
# The time of the last use is written once in this time, not with every request.
_NOTED_EVERY = timedelta(minutes=5)


def mint(
    session: Session,
    user_id: str,
    given: PersonalTokenRequest,
    *,
    actor: str | None,
    address: str | None = None,
) -> NewPersonalToken:
    """A new token of this user; 409 `too_many_tokens` when they have 20 that work.

    actor: the user who asks, None for the operator's command.
    """
    if not repository.lock_user(session, user_id):
        raise not_found("user")
    if len(personal_repository.personal_tokens(session, user_id)) >= MAX_TOKENS:
        raise CoachError(
            "too_many_tokens", f"There are {MAX_TOKENS} tokens already. Revoke one first.", 409
        )
    secret = MARK + new_secret()
    row = PersonalToken(
        user_id=user_id,
        name=given.name,
        digest=secret_digest(secret),
        scopes=sorted(set(given.scopes)),
        expires_at=now() + timedelta(days=given.days),
    )
    personal_repository.add_personal_token(session, row)
    detail = {"token_id": row.id, "scopes": row.scopes, "days": given.days}
    audit.record(
        session, "token_made", actor=actor, subject=user_id, address=address, detail=detail
    )
    return NewPersonalToken(**_view(row).model_dump(), token=secret)


def mint_for_email(session: Session, email: str, given: PersonalTokenRequest) -> NewPersonalToken:
    """A new token of the account with this e-mail, for the operator's command; 404 without one."""
    user = repository.user_by_email(session, email.strip().lower())
    if user is None:
        raise CoachError("not_found", "There is no account with this e-mail.", 404)
    return mint(session, user.id, given, actor=None)


def tokens_of(session: Session, user_id: str) -> list[PersonalTokenView]:
    """The tokens of this user that work, newest first."""
    return [_view(row) for row in personal_repository.personal_tokens(session, user_id)]


def revoke(session: Session, user_id: str, token_id: str, address: str | None = None) -> None:
    """End a token, and what is connected by it; 404 when it is not theirs or has been revoked."""
    if not personal_repository.revoke_personal_token(session, user_id, token_id):
        raise not_found("token")
    audit.record(
        session,
        "token_revoked",
        actor=user_id,
        subject=user_id,
        address=address,
        detail={"token_id": token_id},
    )
    _tell(session, user_id, [token_id])


def revoke_all(session: Session, user_id: str, address: str | None = None) -> None:
    """End all tokens of this user, and what is connected by them."""
    revoked = personal_repository.revoke_personal_tokens(session, user_id)
    if not revoked:
        return
    audit.record(
        session,
        "token_revoked",
        actor=user_id,
        subject=user_id,
        address=address,
        detail={"count": len(revoked)},
    )
    _tell(session, user_id, revoked)


def _tell(session: Session, user_id: str, token_ids: list[str]) -> None:
    ended = {"user_id": user_id, "session_ids": token_ids}
    run_after_commit(session, lambda: publish(runtime().redis, ENDED_TOPIC, ended))


def user_of_token(database: Database, token: str) -> CurrentUser | None:
    """Who a personal token belongs to, with its scopes; None when it does not work.

    The token's id stands where a sign-in has the id of its session.
    """
    with database.reading() as session:
        found = personal_repository.by_personal_token(session, secret_digest(token))
    if found is None:
        return None
    row, user = found
    if row.last_used_at is None or row.last_used_at < now() - _NOTED_EVERY:
        with database.writing() as session:
            personal_repository.note_personal_token(session, row.id)
    return CurrentUser.model_validate(
        {
            "id": user.id,
            "email": user.email,
            "full_name": user.full_name,
            "role": user.role,
            "session_id": row.id,
            "target_role": user.target_role,
            "scopes": row.scopes,
        }
    )


def live(session: Session, token_ids: list[str]) -> set[str]:
    """Those of these tokens, by id, that still work."""
    return personal_repository.working_token_ids(session, token_ids) if token_ids else set()


def _view(row: PersonalToken) -> PersonalTokenView:
    return PersonalTokenView.model_validate(row, from_attributes=True)
