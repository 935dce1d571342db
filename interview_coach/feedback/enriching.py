"""The job that lets a language engine judge and advise: all answers of an interview that wait for
it in one call. Whatever happens, what the local engine has written stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlmodel import Session

from interview_coach.ai.configured import described
from interview_coach.ai.router import Answered, Passed
from interview_coach.feedback import advising, repository, service, waiting
from interview_coach.feedback.engine_tasks import (
    ADVICE,
    JUDGE,
    MOST_ANSWERS,
    AskedAnswer,
    Judgements,
    Written,
    advice_of,
    advice_task,
    judge_task,
    judgement_of,
)
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.interviews import outcomes
from interview_coach.interviews.models import Answer, InterviewQuestion
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobContext
from interview_coach.jobs.progress import publish
from interview_coach.kit.database import run_after_commit
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import router, runtime

log = get_logger("feedback.enriching")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An answer that waits for an engine's words."""

    answer: Answer
    question: InterviewQuestion
    analysis: Analysis
    feedback: AnswerFeedback


def queue(session: Session, user_id: str, interview_id: str, *, again: bool = False) -> None:
    """Queue the job for an interview in this transaction. again: the candidate wants another try
    of what engines have failed at."""
    payload = {"interview_id": interview_id, "user_id": user_id, "again": again}
    jobs.enqueue(session, advising.ADVISE, "ai", payload, user_id=user_id)


def ask_again(
    session: Session, user_id: str, interview_id: str, answer_id: str | None = None
) -> list[str]:
    """Queue another try of what engines have failed at, for one answer or all; returns their ids.
    As `advising.write_again`."""
    wanted = advising.write_again(session, user_id, interview_id, answer_id)
    queue(session, user_id, interview_id, again=True)
    return wanted


def run(context: JobContext) -> None:
    """Judge and advise on the answers that wait, then say that they are done."""
    house = runtime()
    user_id, interview_id = context.payload["user_id"], context.payload["interview_id"]
    with house.database.reading() as session:
        unwritten = _waiting(session, user_id, interview_id)
        tone = advising.tone_of(session, user_id)
    if not unwritten:
        with house.database.writing() as session:
            jobs.finish(session, context.job_id, context.attempt)
        return
    first, later = unwritten[:MOST_ANSWERS], unwritten[MOST_ANSWERS:]
    asked = [_asked(item) for item in first]
    again = bool(context.payload.get("again"))
    judged = router().ask(
        judge_task(asked, user_id), again=again, asking=partial(waiting.tell, interview_id, JUDGE)
    )
    written = router().ask(
        advice_task(asked, user_id, tone),
        again=again,
        asking=partial(waiting.tell, interview_id, ADVICE),
    )
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
        for number, item in enumerate(first, start=1):
            _store(session, item, asked[number - 1], number, judged, written)
        if later:
            queue(session, user_id, interview_id, again=again)
    waiting.forget(interview_id)
    _tell(interview_id, first)


def _waiting(session: Session, user_id: str, interview_id: str) -> list[_Waiting]:
    rows = [row for row in outcomes.takes(session, interview_id) if row.status == "writing"]
    ids = [row.id for row in rows]
    analyses = repository.newest(session, user_id, ids)
    told = repository.newest_feedback(session, user_id, ids)
    found: list[_Waiting] = []
    for row in rows:
        asked = outcomes.to_analyse(session, row.id)
        if asked is not None and row.id in analyses and row.id in told:
            found.append(_Waiting(row, asked[1], analyses[row.id], told[row.id]))
    return found


def _asked(item: _Waiting) -> AskedAnswer:
    points = tuple(point["text"] for point in item.question.content.get("key_points", ()))
    return AskedAnswer(
        item.question.text,
        points,
        advising.analysed(item.analysis, item.question.type),
        advising.content_of(item.feedback),
    )


def _store(
    session: Session,
    item: _Waiting,
    asked: AskedAnswer,
    number: int,
    judged: Answered[Judgements],
    written: Answered[Written],
) -> None:
    """Write what came of one answer, unless it has changed meanwhile."""
    if not outcomes.show_progress(session, item.answer.id, "writing", None):
        return
    if repository.newest_version(session, item.answer.id) != item.analysis.version:
        return  # its words were corrected: the analysis of the new ones queues another job
    passed = _passed(JUDGE, judged.passed) + _passed(ADVICE, written.passed)
    repository.add_feedback(session, _feedback(item, asked, number, written, passed))
    judgement = judgement_of(judged.value, number, judged.engine)
    outcome: dict[str, Any] = {"status": "done", "error_code": None, "error_detail": None}
    if judgement is None:
        outcomes.record(session, item.answer.id, outcome)
        return
    analysis = service.judged(item.analysis, item.question, judgement)
    if analysis.result == item.analysis.result:
        # It was judged like this before; only the advice was wanting.
        outcomes.record(session, item.answer.id, outcome)
    else:
        service.store(session, item.answer, analysis, outcome)


def _feedback(
    item: _Waiting,
    asked: AskedAnswer,
    number: int,
    written: Answered[Written],
    passed: list[dict[str, str]],
) -> AnswerFeedback:
    """The row of what was written; what stands, once more, when nothing was."""
    found = advice_of(written.value, number, asked)
    if found is None:
        return _once_more(item.feedback, passed)
    advice, dropped = found
    return AnswerFeedback(
        answer_id=item.answer.id,
        user_id=item.answer.user_id,
        version=0,
        engine=written.engine,
        model=written.model,
        prompt=written.prompt,
        passed=passed,
        content=advice.model_dump(mode="json"),
        quotes_dropped=dropped,
    )


def _once_more(before: AnswerFeedback, passed: list[dict[str, str]]) -> AnswerFeedback:
    """The same words, with what hindered others, so that they can be asked for again."""
    kept = before.model_dump(exclude={"id", "version", "passed"})
    return AnswerFeedback(**kept, version=0, passed=passed)


def _passed(task: str, passed: tuple[Passed, ...]) -> list[dict[str, str]]:
    return [{"engine": item.engine, "kind": item.kind, "task": task} for item in passed]


def _tell(interview_id: str, done: list[_Waiting]) -> None:
    for item in done:
        publish(
            runtime().redis,
            interview_id,
            {"answer_id": item.answer.id, "status": "done", "percent": None},
        )


def gave_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    """The local engine's words stand; the answers are done with them and say so."""
    log.error("writing given up", interview=payload["interview_id"], reason=reason)
    rows = [
        row for row in outcomes.takes(session, payload["interview_id"]) if row.status == "writing"
    ]
    told = repository.newest_feedback(session, payload["user_id"], [row.id for row in rows])
    first = tuple(Passed(row.name, "given_up") for row in described(runtime().settings)[:1])
    passed = _passed(JUDGE, first) + _passed(ADVICE, first)
    for row in rows:
        if row.id in told:
            repository.add_feedback(session, _once_more(told[row.id], passed))
        outcomes.record(session, row.id, {"status": "done"})
    waiting.forget(payload["interview_id"])
    changed = {"status": "changed"}
    run_after_commit(session, lambda: publish(runtime().redis, payload["interview_id"], changed))
