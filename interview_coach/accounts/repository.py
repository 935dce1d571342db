"""Every statement on users, their sessions and secrets, and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func
from sqlmodel import Session, col, delete, select, update

from interview_coach.accounts.models import (
    AuditEvent,
    MailToken,
    Preferences,
    UsedRefreshToken,
    User,
    UserSession,
)
from interview_coach.kit.clock import now
from interview_coach.kit.pagination import PageRequest


def _changed(session: Session, statement: Any) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount


# Users


def add_user(session: Session, user: User) -> None:
    """Write a new user; a taken e-mail raises IntegrityError."""
    session.add(user)
    session.flush()


def user_by_email(session: Session, email: str) -> User | None:
    """The user with this e-mail (in lower case)."""
    return session.exec(select(User).where(User.email == email)).first()


def user_by_id(session: Session, user_id: str) -> User | None:
    """The user with this id."""
    return session.get(User, user_id)


def set_user(session: Session, user_id: str, values: dict[str, Any]) -> None:
    """Change a user's row."""
    changed = {**values, "updated_at": now()}
    statement = update(User).where(col(User.id) == user_id).values(**changed)
    session.execute(statement.execution_options(synchronize_session="fetch"))


def avatar_key(session: Session, user_id: str) -> str | None:
    """Where the picture of a user lies, None without one."""
    return session.exec(select(User.avatar_key).where(User.id == user_id)).first()


def hold_user(session: Session, user_id: str) -> User | None:
    """The user as of now, their row held until the transaction ends; None when there is none."""
    # In PostgreSQL no weaker lock makes two changes of one password wait for each other; a
    # stronger one would also stop whatever else of this user is being written.
    statement = select(User).where(User.id == user_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def lock_user(session: Session, user_id: str) -> bool:
    """Hold a user's row until the transaction ends; False when there is none."""
    statement = select(User.id).where(User.id == user_id).with_for_update()
    return session.exec(statement).first() is not None


def hold_admins(session: Session) -> list[tuple[str, bool]]:
    """Hold the rows of all administrators until the transaction ends: ids, and who is active."""
    statement = select(User.id, User.is_active).where(User.role == "admin").order_by(User.id)
    return [(row[0], row[1]) for row in session.exec(statement.with_for_update())]


def preferences(session: Session, user_id: str) -> Preferences | None:
    """The preferences of a user, None while they have said nothing."""
    return session.get(Preferences, user_id)


def set_preferences(session: Session, row: Preferences) -> None:
    """Write the preferences of a user, whether there were any or not."""
    session.merge(row)
    session.flush()


# Sessions and their refresh tokens


def add_session(session: Session, sign_in: UserSession) -> None:
    """Write a new sign-in."""
    session.add(sign_in)
    session.flush()


def _live(statement: Any) -> Any:
    return statement.where(
        col(UserSession.ended_at).is_(None),
        col(UserSession.expires_at) > now(),
        col(User.is_active).is_(True),
    )


def _first(session: Session, *conditions: Any) -> tuple[UserSession, User] | None:
    statement = select(UserSession, User).join(User).where(*conditions)
    row = session.exec(_live(statement)).first()
    return None if row is None else (row[0], row[1])


def by_cookie(session: Session, digest: str) -> tuple[UserSession, User] | None:
    """The live session with this cookie digest, and its user."""
    return _first(session, UserSession.cookie_digest == digest)


def by_session_id(session: Session, session_id: str) -> tuple[UserSession, User] | None:
    """The live session with this id, and its user."""
    return _first(session, UserSession.id == session_id)


def by_refresh(session: Session, digest: str) -> tuple[UserSession, User] | None:
    """The live session with this refresh digest, and its user."""
    return _first(session, UserSession.refresh_digest == digest)


def live_ids(session: Session, session_ids: list[str]) -> set[str]:
    """Those of these session ids that are live."""
    statement = select(UserSession.id).join(User).where(col(UserSession.id).in_(session_ids))
    return set(session.exec(_live(statement)).all())


def seen(session: Session, session_id: str, before: datetime) -> None:
    """Note that a session is in use, when the last note is older than `before`."""
    statement = update(UserSession).where(
        col(UserSession.id) == session_id, col(UserSession.last_seen_at) < before
    )
    session.execute(statement.values(last_seen_at=now()))


def sessions_of(
    session: Session, user_id: str, asked: PageRequest
) -> tuple[list[UserSession], int]:
    """One page of this user's live sessions, last used first, and how many there are."""
    mine = _live(select(UserSession).join(User).where(UserSession.user_id == user_id))
    total = session.exec(select(func.count()).select_from(mine.subquery())).one()
    newest = mine.order_by(col(UserSession.last_seen_at).desc(), UserSession.id)
    return list(session.exec(newest.offset(asked.offset).limit(asked.page_size)).all()), total


def addresses_of(session: Session, user_id: str, since: datetime) -> set[str]:
    """Where this user has signed in from since then."""
    statement = select(UserSession.address).where(
        UserSession.user_id == user_id,
        col(UserSession.address).is_not(None),
        col(UserSession.created_at) > since,
    )
    return {address for address in session.exec(statement.distinct()) if address is not None}


def rotate_refresh(session: Session, session_id: str, old: str, new: str) -> bool:
    """Replace the refresh digest if it is still `old`; of two at once, one wins."""
    statement = (
        update(UserSession)
        .where(
            col(UserSession.id) == session_id,
            col(UserSession.refresh_digest) == old,
            col(UserSession.ended_at).is_(None),
        )
        .values(refresh_digest=new, last_seen_at=now())
    )
    if not _changed(session, statement):
        return False
    session.add(UsedRefreshToken(digest=old, session_id=session_id))
    session.flush()
    return True


def session_of_used(session: Session, digest: str) -> UserSession | None:
    """The session whose family this used refresh token is of, ended or not."""
    statement = select(UserSession).join(UsedRefreshToken)
    return session.exec(statement.where(UsedRefreshToken.digest == digest)).first()


def end_session(session: Session, user_id: str, session_id: str, reason: str) -> bool:
    """End one session of this user; False when it is not theirs or has ended."""
    return end_sessions(session, user_id, reason, only=session_id) == [session_id]


def end_sessions(
    session: Session,
    user_id: str,
    reason: str,
    *,
    only: str | None = None,
    besides: str | None = None,
) -> list[str]:
    """End the sessions of this user, all or `only` one or all `besides` one; their ids."""
    statement = update(UserSession).where(
        col(UserSession.user_id) == user_id, col(UserSession.ended_at).is_(None)
    )
    if only is not None:
        statement = statement.where(col(UserSession.id) == only)
    if besides is not None:
        statement = statement.where(col(UserSession.id) != besides)
    ended = statement.values(ended_at=now(), end_reason=reason).returning(col(UserSession.id))
    return list(session.execute(ended).scalars().all())


# Secrets that were mailed, and personal tokens


def add_mail_token(session: Session, token: MailToken) -> None:
    """Write a mailed secret; older ones of the same user and purpose work no more."""
    drop_mail_tokens(session, token.user_id, token.purpose)
    session.add(token)
    session.flush()


def drop_mail_tokens(session: Session, user_id: str, purpose: str) -> None:
    """The secrets that were mailed to this user for this purpose work no more."""
    unused = delete(MailToken).where(
        col(MailToken.user_id) == user_id,
        col(MailToken.purpose) == purpose,
        col(MailToken.used_at).is_(None),
    )
    session.execute(unused)


def use_mail_token(session: Session, digest: str, purpose: str) -> MailToken | None:
    """Use up a mailed secret; None when it does not work. Of two at once, one wins."""
    statement = (
        update(MailToken)
        .where(
            col(MailToken.digest) == digest,
            col(MailToken.purpose) == purpose,
            col(MailToken.used_at).is_(None),
            col(MailToken.expires_at) > now(),
        )
        .values(used_at=now())
    )
    if not _changed(session, statement):
        return None
    return session.exec(select(MailToken).where(MailToken.digest == digest)).one()


def mail_token(session: Session, digest: str, purpose: str) -> MailToken | None:
    """A mailed secret that still works, None when it does not."""
    statement = select(MailToken).where(
        MailToken.digest == digest,
        MailToken.purpose == purpose,
        col(MailToken.used_at).is_(None),
        col(MailToken.expires_at) > now(),
    )
    return session.exec(statement).first()


def open_session_ids(session: Session, user_id: str) -> list[str]:
    """The ids of a user's sessions that have not ended."""
    statement = select(UserSession.id).where(UserSession.user_id == user_id)
    return list(session.exec(statement.where(col(UserSession.ended_at).is_(None))))


def delete_user(session: Session, user_id: str) -> None:
    """Delete a user; every row that belongs to them goes with it."""
    session.execute(delete(User).where(col(User.id) == user_id))


def make_audit_pseudonymous(session: Session, user_id: str, pseudonym: str) -> None:
    """Take out of the audit log who this user was, from where they came and what is told of it."""
    own = col(AuditEvent.actor) == user_id
    concerned = col(AuditEvent.subject) == user_id
    # Of an administrator's act on this user the administrator's own address stays.
    somebody = col(AuditEvent.actor).is_not(None)
    for where, values in (
        (concerned & ~somebody, {"address": None}),
        (own | concerned, {"detail": {}}),
        (concerned, {"subject": pseudonym}),
        (own, {"actor": pseudonym, "address": None}),
    ):
        statement = update(AuditEvent).where(where).values(**values)
        session.execute(statement.execution_options(synchronize_session=False))


def add_audit_event(session: Session, event: AuditEvent) -> None:
    """Write an entry of the audit log."""
    session.add(event)
    session.flush()
