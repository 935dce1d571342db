"""Advice as it is kept and shown: written with each analysis, told for an answer and for a whole
interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from interview_coach.accounts import profile
from interview_coach.feedback import repository
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.feedback.advice.shapes import Advice
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.feedback.schemas import FeedbackItem, InterviewFeedback, PassedEngine
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


def as_shown(row: AnswerFeedback | None) -> dict[str, Any] | None:
    """The advice on an answer as the API tells it."""
    if row is None:
        return None
    return {
        "engine": row.engine,
        "model": row.model,
        "prompt": row.prompt,
        "passed": row.passed,
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
    engines = sorted({row.engine for _, row in told})
    parts = {name: _taken_in_turn(told, name, most) for name, most in _PARTS}
    passed = [PassedEngine(**item) for item in _passed(told)]
    return InterviewFeedback(
        status="working" if working else "done",
        engine=engines[0] if len(engines) == 1 else "mixed",
        engines=engines,
        passed=passed,
        next_drill={**weakest[1].content["next_drill"], "answer_id": weakest[0].id},
        **parts,
    )


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


def _passed(told: Sequence[tuple[Answer, AnswerFeedback]]) -> list[dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for _, row in told:
        for item in row.passed:
            found[item["engine"], item["kind"]] = item
    return list(found.values())


def write_again(session: Session, user_id: str, interview_id: str) -> list[str]:
    """Mark the answers whose words came from the local engine although others were asked; returns
    their ids. 409 `nothing_to_write` when there are none."""
    interviews.find(session, user_id, interview_id)
    rows = outcomes.takes(session, interview_id)
    newest = repository.newest_feedback(session, user_id, [row.id for row in rows])
    wanted = [
        row.id
        for row in rows
        if row.status == "done" and row.id in newest and newest[row.id].passed
    ]
    if not wanted:
        raise CoachError("nothing_to_write", "No feedback here was written by a substitute.", 409)
    for answer_id in wanted:
        outcomes.record(session, answer_id, {"status": "writing"})
    return wanted


def content_of(row: AnswerFeedback) -> Advice:
    """The advice of a row."""
    return Advice.model_validate(row.content)
