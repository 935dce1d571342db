"""Every statement on the question bank. Questions have no owner: everyone may read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select, update

from interview_coach.kit.clock import now
from interview_coach.kit.pagination import PageRequest
from interview_coach.questions.models import Question, QuestionVersion


def by_ids(session: Session, ids: list[str]) -> dict[str, Question]:
    """The questions with these ids, by id; unknown ones are left out."""
    return {row.id: row for row in session.exec(select(Question).where(col(Question.id).in_(ids)))}


def hashes(session: Session) -> dict[str, tuple[str, str, bool]]:
    """Content hash, origin and whether it is asked, of every question, by id."""
    rows = session.exec(
        select(Question.id, Question.content_hash, Question.origin, Question.is_active)
    )
    return {key: (content_hash, origin, active) for key, content_hash, origin, active in rows}


def save(session: Session, question: Question) -> None:
    """Write a new question."""
    session.add(question)


def add_version(session: Session, version: QuestionVersion) -> None:
    """Write a version of a question."""
    session.add(version)
    session.flush()


def retire(session: Session, ids: list[str], by: str) -> None:
    """Take questions out of the bank; interviews that asked them keep their copies."""
    session.execute(
        update(Question)
        .where(col(Question.id).in_(ids))
        .values(is_active=False, retired_by=by, updated_at=now())
    )


def track_counts(session: Session) -> dict[tuple[str, str], int]:
    """How many active questions each type and track has."""
    rows = session.exec(
        select(Question.type, Question.track, func.count())
        .where(col(Question.is_active).is_(True))
        .group_by(Question.type, Question.track)
    )
    return {(kind, track): count for kind, track, count in rows}


def supply(session: Session) -> list[tuple[str, str, str, int, int]]:
    """Active questions by type, track and difficulty: how many, and their guide seconds in all."""
    rows = session.execute(
        any_select(
            col(Question.type),
            col(Question.track),
            col(Question.difficulty),
            func.count(),
            func.sum(Question.time_guide_seconds),
        )
        .where(col(Question.is_active).is_(True))
        .group_by(col(Question.type), col(Question.track), col(Question.difficulty))
    )
    return [(kind, track, level, count, seconds) for kind, track, level, count, seconds in rows]


def active(
    session: Session, kind: str, track: str | None = None, difficulty: str | None = None
) -> list[Question]:
    """The active questions of a type, by id."""
    statement = select(Question).where(col(Question.is_active).is_(True), Question.type == kind)
    if track:
        statement = statement.where(Question.track == track)
    if difficulty:
        statement = statement.where(Question.difficulty == difficulty)
    return list(session.exec(statement.order_by(Question.id)))


def outlines(session: Session, kind: str | None) -> list[tuple[str, str, str, str, list[str], str]]:
    """Id, type, track, difficulty, competencies and text of the active questions, by id."""
    statement = any_select(
        col(Question.id),
        col(Question.type),
        col(Question.track),
        col(Question.difficulty),
        col(Question.competencies),
        col(Question.text),
    ).where(col(Question.is_active).is_(True))
    if kind is not None:
        statement = statement.where(col(Question.type) == kind)
    rows = session.execute(statement.order_by(col(Question.id)))
    return [
        (key, of_kind, track, level, named, text)
        for key, of_kind, track, level, named, text in rows
    ]


def search(
    session: Session,
    kind: str | None,
    *,
    track: str | None,
    difficulty: str | None,
    competency: str | None,
    text: str | None,
    page: PageRequest,
) -> tuple[list[Question], int]:
    """One page of active questions, of a type or of all, and how many match in all.

    text: words that all stand in the question.
    """
    conditions: list[ColumnElement[bool]] = [col(Question.is_active).is_(True)]
    if kind is not None:
        conditions.append(col(Question.type) == kind)
    if track:
        conditions.append(col(Question.track) == track)
    if difficulty:
        conditions.append(col(Question.difficulty) == difficulty)
    if competency:
        conditions.append(of_competency(competency))
    conditions += [
        col(Question.text).icontains(word, autoescape=True) for word in (text or "").split()
    ]
    return page_of(session, conditions, page)


def of_competency(name: str) -> ColumnElement[bool]:
    """That a question looks at this competency."""
    # Compared as text, which both engines can: the names are slugs of [a-z_] alone.
    return cast(col(Question.competencies), String).contains(f'"{name}"', autoescape=True)


def page_of(
    session: Session, conditions: Sequence[ColumnElement[bool]], page: PageRequest
) -> tuple[list[Question], int]:
    """One page of the questions that meet all of these, by id, and how many there are."""
    total = session.exec(select(func.count()).select_from(Question).where(*conditions)).one()
    rows = session.exec(
        select(Question)
        .where(*conditions)
        .order_by(col(Question.id))
        .offset(page.offset)
        .limit(page.page_size)
    )
    return list(rows), total
