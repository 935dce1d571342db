"""Every statement on analyses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func
from sqlalchemy.orm import defer, load_only
from sqlmodel import Session, col, select

from interview_coach.feedback.models import Analysis, AnswerFeedback, ModelAnswer, SoundLanes


def add(session: Session, analysis: Analysis) -> None:
    """Write an analysis under the next version number of its answer."""
    analysis.version = newest_version(session, analysis.answer_id) + 1
    session.add(analysis)
    session.flush()


def heard(session: Session, answer_id: str) -> Analysis | None:
    """The newest analysis of the sound itself, whose measures and word times a correction keeps."""
    return session.exec(
        select(Analysis)
        .where(
            Analysis.answer_id == answer_id,
            col(Analysis.corrected).is_(False),
            col(Analysis.sound).is_not(None),
        )
        .order_by(col(Analysis.version).desc())
    ).first()


def all_versions(session: Session, user_id: str, answer_ids: list[str]) -> list[Analysis]:
    """All analyses of these answers of this user, oldest version first."""
    statement = (
        select(Analysis)
        .where(Analysis.user_id == user_id, col(Analysis.answer_id).in_(answer_ids))
        .order_by(col(Analysis.version))
    )
    return list(session.exec(statement))


def newest(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, Analysis]:
    """The newest analysis of each of this user's answers, by answer id."""
    return {row.answer_id: row for row in all_versions(session, user_id, answer_ids)}


def newest_results(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, Analysis]:
    """As `newest`, without the times of words and the measures of the sound, which are large."""
    statement = (
        select(Analysis)
        .options(defer(col(Analysis.words)), defer(col(Analysis.sound)))  # type: ignore[arg-type]
        .where(Analysis.user_id == user_id, col(Analysis.answer_id).in_(answer_ids))
        .order_by(col(Analysis.version))
    )
    return {row.answer_id: row for row in session.exec(statement)}


def scorings(
    session: Session, user_id: str, answer_ids: list[str]
) -> dict[str, list[tuple[datetime, str]]]:
    """When and by which rules each of this user's answers was scored, oldest first."""
    statement = (
        select(Analysis.answer_id, Analysis.created_at, Analysis.algorithm)
        .where(Analysis.user_id == user_id, col(Analysis.answer_id).in_(answer_ids))
        .order_by(col(Analysis.version))
    )
    found: dict[str, list[tuple[datetime, str]]] = {}
    for answer_id, moment, algorithm in session.exec(statement):
        found.setdefault(answer_id, []).append((moment, algorithm))
    return found


def newest_of(session: Session, answer_id: str) -> Analysis | None:
    """The newest analysis of an answer, for what acts for no user."""
    return session.exec(
        select(Analysis)
        .where(Analysis.answer_id == answer_id)
        .order_by(col(Analysis.version).desc())
        .limit(1)
    ).first()


def by_other_rules(
    session: Session, algorithms: Sequence[str], after: str, limit: int
) -> list[tuple[str, bool]]:
    """Answers whose newest analysis is of none of these algorithms, in the order of their ids
    from behind `after`, each with whether it has words."""
    newest_each = (
        select(Analysis.answer_id, func.max(Analysis.version).label("version"))
        .where(Analysis.answer_id > after)
        .group_by(col(Analysis.answer_id))
        .subquery()
    )
    rows = session.exec(
        select(Analysis)
        .options(load_only(col(Analysis.answer_id), col(Analysis.transcript)))  # type: ignore[arg-type]
        .join(
            newest_each,
            and_(
                col(Analysis.answer_id) == newest_each.c.answer_id,
                col(Analysis.version) == newest_each.c.version,
            ),
        )
        .where(col(Analysis.algorithm).not_in(algorithms))
        .order_by(col(Analysis.answer_id))
        .limit(limit)
    )
    return [(row.answer_id, bool(row.transcript.strip())) for row in rows]


def newest_version(session: Session, answer_id: str) -> int:
    """The number of the newest analysis of an answer, 0 before the first."""
    highest = session.exec(
        select(func.max(Analysis.version)).where(Analysis.answer_id == answer_id)
    ).one()
    return highest or 0


def add_feedback(session: Session, row: AnswerFeedback) -> None:
    """Write feedback under the next version number of its answer."""
    highest = session.exec(
        select(func.max(AnswerFeedback.version)).where(AnswerFeedback.answer_id == row.answer_id)
    ).one()
    row.version = (highest or 0) + 1
    session.add(row)
    session.flush()


def all_feedback(session: Session, user_id: str, answer_ids: list[str]) -> list[AnswerFeedback]:
    """All feedback on these answers of this user, oldest version first."""
    statement = (
        select(AnswerFeedback)
        .where(AnswerFeedback.user_id == user_id, col(AnswerFeedback.answer_id).in_(answer_ids))
        .order_by(col(AnswerFeedback.version))
    )
    return list(session.exec(statement))


def newest_feedback(
    session: Session, user_id: str, answer_ids: list[str]
) -> dict[str, AnswerFeedback]:
    """The newest feedback on each of this user's answers, by answer id."""
    return {row.answer_id: row for row in all_feedback(session, user_id, answer_ids)}


def keep_lanes(session: Session, row: SoundLanes) -> None:
    """Write what is drawn of a recording, in the place of what was drawn before."""
    known = session.exec(select(SoundLanes).where(SoundLanes.answer_id == row.answer_id)).first()
    if known is None:
        session.add(row)
    else:
        known.content, known.created_at = row.content, row.created_at
    session.flush()


def lanes(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, SoundLanes]:
    """What is drawn of this user's recordings, by answer id."""
    statement = select(SoundLanes).where(
        SoundLanes.user_id == user_id, col(SoundLanes.answer_id).in_(answer_ids)
    )
    return {row.answer_id: row for row in session.exec(statement)}


def has_lanes(session: Session, user_id: str, answer_id: str) -> bool:
    """Whether the sound of this user's answer is drawn."""
    statement = select(SoundLanes.id).where(
        SoundLanes.user_id == user_id, SoundLanes.answer_id == answer_id
    )
    return session.exec(statement).first() is not None


def model_answer(session: Session, user_id: str, answer_id: str) -> ModelAnswer | None:
    """The stronger version of this user's answer, None when none was asked for."""
    return model_answers(session, user_id, [answer_id]).get(answer_id)


def model_answers(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, ModelAnswer]:
    """The stronger versions of this user's answers, by answer id."""
    statement = select(ModelAnswer).where(
        ModelAnswer.user_id == user_id, col(ModelAnswer.answer_id).in_(answer_ids)
    )
    return {row.answer_id: row for row in session.exec(statement)}


def keep_model_answer(session: Session, row: ModelAnswer) -> None:
    """Write a version, new or changed."""
    session.add(row)
    session.flush()
