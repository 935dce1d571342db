"""When a follow-up is asked: at once by the local engine, by a job where a language engine is set
up, and by the local one again where that has nothing to use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from interview_coach.feedback import advising, repository, service
from interview_coach.feedback.follow_ups.choosing import Chosen, Said, choose, missing
from interview_coach.feedback.follow_ups.engine import LOCAL, Asking, of_local
from interview_coach.feedback.follow_ups.replies import Thread
from interview_coach.feedback.models import Analysis
from interview_coach.interviews import follow_ups, outcomes
from interview_coach.interviews.models import Answer, InterviewQuestion
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobContext
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import router, runtime
from interview_coach.scoring.quotes import locate
from interview_coach.speech.languages import ENGLISH

log = get_logger("feedback.follow_ups")


@dataclass(frozen=True, slots=True)
class Talk:
    """What decides whether and how a question follows. question: the one that was answered;
    so_far: the answer object of all that was said in its thread."""

    question: InterviewQuestion
    thread: Thread
    so_far: dict[str, Any]


def thread_of(session: Session, question: InterviewQuestion) -> Thread:
    """What led to this question."""
    rows, answers = follow_ups.led_here(session, question)
    ids = [answer.id for answer in answers]
    newest = repository.newest(session, answers[0].user_id, ids) if answers else {}
    return Thread(
        first=service.question_for_scoring(rows[0] if rows else question),
        kinds=tuple(row.follow_up["kind"] for row in [*rows, question] if row.follow_up),
        said=tuple(newest[row_id].transcript for row_id in ids if row_id in newest),
    )


def plan(
    session: Session, answer: Answer, analysis: Analysis, talk: Talk, *, engines: bool
) -> None:
    """Ask at once, or queue the asking, in this transaction; nothing where none is wanted.

    engines: whether a language engine words the question.
    """
    if service.language_of(analysis) != ENGLISH:
        return  # what an answer lacks is read in English words
    _keep_true(session, answer, analysis, talk)
    if not analysis.transcript.strip() or not follow_ups.wanted(session, answer):
        return
    if engines and not analysis.draft:
        jobs.enqueue(
            session, follow_ups.ASK, "ai", {"answer_id": answer.id}, user_id=answer.user_id
        )
        return
    chosen = _chosen(analysis, talk)
    if chosen is not None:
        follow_ups.put(session, answer, of_local(chosen))


def _keep_true(session: Session, answer: Answer, analysis: Analysis, talk: Talk) -> None:
    """A follow-up that quotes what the corrected words no longer hold is asked otherwise."""
    row = follow_ups.taking_up(session, answer)
    quote = row.follow_up["quote"] if row is not None and row.follow_up else None
    if row is None or not quote or locate(analysis.transcript, None, quote) is not None:
        return
    before = [kind for kind in talk.thread.kinds if kind != (row.follow_up or {})["kind"]]
    chosen = _chosen(analysis, replace(talk, thread=replace(talk.thread, kinds=tuple(before))))
    if chosen is not None:
        follow_ups.replace(session, row.id, of_local(chosen))


def run(context: JobContext) -> None:
    """Let an engine word the question, and put it, or put it in the place of a substitute's."""
    house = runtime()
    again = context.payload.get("question_id")
    with house.database.reading() as session:
        found = _read(session, context.payload["answer_id"], again=again is not None)
    follow_up = None if found is None else _asked(*found)
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
        if again is not None:
            made = follow_up is not None and follow_up.engine != LOCAL
            follow_ups.replace(session, again, follow_up if made else None)
        elif found is not None and follow_up is not None:
            follow_ups.put(session, found[0], follow_up)


def _asked(
    answer: Answer, question: InterviewQuestion, analysis: Analysis
) -> follow_ups.FollowUp | None:
    """What the engines make of this answer."""
    chosen = _chosen(analysis, _alone(question, analysis))
    if chosen is None:
        return None
    bank = {row["kind"] for row in question.content.get("follow_ups", ())}
    lacks = missing(analysis.result, bank)
    asking = Asking(question.text, _said(analysis, question), lacks, chosen)
    return asking.follow_up(router().ask(asking.task(answer.user_id)))


def gave_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    """The local engine asks; what it has asked before stands."""
    log.error("follow-up given up", answer=payload["answer_id"], reason=reason)
    again = payload.get("question_id")
    if again is not None:
        follow_ups.replace(session, again, None)
        return
    found = _read(session, payload["answer_id"], again=False)
    if found is None:
        return
    answer, question, analysis = found
    chosen = _chosen(analysis, _alone(question, analysis))
    if chosen is not None:
        follow_ups.put(session, answer, of_local(chosen))


def _read(
    session: Session, answer_id: str, *, again: bool
) -> tuple[Answer, InterviewQuestion, Analysis] | None:
    """An answer with its question and its newest analysis, if it may still be followed."""
    found = outcomes.to_analyse(session, answer_id)
    if found is None or not (again or follow_ups.wanted(session, found[0])):
        return None
    answer, question, _ = found
    analysis = repository.newest(session, answer.user_id, [answer.id]).get(answer.id)
    return None if analysis is None else (answer, question, analysis)


def _alone(question: InterviewQuestion, analysis: Analysis) -> Talk:
    return Talk(question, Thread(service.question_for_scoring(question)), analysis.result)


def _chosen(analysis: Analysis, talk: Talk) -> Chosen | None:
    bank = talk.question.content.get("follow_ups", ())
    return choose(talk.so_far, _said(analysis, talk.question), bank, talk.thread.kinds)


def _said(analysis: Analysis, question: InterviewQuestion) -> Said:
    read = advising.analysed(analysis, question.type)
    return Said(read.transcript, read.words, quotable=not analysis.draft)
