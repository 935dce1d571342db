"""Statements on the questions of a running interview: their places, follow-ups and hints; and
how long answers have taken. The caller has checked the owner."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, exists, func
from sqlmodel import Session, col, select, update

from interview_coach.interviews.models import Answer, InterviewQuestion


def questions_now(session: Session, interview_id: str) -> list[InterviewQuestion]:
    """The questions in order as they are now, whatever this session has read of them before."""
    statement = (
        select(InterviewQuestion)
        .where(InterviewQuestion.interview_id == interview_id)
        .order_by(col(InterviewQuestion.position))
    )
    return list(session.exec(statement.execution_options(populate_existing=True)))


def last_begun(session: Session, interview_id: str) -> int:
    """The place of the last question that has an answer, a recording under way or was skipped;
    0 when there is none."""
    begun = exists().where(col(Answer.interview_question_id) == col(InterviewQuestion.id))
    last = session.exec(
        select(func.max(InterviewQuestion.position)).where(
            InterviewQuestion.interview_id == interview_id,
            begun | col(InterviewQuestion.skipped_at).is_not(None),
        )
    ).one()
    return last or 0


def make_room(session: Session, interview_id: str, place: int) -> None:
    """Move every question behind this place on by one; the caller holds the interview."""
    position = col(InterviewQuestion.position)
    mine = col(InterviewQuestion.interview_id) == interview_id
    # By way of negative numbers: two questions never stand in one place, not even for a moment.
    away = update(InterviewQuestion).where(mine, position > place).values(position=-1 - position)
    back = update(InterviewQuestion).where(mine, position < 0).values(position=-position)
    for step in (away, back):
        session.execute(step.execution_options(synchronize_session=False))
    session.expire_all()


def set_hints(session: Session, question_id: str, step: int) -> bool:
    """Count a step of help that was asked for; False when it is not the next one."""
    statement = update(InterviewQuestion).where(
        col(InterviewQuestion.id) == question_id, col(InterviewQuestion.hints) == step - 1
    )
    result = session.execute(
        statement.values(hints=step).execution_options(synchronize_session="fetch")
    )
    return cast(CursorResult[Any], result).rowcount == 1


def mark_hinted(session: Session, question_id: str, step: int) -> None:
    """Note the help with the take that is being recorded."""
    session.execute(
        update(Answer)
        .where(col(Answer.interview_question_id) == question_id, col(Answer.status) == "recording")
        .values(hints=step)
    )


def has_answer(session: Session, question_id: str) -> bool:
    """Whether an answer to this question was sent or is being recorded."""
    statement = select(Answer.id).where(Answer.interview_question_id == question_id).limit(1)
    return session.exec(statement).first() is not None


def set_follow_up(session: Session, question_id: str, values: dict[str, Any]) -> None:
    """Change a follow-up that was put."""
    session.execute(
        update(InterviewQuestion)
        .where(col(InterviewQuestion.id) == question_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def hearing_times(session: Session, limit: int) -> list[tuple[float, float]]:
    """Of the newest recordings of the system: seconds recognising took, seconds of sound."""
    rows = session.exec(
        select(Answer.hearing_seconds, Answer.duration_seconds)
        .where(col(Answer.hearing_seconds).is_not(None), col(Answer.duration_seconds) > 0)
        .order_by(col(Answer.created_at).desc())
        .limit(limit)
    )
    return [(float(heard or 0.0), float(sound or 0.0)) for heard, sound in rows]
