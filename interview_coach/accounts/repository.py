"""Every statement on users and their sessions."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_
from sqlmodel import Session, col, select, update

from interview_coach.accounts.models import (
    AuditEvent,
    DataExport,
    PersonalToken,
    Preferences,
    User,
    UserSession,
)
from interview_coach.kit.clock import now


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
    statement = update(User).where(col(User.id) == user_id).values(**values)
    session.execute(statement.execution_options(synchronize_session="fetch"))


def avatar_key(session: Session, user_id: str) -> str | None:
    """Where the picture of a user lies, None without one."""
    return session.exec(select(User.avatar_key).where(User.id == user_id)).first()


def lock_user(session: Session, user_id: str) -> bool:
    """Hold a user's row until the transaction ends; False when there is none."""
    statement = select(User.id).where(User.id == user_id).with_for_update()
    return session.exec(statement).first() is not None


def preferences(session: Session, user_id: str) -> Preferences | None:
    """The preferences of a user, None while they have said nothing."""
    return session.get(Preferences, user_id)


def set_preferences(session: Session, row: Preferences) -> None:
    """Write the preferences of a user, whether there were any or not."""
    session.merge(row)
    session.flush()


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


def by_cookie(session: Session, digest: str) -> tuple[UserSession, User] | None:
    """The live session with this cookie digest, and its user."""
    statement = select(UserSession, User).join(User).where(UserSession.cookie_digest == digest)
    row = session.exec(_live(statement)).first()
    return None if row is None else (row[0], row[1])


def by_session_id(session: Session, session_id: str) -> tuple[UserSession, User] | None:
    """The live session with this id, and its user."""
    statement = select(UserSession, User).join(User).where(UserSession.id == session_id)
    row = session.exec(_live(statement)).first()
    return None if row is None else (row[0], row[1])


def by_refresh(session: Session, digest: str) -> tuple[UserSession, User] | None:
    """The live session with this refresh digest, and its user."""
    statement = select(UserSession, User).join(User).where(UserSession.refresh_digest == digest)
    row = session.exec(_live(statement)).first()
    return None if row is None else (row[0], row[1])


def rotate_refresh(session: Session, session_id: str, old: str, new: str) -> bool:
    """Replace the refresh digest if it is still `old`; of two at once, one wins."""
    statement = (
        update(UserSession)
        .where(col(UserSession.id) == session_id, col(UserSession.refresh_digest) == old)
        .values(refresh_digest=new, last_seen_at=now())
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def end_session(session: Session, user_id: str, session_id: str) -> bool:
    """End one session of this user; False when it is not theirs or has ended."""
    statement = (
        update(UserSession)
        .where(
            col(UserSession.id) == session_id,
            col(UserSession.user_id) == user_id,
            col(UserSession.ended_at).is_(None),
        )
        .values(ended_at=now())
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def set_password_hash(session: Session, user_id: str, password_hash: str) -> None:
    """Store a password hash."""
    session.execute(
        update(User)
        .where(col(User.id) == user_id)
        .values(password_hash=password_hash, updated_at=now())
    )


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


def add_export(session: Session, row: DataExport) -> None:
    """Write an export that is asked for."""
    session.add(row)
    session.flush()


def exports(session: Session, user_id: str) -> list[DataExport]:
    """The exports of this user, newest first."""
    statement = select(DataExport).where(DataExport.user_id == user_id)
    newest_first = (col(DataExport.created_at).desc(), col(DataExport.id).desc())
    return list(session.exec(statement.order_by(*newest_first)))


def export(session: Session, user_id: str, export_id: str) -> DataExport | None:
    """This user's export, or None."""
    statement = select(DataExport).where(DataExport.id == export_id)
    return session.exec(statement.where(DataExport.user_id == user_id)).first()


def set_export(
    session: Session, user_id: str, export_id: str, values: dict[str, Any], before: tuple[str, ...]
) -> bool:
    """Change an export whose status is one of `before`; False when it has another or is gone."""
    statement = update(DataExport).where(
        col(DataExport.id) == export_id,
        col(DataExport.user_id) == user_id,
        col(DataExport.status).in_(before),
    )
    return cast(CursorResult[Any], session.execute(statement.values(**values))).rowcount == 1


def delete_export(session: Session, export_id: str) -> None:
    """Delete an export's row."""
    session.execute(delete(DataExport).where(col(DataExport.id) == export_id))


def expired_exports(session: Session, limit: int) -> list[DataExport]:
    """Exports whose time is up."""
    statement = select(DataExport).where(col(DataExport.expires_at) < now())
    return list(session.exec(statement.limit(limit)))


def sessions_of(session: Session, user_id: str) -> list[UserSession]:
    """All sessions of a user, ended ones too, newest first."""
    statement = select(UserSession).where(UserSession.user_id == user_id)
    return list(session.exec(statement.order_by(col(UserSession.created_at).desc())))


def all_personal_tokens(session: Session, user_id: str) -> list[PersonalToken]:
    """All personal tokens of a user, ended ones too, newest first."""
    statement = select(PersonalToken).where(PersonalToken.user_id == user_id)
    return list(session.exec(statement.order_by(col(PersonalToken.created_at).desc())))


def audit_of(session: Session, user_id: str) -> list[AuditEvent]:
    """What this user did and what was done to their account, oldest first."""
    mine = or_(col(AuditEvent.actor) == user_id, col(AuditEvent.subject) == user_id)
    statement = select(AuditEvent).where(mine).order_by(col(AuditEvent.at), col(AuditEvent.id))
    return list(session.exec(statement))


def add_personal_token(session: Session, row: PersonalToken) -> None:
    """Write a new personal token."""
    session.add(row)
    session.flush()


def personal_tokens(session: Session, user_id: str) -> list[PersonalToken]:
    """The personal tokens of this user that work, newest first."""
    statement = select(PersonalToken).where(PersonalToken.user_id == user_id)
    newest_first = (col(PersonalToken.created_at).desc(), col(PersonalToken.id).desc())
    return list(session.exec(_working(statement).order_by(*newest_first)))


def by_personal_token(session: Session, digest: str) -> tuple[PersonalToken, User] | None:
    """The personal token with this digest that works, and its user."""
    statement = select(PersonalToken, User).join(User).where(PersonalToken.digest == digest)
    row = session.exec(_working(statement).where(col(User.is_active).is_(True))).first()
    return None if row is None else (row[0], row[1])


def _working(statement: Any) -> Any:
    return statement.where(
        col(PersonalToken.revoked_at).is_(None), col(PersonalToken.expires_at) > now()
    )


def note_personal_token(session: Session, token_id: str) -> None:
    """Say that a personal token is used now."""
    statement = update(PersonalToken).where(col(PersonalToken.id) == token_id)
    session.execute(statement.values(last_used_at=now()))


def revoke_personal_token(session: Session, user_id: str, token_id: str) -> bool:
    """Revoke a token of this user; False when it is not theirs or has been revoked."""
    statement = update(PersonalToken).where(
        col(PersonalToken.id) == token_id,
        col(PersonalToken.user_id) == user_id,
        col(PersonalToken.revoked_at).is_(None),
    )
    return (
        cast(CursorResult[Any], session.execute(statement.values(revoked_at=now()))).rowcount == 1
    )


def add_audit_event(session: Session, event: AuditEvent) -> None:
    """Write an entry of the audit log."""
    session.add(event)
    session.flush()
