"""Every statement by which administrators look at the accounts of others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from interview_coach.accounts.admin_schemas import (
    AuditRequest,
    LiveSessionsRequest,
    UsersRequest,
)
from interview_coach.accounts.models import AuditEvent, User, UserSession
from interview_coach.kit.clock import now


def _is_live() -> tuple[Any, ...]:
    return (
        col(UserSession.ended_at).is_(None),
        col(UserSession.expires_at) > now(),
        col(User.is_active).is_(True),
    )


def _user_conditions(asked: UsersRequest) -> list[Any]:
    found: list[Any] = []
    if asked.q:
        in_email = col(User.email).icontains(asked.q, autoescape=True)
        found.append(in_email | col(User.full_name).icontains(asked.q, autoescape=True))
    if asked.role is not None:
        found.append(User.role == asked.role)
    if asked.active is not None:
        found.append(col(User.is_active).is_(asked.active))
    return found


def _used() -> tuple[Any, Any]:
    """When an account was last in use, and how many of its sessions are live."""
    of_user = col(UserSession.user_id) == col(User.id)
    last_seen = select(func.max(UserSession.last_seen_at)).where(of_user)
    count = select(func.count()).select_from(UserSession).where(of_user, *_is_live())
    return (
        last_seen.correlate(User).scalar_subquery(),
        count.correlate(User).scalar_subquery(),
    )


def users(
    session: Session, asked: UsersRequest
) -> tuple[list[tuple[User, datetime | None, int]], int]:
    """One page of accounts with their last use and their live sessions, and how many there are."""
    conditions = _user_conditions(asked)
    total = session.exec(select(func.count()).select_from(User).where(*conditions)).one()
    last_seen, count = _used()
    orders: dict[str, list[Any]] = {
        "-created_at": [col(User.created_at).desc()],
        "created_at": [col(User.created_at)],
        "email": [col(User.email)],
        "-email": [col(User.email).desc()],
        # Who was never signed in comes last.
        "-last_seen_at": [last_seen.is_(None), last_seen.desc()],
    }
    rows = session.exec(
        select(User, last_seen, count)
        .where(*conditions)
        .order_by(*orders[asked.sort], col(User.id).desc())
        .offset(asked.offset)
        .limit(asked.page_size)
    )
    return [(user, seen, live) for user, seen, live in rows], total


def user(session: Session, user_id: str) -> tuple[User, datetime | None, int] | None:
    """One account as `users` gives it, None when there is none."""
    statement = select(User, *_used()).where(User.id == user_id)
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    return None if row is None else (row[0], row[1], row[2])


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _is_who(column: Any, who: str) -> Any:
    with_email = select(User.id).where(User.email == who.strip().lower())
    return (column == who) | column.in_(with_email)


def audit_events(
    session: Session, asked: AuditRequest
) -> tuple[list[tuple[AuditEvent, str | None, str | None]], int]:
    """One page of the audit log, newest first, each with the e-mails of actor and subject where
    those accounts exist, and how many entries there are."""
    conditions: list[Any] = []
    if asked.action:
        conditions.append(AuditEvent.action == asked.action)
    if asked.actor:
        conditions.append(_is_who(col(AuditEvent.actor), asked.actor))
    if asked.subject:
        conditions.append(_is_who(col(AuditEvent.subject), asked.subject))
    if asked.since is not None:
        conditions.append(col(AuditEvent.at) >= _aware(asked.since))
    if asked.until is not None:
        conditions.append(col(AuditEvent.at) <= _aware(asked.until))
    total = session.exec(select(func.count()).select_from(AuditEvent).where(*conditions)).one()
    actor, subject = aliased(User), aliased(User)
    rows = session.exec(
        select(AuditEvent, col(actor.email), col(subject.email))
        .outerjoin(actor, col(actor.id) == col(AuditEvent.actor))
        .outerjoin(subject, col(subject.id) == col(AuditEvent.subject))
        .where(*conditions)
        .order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
        .offset(asked.offset)
        .limit(asked.page_size)
    )
    return [(event, by, concerning) for event, by, concerning in rows], total


def live_sessions(
    session: Session, asked: LiveSessionsRequest
) -> tuple[list[tuple[UserSession, str]], int]:
    """One page of everybody's live sessions with the e-mails, last used first, and how many."""
    statement = select(UserSession, User.email).join(User).where(*_is_live())
    if asked.q:
        statement = statement.where(col(User.email).icontains(asked.q, autoescape=True))
    total = session.exec(
        select(func.count()).select_from(
            statement.with_only_columns(col(UserSession.id)).subquery()
        )
    ).one()
    newest = statement.order_by(col(UserSession.last_seen_at).desc(), UserSession.id)
    rows = session.exec(newest.offset(asked.offset).limit(asked.page_size))
    return [(row, email) for row, email in rows], total


def live_session(session: Session, session_id: str) -> UserSession | None:
    """A live session of anybody, None when there is none or it has ended."""
    statement = select(UserSession).join(User).where(UserSession.id == session_id, *_is_live())
    return session.exec(statement).first()
