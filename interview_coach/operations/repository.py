"""Statements about the system as a whole: counts, never anybody's things."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from interview_coach.accounts.models import UserSession
from interview_coach.interviews.models import Answer, Interview
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database


def ping(database: Database) -> None:
    """Raise when the database does not answer."""
    with database.reading() as session:
        session.exec(select(1)).one()


def jobs(session: Session) -> dict[tuple[str, ...], float]:
    """Jobs by queue and status."""
    rows = session.exec(
        select(OutboxJob.queue, OutboxJob.status, func.count()).group_by(
            col(OutboxJob.queue), col(OutboxJob.status)
        )
    )
    return {(queue, status): float(count) for queue, status, count in rows}


def oldest_waiting_seconds(session: Session) -> dict[tuple[str, ...], float]:
    """For each queue with waiting jobs, for how long the oldest could have run."""
    moment = now()
    rows = session.exec(
        select(OutboxJob.queue, func.min(OutboxJob.available_at))
        .where(col(OutboxJob.status).in_(("waiting", "dispatched")))
        .group_by(col(OutboxJob.queue))
    )
    return {(queue,): max(0.0, (moment - since).total_seconds()) for queue, since in rows}


def interviews(session: Session) -> dict[tuple[str, ...], float]:
    """Interviews by status."""
    rows = session.exec(select(Interview.status, func.count()).group_by(col(Interview.status)))
    return {(status,): float(count) for status, count in rows}


def answers(session: Session) -> dict[tuple[str, ...], float]:
    """Answers by status."""
    rows = session.exec(select(Answer.status, func.count()).group_by(col(Answer.status)))
    return {(status,): float(count) for status, count in rows}


def live_sessions(session: Session) -> int:
    """Sign-ins that have neither ended nor run out."""
    return session.exec(
        select(func.count())
        .select_from(UserSession)
        .where(col(UserSession.ended_at).is_(None), col(UserSession.expires_at) > now())
    ).one()
