"""Every statement of the dashboard and the history. All are owner-scoped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_figures
from sqlmodel import Session, col, select

from interview_coach.analytics.recommending import Practised, ScoredAnswer
from interview_coach.analytics.schemas import HistoryRequest, ProgressRequest
from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion
from interview_coach.questions.models import Question


def _conditions(session: Session, user_id: str, asked: HistoryRequest) -> list[Any]:
    found: list[Any] = [Interview.user_id == user_id]
    if asked.type is not None:
        found.append(Interview.type == asked.type)
    if asked.status is not None:
        found.append(Interview.status == asked.status)
    if asked.since is not None:
        found.append(Interview.created_at >= _aware(asked.since))
    if asked.until is not None:
        found.append(Interview.created_at <= _aware(asked.until))
    if asked.min_score is not None:
        found.append(col(Interview.overall_score) >= asked.min_score)
    if asked.max_score is not None:
        found.append(col(Interview.overall_score) <= asked.max_score)
    if asked.q:
        found.append(_mentions(session, user_id, asked.q))
    return found


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _mentions(session: Session, user_id: str, words: str) -> Any:
    """Interviews one of whose questions or typed answers holds these words.

    Both are encrypted, so their texts are looked through here, one user's own.
    """
    questions = session.exec(
        select(InterviewQuestion.interview_id, InterviewQuestion.text)
        .join(Interview, col(Interview.id) == col(InterviewQuestion.interview_id))
        .where(Interview.user_id == user_id)
    )
    answers = session.exec(
        select(Answer.interview_id, Answer.text).where(
            Answer.user_id == user_id, col(Answer.text).is_not(None)
        )
    )
    wanted = words.casefold()
    found = {
        interview for interview, text in (*questions, *answers) if wanted in (text or "").casefold()
    }
    return col(Interview.id).in_(found)


def history(
    session: Session, user_id: str, asked: HistoryRequest
) -> tuple[list[tuple[Interview, int, int]], int]:
    """One page of interviews, each with its numbers of questions and of answered questions.

    Follow-ups are left out of both: whether one is answered completes nothing.
    """
    conditions = _conditions(session, user_id, asked)
    total = session.exec(select(func.count()).select_from(Interview).where(*conditions)).one()
    question_count = (
        select(func.count())
        .select_from(InterviewQuestion)
        .where(
            col(InterviewQuestion.interview_id) == col(Interview.id),
            col(InterviewQuestion.follow_up_to).is_(None),
        )
        .correlate(Interview)
        .scalar_subquery()
    )
    answer_count = (
        select(func.count(func.distinct(Answer.interview_question_id)))
        .join(InterviewQuestion)
        .where(
            col(Answer.interview_id) == col(Interview.id),
            col(Answer.status) != "recording",
            col(InterviewQuestion.follow_up_to).is_(None),
        )
        .correlate(Interview)
        .scalar_subquery()
    )
    orders: dict[str, list[Any]] = {
        "-created_at": [col(Interview.created_at).desc()],
        "created_at": [col(Interview.created_at)],
        # Interviews without a score come last whichever way scores are sorted.
        "-score": [col(Interview.overall_score).is_(None), col(Interview.overall_score).desc()],
        "score": [col(Interview.overall_score).is_(None), col(Interview.overall_score)],
    }
    rows = session.exec(
        select(Interview, question_count, answer_count)
        .where(*conditions)
        .order_by(*orders[asked.sort], col(Interview.id).desc())
        .offset(asked.offset)
        .limit(asked.page_size)
    )
    return [(row, questions, answers) for row, questions, answers in rows], total


def totals(session: Session, user_id: str) -> tuple[int, float | None, float | None, float]:
    """Number, average, best score and seconds of this user's completed interviews.

    Scores that rest on an uncorrected draft transcript are left out of average and best.
    """
    done = (Interview.user_id == user_id, Interview.status == "completed")
    count, seconds = session.exec(
        select(func.count(), func.sum(Interview.active_seconds)).where(*done)
    ).one()
    average, best = session.exec(
        select(func.avg(Interview.overall_score), func.max(Interview.overall_score)).where(
            *done, col(Interview.draft).is_(False)
        )
    ).one()
    return count, average, best, float(seconds or 0.0)


def stamp(session: Session, user_id: str) -> str:
    """Words that change whenever something the dashboard tells of this user has changed."""
    figures: list[Any] = [
        func.count(),
        *(func.count(col(moment)) for moment in (Interview.started_at, Interview.running_since)),
        func.max(Interview.completed_at),
        func.sum(Interview.active_seconds),
        func.sum(Interview.overall_score),
    ]
    interviews = session.execute(
        select_figures(*figures).where(col(Interview.user_id) == user_id)
    ).one()
    answers = session.exec(
        select(func.count(), func.max(Answer.status_at)).where(Answer.user_id == user_id)
    ).one()
    analyses = session.exec(
        select(func.count(), func.max(Analysis.created_at)).where(Analysis.user_id == user_id)
    ).one()
    return "|".join(str(value) for value in (*interviews, *answers, *analyses))


def completed_at(session: Session, user_id: str) -> list[datetime]:
    """When this user's interviews were completed, newest first."""
    rows = session.exec(
        select(Interview.completed_at)
        .where(Interview.user_id == user_id, Interview.status == "completed")
        .order_by(col(Interview.completed_at).desc())
    )
    return [moment for moment in rows if moment is not None]


def _looked_at(user_id: str, asked: ProgressRequest) -> list[Any]:
    found: list[Any] = [Interview.user_id == user_id, Interview.status == "completed"]
    if asked.since is not None:
        found.append(col(Interview.completed_at) >= _aware(asked.since))
    if asked.until is not None:
        found.append(col(Interview.completed_at) <= _aware(asked.until))
    return found


def completed(session: Session, user_id: str, asked: ProgressRequest) -> list[Interview]:
    """Completed interviews of this time without a rough transcript, oldest first."""
    return list(
        session.exec(
            select(Interview)
            .where(*_looked_at(user_id, asked), col(Interview.draft).is_(False))
            .order_by(col(Interview.completed_at), col(Interview.id))
        )
    )


def rated(session: Session, user_id: str, limit: int) -> list[Interview]:
    """The newest completed interviews that their candidate has rated, oldest of them first."""
    statement = (
        select(Interview)
        .where(
            Interview.user_id == user_id,
            Interview.status == "completed",
            col(Interview.draft).is_(False),
            col(Interview.self_rating).is_not(None),
        )
        .order_by(col(Interview.completed_at).desc(), col(Interview.id).desc())
        .limit(limit)
    )
    return list(session.exec(statement))[::-1]


def results(
    session: Session, user_id: str, asked: ProgressRequest
) -> list[tuple[str, str, dict[str, Any]]]:
    """Interview, kind of answer and result of the newest analysis of each answer, rough ones left
    out."""
    newest = (
        select(Analysis.answer_id, func.max(Analysis.version).label("version"))
        .where(Analysis.user_id == user_id)
        .group_by(col(Analysis.answer_id))
        .subquery()
    )
    rows = session.exec(
        select(Interview.id, Answer.kind, Analysis.result)
        .join(Answer, col(Answer.interview_id) == col(Interview.id))
        .join(Analysis, col(Analysis.answer_id) == col(Answer.id))
        .join(
            newest,
            (newest.c.answer_id == col(Analysis.answer_id))
            & (newest.c.version == col(Analysis.version)),
        )
        .where(*_looked_at(user_id, asked), col(Analysis.draft).is_(False))
    )
    return [(interview_id, kind, dict(result)) for interview_id, kind, result in rows]


def practised(session: Session, user_id: str, limit: int) -> list[Practised]:
    """The newest questions of the bank that were put to this user in interviews they began.

    Each with its competencies as the bank has them now and the score of its best answer, None
    when no answer has a score that is not a draft's.
    """
    best = (
        select(
            Answer.interview_question_id,
            func.max(Answer.overall_score).label("score"),
            func.max(Answer.created_at).label("answered_at"),
        )
        .where(
            Answer.user_id == user_id,
            col(Answer.overall_score).is_not(None),
            col(Answer.draft).is_(False),
        )
        .group_by(col(Answer.interview_question_id))
        .subquery()
    )
    rows = session.execute(
        select_figures(
            col(InterviewQuestion.question_id),
            col(InterviewQuestion.type),
            col(InterviewQuestion.track),
            col(InterviewQuestion.difficulty),
            col(Question.competencies),
            func.coalesce(best.c.answered_at, col(Interview.started_at)),
            best.c.score,
        )
        .join(Interview, col(Interview.id) == col(InterviewQuestion.interview_id))
        .join(Question, col(Question.id) == col(InterviewQuestion.question_id))
        .outerjoin(best, best.c.interview_question_id == col(InterviewQuestion.id))
        .where(col(Interview.user_id) == user_id, col(Interview.started_at).is_not(None))
        .order_by(col(Interview.started_at).desc(), col(InterviewQuestion.id))
        .limit(limit)
    )
    return [
        Practised(key, kind, track, level, tuple(named), moment.astimezone(UTC).date(), score)
        for key, kind, track, level, named, moment, score in rows
    ]


def scored_answers(session: Session, user_id: str, limit: int) -> list[ScoredAnswer]:
    """This user's newest scored answers to questions of the bank, those of drafts left out."""
    rows = session.execute(
        select_figures(
            col(Answer.id),
            col(Answer.interview_id),
            col(InterviewQuestion.question_id),
            col(Question.text),
            col(Question.competencies),
            col(Answer.overall_score),
        )
        .join(InterviewQuestion, col(InterviewQuestion.id) == col(Answer.interview_question_id))
        .join(Question, col(Question.id) == col(InterviewQuestion.question_id))
        .where(
            col(Answer.user_id) == user_id,
            col(Answer.overall_score).is_not(None),
            col(Answer.draft).is_(False),
        )
        .order_by(col(Answer.created_at).desc(), col(Answer.id))
        .limit(limit)
    )
    return [
        ScoredAnswer(answer, interview, question, text, tuple(named), score)
        for answer, interview, question, text, named, score in rows
    ]
