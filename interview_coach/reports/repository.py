"""Every statement on links to reports and on comments."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func
from sqlmodel import Session, col, delete, select

from interview_coach.reports.models import ReportComment, ReportShare


def add(session: Session, row: ReportShare | ReportComment) -> None:
    """Write a row."""
    session.add(row)
    session.flush()


def share(session: Session, user_id: str, interview_id: str) -> ReportShare | None:
    """The link of this user's interview, also one that has run out."""
    return session.exec(
        select(ReportShare).where(
            ReportShare.user_id == user_id, ReportShare.interview_id == interview_id
        )
    ).first()


def share_by_digest(session: Session, digest: str, moment: datetime) -> ReportShare | None:
    """The link with this token that has not run out at this moment."""
    return session.exec(
        select(ReportShare).where(
            ReportShare.digest == digest, col(ReportShare.expires_at) > moment
        )
    ).first()


def drop_share(session: Session, user_id: str, interview_id: str) -> bool:
    """End the link of this user's interview; False when there was none."""
    statement = delete(ReportShare).where(
        col(ReportShare.user_id) == user_id, col(ReportShare.interview_id) == interview_id
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount > 0


def drop_expired(session: Session, moment: datetime) -> int:
    """Delete the links that had run out at this moment; how many."""
    statement = delete(ReportShare).where(col(ReportShare.expires_at) <= moment)
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def comments(session: Session, user_id: str, interview_id: str) -> list[ReportComment]:
    """The comments on this user's interview, oldest first."""
    statement = (
        select(ReportComment)
        .where(ReportComment.user_id == user_id, ReportComment.interview_id == interview_id)
        .order_by(col(ReportComment.id))
    )
    return list(session.exec(statement))


def count_comments(session: Session, interview_id: str) -> int:
    """How many comments an interview has."""
    return session.exec(
        select(func.count())
        .select_from(ReportComment)
        .where(ReportComment.interview_id == interview_id)
    ).one()


def drop_comment(session: Session, user_id: str, interview_id: str, comment_id: str) -> bool:
    """Delete a comment on this user's interview; False when there is no such one."""
    statement = delete(ReportComment).where(
        col(ReportComment.id) == comment_id,
        col(ReportComment.user_id) == user_id,
        col(ReportComment.interview_id) == interview_id,
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount > 0
