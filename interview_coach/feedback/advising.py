"""Advice as it is kept and shown: written with each analysis, told for an answer and for a whole
interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from interview_coach import scoring
from interview_coach.accounts import profile
from interview_coach.feedback import repository
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.feedback.advice.shapes import Advice, Drill
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.feedback.schemas import (
    Authors,
    FeedbackItem,
    InterviewFeedback,
    PassedTask,
)
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import WORKING, Answer, InterviewQuestion
from interview_coach.kit.errors import CoachError
from interview_coach.speech.types import Word

LOCAL = "local"
LOCAL_VERSION = "local.v1"
ADVISE = "feedback.advise"
_PARTS = (("strengths", 5), ("weaknesses", 5), ("improvements", 7), ("star_suggestions", 4))


def analysed(analysis: Analysis, kind: str) -> Analysed:
    """An analysis as the advice reads it."""
    words = None
    if analysis.words is not None:
        words = tuple(
            Word(word["word"], word["start"], word["end"], word["probability"])
            for word in analysis.words
        )
    return Analysed(kind, analysis.result, analysis.transcript, words)


def tone_of(session: Session, user_id: str) -> str:
    """How plainly this user wants advice to be put."""
    return profile.preferences(session, user_id).feedback_tone


def write_local(
    answer: Answer, question: InterviewQuestion, analysis: Analysis, tone: str
) -> AnswerFeedback | None:
    """The local engine's advice; None when there is no score to advise on."""
    if analysis.overall is None:
        return None
    advice = advise(analysed(analysis, question.type), tone)
    return AnswerFeedback(
        answer_id=answer.id,
        user_id=answer.user_id,
        version=0,
        engine=LOCAL,
        model=LOCAL,
        prompt=LOCAL_VERSION,
        content=advice.model_dump(mode="json"),
    )


def judge_of(analysis: Analysis | None) -> str:
    """Which engine has judged the content of an answer, `local` when none has."""
    judge = analysis.result.get("judge") if analysis is not None else None
    return str(judge["engine"]) if judge else LOCAL


def on_earlier_scores(row: AnswerFeedback, scorings: Sequence[tuple[datetime, str]]) -> bool:
    """Whether an engine wrote this on scores of older rules than those of today that stand now.

    scorings: when and by which rules the answer was scored, oldest first.
    """
    before = [rules for moment, rules in scorings if moment <= row.created_at]
    if row.engine == LOCAL or not before:
        return False
    return scorings[-1][1] in scoring.RULES_OF_TODAY and before[-1] not in scoring.RULES_OF_TODAY


def authors(session: Session, user_id: str, rows: Sequence[AnswerFeedback]) -> Authors:
    """Who has made this feedback on answers of this user."""
    ids = [row.answer_id for row in rows]
    analyses = repository.newest_results(session, user_id, ids)
    scorings = repository.scorings(session, user_id, ids)
    return Authors(
        engines=sorted({row.engine for row in rows}),
        judges=sorted({judge_of(analyses.get(row.answer_id)) for row in rows}),
        passed=_passed(rows),
        earlier_scores=any(on_earlier_scores(row, scorings.get(row.answer_id, ())) for row in rows),
    )


def as_shown(row: AnswerFeedback | None, analysis: Analysis) -> dict[str, Any] | None:
    """The advice on an answer as the API tells it."""
    if row is None:
        return None
    return {
        "engine": row.engine,
        "model": row.model,
        "prompt": row.prompt,
        "judge": judge_of(analysis),
        "passed": [item.model_dump() for item in _passed([row])],
        "quotes_dropped": row.quotes_dropped,
        **row.content,
    }


def interview_feedback(session: Session, user_id: str, interview_id: str) -> InterviewFeedback:
    """Advice on an interview: of the takes that count, the first of each, then the second.

    The next drill is that of the answer with the lowest score.
    """
    interviews.find(session, user_id, interview_id)
    rows = outcomes.takes(session, interview_id)
    working = any(row.status in WORKING for row in rows)
    best = [row for row in outcomes.best_takes(rows) if row.overall_score is not None]
    newest = repository.newest_feedback(session, user_id, [row.id for row in best])
    told = [(row, newest[row.id]) for row in best if row.id in newest]
    if not told:
        return InterviewFeedback(
            status="working" if working else "none",
            engine=None,
            reason=None if working else "no answer could be scored, so there is none to advise on",
        )
    weakest = min(told, key=lambda pair: pair[0].overall_score or 0.0)
    made_by = authors(session, user_id, [row for _, row in told])
    parts = {name: _taken_in_turn(told, name, most) for name, most in _PARTS}
    return InterviewFeedback(
        **made_by.model_dump(),
        status="working" if working else "done",
        engine=made_by.engines[0] if len(made_by.engines) == 1 else "mixed",
        next_drill={**weakest[1].content["next_drill"], "answer_id": weakest[0].id},
        **parts,
    )


def drills(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, Drill]:
    """The drill advised last on each of this user's answers that has one, by answer id."""
    newest = repository.newest_feedback(session, user_id, answer_ids)
    return {answer_id: content_of(row).next_drill for answer_id, row in newest.items()}


def _taken_in_turn(
    told: Sequence[tuple[Answer, AnswerFeedback]], part: str, most: int
) -> list[FeedbackItem]:
    """The first items of all answers, then the second ones: no answer talks down the others, and
    nothing is advised twice."""
    lists = [(answer, row.content[part]) for answer, row in told]
    found: list[FeedbackItem] = []
    seen: set[str] = set()
    for place in range(max((len(items) for _, items in lists), default=0)):
        for answer, items in lists:
            if place >= len(items) or len(found) == most:
                continue
            item = items[place]
            if item["text"] not in seen:
                seen.add(item["text"])
                found.append(FeedbackItem(answer_id=answer.id, **item))
    return found


def _passed(rows: Sequence[AnswerFeedback]) -> list[PassedTask]:
    """What has failed, each once: first for judging, then for the advice."""
    told = [PassedTask.model_validate(item) for row in rows for item in row.passed]
    once = {(item.task, item.engine, item.kind): item for item in told}
    return sorted(once.values(), key=lambda item: item.task != "judge")


def write_again(
    session: Session, user_id: str, interview_id: str, answer_id: str | None = None
) -> list[str]:
    """Mark the answers on which an engine failed to judge or to advise, or advised on earlier
    scores; returns their ids. answer_id: this answer alone. 409 `nothing_to_write` when there are
    none."""
    interviews.find(session, user_id, interview_id)
    rows = [row for row in outcomes.takes(session, interview_id) if answer_id in (None, row.id)]
    ids = [row.id for row in rows]
    newest = repository.newest_feedback(session, user_id, ids)
    scorings = repository.scorings(session, user_id, ids)
    wanted = [
        row.id
        for row in rows
        if row.status == "done"
        and row.id in newest
        and (newest[row.id].passed or on_earlier_scores(newest[row.id], scorings.get(row.id, ())))
    ]
    if not wanted:
        raise CoachError("nothing_to_write", "No engine is to be asked again for this.", 409)
    for answer_id in wanted:
        outcomes.record(session, answer_id, {"status": "writing"})
    return wanted


def content_of(row: AnswerFeedback) -> Advice:
    """The advice of a row."""
    return Advice.model_validate(row.content)
