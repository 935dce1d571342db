"""Answers scored by older rules, scored again by those of today. What was told before is kept:
each scoring is a version of its own, and the newest one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from interview_coach import scoring
from interview_coach.feedback import advising, repository, service
from interview_coach.feedback.follow_ups import asking, replies
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.feedback.schemas import AnalysisVersion
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import WORKING, Answer, InterviewQuestion
from interview_coach.kit.database import Database

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Rescored:
    """How many answers were scored again, and how many of them changed their overall score."""

    answers: int
    changed: int


def outdated(database: Database) -> Iterator[str]:
    """The ids of answers whose newest scoring is by older rules and has words to score."""
    after = ""
    while True:
        with database.reading() as session:
            found = repository.by_other_rules(session, scoring.RULES_OF_TODAY, after, _AT_ONCE)
        yield from (answer_id for answer_id, has_words in found if has_words)
        if len(found) < _AT_ONCE:
            return
        after = found[-1][0]


def rescore(database: Database) -> Rescored:
    """Score all outdated answers again, each in a transaction of its own, so that it may be
    stopped at any moment and begun again."""
    answers = changed = 0
    for answer_id in outdated(database):
        with database.writing() as session:
            moved = _rescore_one(session, answer_id)
        if moved is not None:
            answers += 1
            changed += moved
    return Rescored(answers, changed)


def _rescore_one(session: Session, answer_id: str) -> bool | None:
    """Whether the overall score moved; None when the answer is gone or in work by now."""
    found = outcomes.to_analyse(session, answer_id)
    before = repository.newest_of(session, answer_id)
    if found is None or before is None or before.algorithm in scoring.RULES_OF_TODAY:
        return None
    answer, question, _ = found
    if answer.status in WORKING:
        return None
    analysis = by_the_rules_of_today(before, question)
    thread = asking.thread_of(session, question)
    if thread.kinds:
        replies.settle(analysis, thread)
    moved = analysis.overall != before.overall
    service.store(session, answer, analysis, {}, _advice(session, answer, question, analysis))
    return moved


def _advice(
    session: Session, answer: Answer, question: InterviewQuestion, analysis: Analysis
) -> AnswerFeedback | None:
    """The local engine's advice on the new scores, where the newest advice is its own.

    An engine's advice stays, and is told to be on the earlier scores: to have it written anew
    costs a call, which the candidate may ask for.
    """
    told = repository.newest_feedback(session, answer.user_id, [answer.id]).get(answer.id)
    if told is None or told.engine != advising.LOCAL:
        return None
    tone = advising.tone_of(session, answer.user_id)
    written = advising.write_local(answer, question, analysis, tone)
    if written is not None:
        written.passed = told.passed
    return written


def by_the_rules_of_today(analysis: Analysis, question: InterviewQuestion) -> Analysis:
    """The same answer scored once more, with what an engine had judged of it."""
    judgement = kept_judgement(analysis.result)
    if judgement is None:
        return service.as_heard(analysis, question)
    return service.judged(analysis, question, judgement)


def kept_judgement(result: dict[str, Any]) -> scoring.Judgement | None:
    """What an engine has judged, from a stored result; None where none did."""
    told = result.get("judge")
    if not told:
        return None
    quotes = {row["criterion"]: row["quote"] for row in result.get("evidence", ())}
    return scoring.Judgement(
        told["engine"],
        tuple(
            scoring.Criterion(
                row["criterion"], row["level"], quotes.get(f"judge:{row['criterion']}")
            )
            for row in told["criteria"]
        ),
    )


def versions(
    session: Session, user_id: str, interview_id: str, answer_id: str
) -> list[AnalysisVersion]:
    """All scorings of an answer, the newest (which is shown) first; 404 when it is not theirs."""
    row = interviews.find_answer(session, user_id, interview_id, answer_id)
    kept = repository.all_versions(session, user_id, [row.id])
    return [_version(item, current=item is kept[-1]) for item in reversed(kept)]


def _version(item: Analysis, *, current: bool) -> AnalysisVersion:
    return AnalysisVersion(
        version=item.version,
        current=current,
        algorithm=item.algorithm,
        scored_at=item.created_at,
        scores=item.result["scores"],
        interval=item.result.get("interval"),
        corrected=item.corrected,
        draft=item.draft,
        judged="judge" in item.result,
        speech_engine=item.speech_engine,
        speech_profile=service.profile_of(item),
    )
