"""Every statement on what a user holds beside the sign-in: personal tokens and exports, what goes
into an export, and what is cleared away when its time is up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from interview_coach.accounts.models import (
    AuditEvent,
    DataExport,
    IdempotencyKey,
    MailToken,
    PersonalToken,
    Preferences,
    User,
    UserSession,
)
from interview_coach.kit.clock import now


def _changed(session: Session, statement: Any) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount


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


def all_sessions_of(session: Session, user_id: str) -> list[UserSession]:
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


def chosen_retention_days(session: Session) -> list[int]:
    """The numbers of days that users have chosen for their recordings, each once."""
    days = col(Preferences.audio_retention_days)
    return [row for row in session.exec(select(days).where(days.is_not(None)).distinct()) if row]


def _dropped(session: Session, table: Any, *over: Any) -> int:
    result = session.execute(delete(table).where(or_(*over)))
    return cast(CursorResult[Any], result).rowcount


def drop_sessions(session: Session, before: datetime) -> int:
    """Delete the sessions that ended before this moment, their used refresh tokens with them."""
    over = (col(UserSession.ended_at) < before, col(UserSession.expires_at) < before)
    return _dropped(session, UserSession, *over)


def drop_personal_tokens(session: Session, before: datetime) -> int:
    """Delete the personal tokens that ended before this moment."""
    over = (col(PersonalToken.revoked_at) < before, col(PersonalToken.expires_at) < before)
    return _dropped(session, PersonalToken, *over)


def drop_mail_tokens(session: Session, before: datetime) -> int:
    """Delete the mailed secrets that ended before this moment."""
    return _dropped(session, MailToken, col(MailToken.expires_at) < before)


def drop_idempotency_keys(session: Session, before: datetime) -> int:
    """Delete the idempotency keys from before this moment."""
    return _dropped(session, IdempotencyKey, col(IdempotencyKey.created_at) < before)


def drop_idempotency_key(session: Session, user_id: str, key: str, before: datetime) -> None:
    """Delete this user's key when it is from before this moment."""
    session.execute(
        delete(IdempotencyKey).where(
            col(IdempotencyKey.user_id) == user_id,
            col(IdempotencyKey.key) == key,
            col(IdempotencyKey.created_at) < before,
        )
    )


def add_idempotency_key(session: Session, row: IdempotencyKey) -> bool:
    """Write the key; False when this user has used it. Waits for another that writes it now."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def idempotency_key(session: Session, user_id: str, key: str) -> IdempotencyKey | None:
    """What this user's key stands for, or None."""
    return session.exec(
        select(IdempotencyKey).where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == key)
    ).first()


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


def working_token_ids(session: Session, token_ids: list[str]) -> set[str]:
    """Those of these personal tokens that work."""
    statement = select(PersonalToken.id).join(User).where(col(PersonalToken.id).in_(token_ids))
    return set(session.exec(_working(statement).where(col(User.is_active).is_(True))).all())


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
    return _changed(session, statement.values(revoked_at=now())) == 1


def revoke_personal_tokens(session: Session, user_id: str) -> list[str]:
    """End all personal tokens of this user; the ids of those that had not been revoked."""
    statement = update(PersonalToken).where(
        col(PersonalToken.user_id) == user_id, col(PersonalToken.revoked_at).is_(None)
    )
    revoked = statement.values(revoked_at=now()).returning(col(PersonalToken.id))
    return list(session.execute(revoked).scalars().all())


# The audit log
