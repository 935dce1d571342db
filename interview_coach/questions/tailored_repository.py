"""Every statement on tailored questions: each is its owner's alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import Session, col, delete, select

from interview_coach.questions.models import TailoredQuestion


def add(session: Session, rows: list[TailoredQuestion]) -> None:
    """Write new questions."""
    session.add_all(rows)
    session.flush()


def by_ids(session: Session, user_id: str, ids: list[str]) -> dict[str, TailoredQuestion]:
    """This user's questions with these ids, by id; all others are left out."""
    statement = select(TailoredQuestion).where(
        TailoredQuestion.user_id == user_id, col(TailoredQuestion.id).in_(ids)
    )
    return {row.id: row for row in session.exec(statement)}


def all_of(session: Session, user_id: str) -> list[TailoredQuestion]:
    """All questions made for this user, oldest first."""
    statement = (
        select(TailoredQuestion)
        .where(TailoredQuestion.user_id == user_id)
        .order_by(col(TailoredQuestion.created_at), col(TailoredQuestion.id))
    )
    return list(session.exec(statement))


def drop_before(session: Session, moment: datetime) -> int:
    """Remove the questions made before this moment; returns how many."""
    statement = delete(TailoredQuestion).where(col(TailoredQuestion.created_at) < moment)
    return cast(CursorResult[Any], session.execute(statement)).rowcount
