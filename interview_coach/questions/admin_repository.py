"""Every statement by which administrators look after the question bank."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from interview_coach.questions.admin_schemas import BankRequest
from interview_coach.questions.models import FROM_ADMIN, Question, QuestionVersion
from interview_coach.questions.repository import of_competency, page_of


def _conditions(asked: BankRequest) -> list[Any]:
    wanted = {
        col(Question.type): asked.type,
        col(Question.track): asked.track,
        col(Question.difficulty): asked.difficulty,
    }
    found: list[Any] = [column == value for column, value in wanted.items() if value is not None]
    if asked.competency:
        found.append(of_competency(asked.competency))
    if asked.standing == "edited":
        found.append(col(Question.origin) == FROM_ADMIN)
    elif asked.standing is not None:
        found.append(col(Question.is_active).is_(asked.standing == "asked"))
    for word in (asked.q or "").split():
        in_text = col(Question.text).icontains(word, autoescape=True)
        found.append(in_text | col(Question.id).icontains(word, autoescape=True))
    return found


def questions(session: Session, asked: BankRequest) -> tuple[list[Question], int]:
    """One page of the questions, retired ones too, by id, and how many match in all."""
    return page_of(session, _conditions(asked), asked)


def question(session: Session, question_id: str) -> Question | None:
    """A question, retired or not, or None."""
    return session.get(Question, question_id)


def hold(session: Session, question_id: str) -> Question | None:
    """A question that nobody else changes until the transaction ends, as it is now, or None."""
    return session.get(Question, question_id, with_for_update=True, populate_existing=True)


def same_text(session: Session, text: str, other_than: str) -> str | None:
    """The id of another question that is asked with the same text, or None."""
    same = func.lower(col(Question.text)) == text.lower()
    statement = select(Question.id).where(
        same, col(Question.is_active).is_(True), Question.id != other_than
    )
    return session.exec(statement.order_by(Question.id)).first()


def versions(session: Session, question_id: str) -> list[QuestionVersion]:
    """All versions of a question that are known, oldest first."""
    return list(
        session.exec(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question_id)
            .order_by(col(QuestionVersion.revision))
        )
    )
