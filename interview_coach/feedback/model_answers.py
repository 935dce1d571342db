"""A stronger version of an answer: asked for, written by a job where an engine is asked, kept."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.ai.prompts import load_prompt
from interview_coach.ai.router import LOCAL, Answered
from interview_coach.feedback import advising, repository
from interview_coach.feedback.models import Analysis, ModelAnswer
from interview_coach.feedback.rewriting.task import (
    AskedVersion,
    WrittenVersion,
    content_of,
    version_task,
)
from interview_coach.feedback.schemas import ModelAnswerView
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import Answer, InterviewQuestion
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobContext
from interview_coach.jobs.progress import publish
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import router, runtime

WRITE = "feedback.model_answer"
log = get_logger("feedback.model_answers")


def ask(database: Database, user_id: str, interview_id: str, answer_id: str) -> ModelAnswerView:
    """The version of this user's answer: the one there is, or a new one.

    Without an engine it is written at once, else a job writes it. A new one is made when there is
    none, when the words have been corrected since, and when the local engine had to stand in.
    409 `not_scored` for an answer that has no score, 409 `wrong_step` while it is analysed.
    """
    with database.reading() as session:
        answer = interviews.find_answer(session, user_id, interview_id, answer_id)
        analysis, question = _scored(session, answer)
    asked = _asked(analysis, question)
    answered = None
    if not router().engines:
        # No transaction is held: the ledger writes in one of its own.
        answered = router().ask(version_task(asked, user_id))
    with database.writing() as session:
        # Of two at once the second finds what the first has begun.
        outcomes.hold_interview(session, interview_id)
        row = repository.model_answer(session, user_id, answer_id)
        if row is None or not _stands(session, row):
            row = row or _empty(user_id, answer_id)
            row.version, row.created_at = analysis.version, now()
            if answered is not None:
                _fill(row, answered, asked)
            else:
                row.status = "writing"
                payload = {"answer_id": answer_id, "user_id": user_id, "version": row.version}
                jobs.enqueue(session, WRITE, "ai", payload, user_id=user_id)
            repository.keep_model_answer(session, row)
            interviews.tell(session, interview_id)
        return view_of(session, row)


def _empty(user_id: str, answer_id: str) -> ModelAnswer:
    return ModelAnswer(
        answer_id=answer_id,
        user_id=user_id,
        version=0,
        status="writing",
        engine=LOCAL,
        model=LOCAL,
        prompt=load_prompt("model_answer").label,
    )


def _stands(session: Session, row: ModelAnswer) -> bool:
    """Whether a version needs not be made again."""
    return _current(session, row) and (row.status == "writing" or not row.passed)


def _current(session: Session, row: ModelAnswer) -> bool:
    """Whether the words it was made from are still those of the answer: an analysis that was only
    judged anew has the same."""
    versions = repository.all_versions(session, row.user_id, [row.answer_id])
    made_from = next((item for item in versions if item.version == row.version), None)
    return made_from is not None and made_from.transcript == versions[-1].transcript


def _scored(session: Session, answer: Answer) -> tuple[Analysis, InterviewQuestion]:
    if answer.status not in {"done", "writing"}:
        told = f"This answer is {answer.status.replace('_', ' ')}; wait until it has a score."
        raise CoachError("wrong_step", told, 409, {"current": answer.status})
    found = outcomes.to_analyse(session, answer.id)
    analysis = repository.newest(session, answer.user_id, [answer.id]).get(answer.id)
    if found is None or analysis is None or analysis.overall is None:
        raise CoachError(
            "not_scored", "This answer has no score, so there is nothing to build on.", 409
        )
    return analysis, found[1]


def _asked(analysis: Analysis, question: InterviewQuestion) -> AskedVersion:
    points = tuple(point["text"] for point in question.content.get("key_points", ()))
    answer = advising.analysed(analysis, question.type)
    return AskedVersion(question.text, points, answer)


def _fill(row: ModelAnswer, answered: Answered[WrittenVersion], asked: AskedVersion) -> None:
    row.content, row.facts_dropped = content_of(answered.value, asked.answer)
    row.engine, row.model, row.prompt = answered.engine, answered.model, answered.prompt
    row.passed = [{"engine": item.engine, "kind": item.kind} for item in answered.passed]
    row.status, row.created_at = "done", now()


def find(session: Session, user_id: str, interview_id: str, answer_id: str) -> ModelAnswer:
    """The version there is; 404 without one, and for an answer of somebody else."""
    interviews.find_answer(session, user_id, interview_id, answer_id)
    row = repository.model_answer(session, user_id, answer_id)
    if row is None:
        raise not_found("model answer")
    return row


def of_interview(session: Session, user_id: str, interview_id: str) -> list[ModelAnswerView]:
    """The versions that were asked for in an interview; 404 for somebody else's."""
    interviews.find(session, user_id, interview_id)
    ids = [row.id for row in outcomes.takes(session, interview_id)]
    rows = repository.model_answers(session, user_id, ids)
    return [view_of(session, row) for row in rows.values()]


def view_of(session: Session, row: ModelAnswer) -> ModelAnswerView:
    """A version as the API tells it. An old text is not told while a new one is written."""
    content: dict[str, Any] = row.content if row.status == "done" else {}
    return ModelAnswerView.model_validate(
        {
            "answer_id": row.answer_id,
            "status": row.status,
            "engine": row.engine if row.status == "done" else None,
            "model": row.model if row.status == "done" else None,
            "prompt": row.prompt,
            "passed": row.passed if row.status == "done" else [],
            "text": content.get("text"),
            "gaps": content.get("gaps", []),
            "kept": content.get("kept", []),
            "missing": content.get("missing", []),
            "facts_dropped": row.facts_dropped if row.status == "done" else 0,
            "current": _current(session, row),
            "seconds_at_most": round(load_prompt("model_answer").seconds),
            "created_at": row.created_at,
        }
    )


def run(context: JobContext) -> None:
    """Let the engines write one version; the local one answers when they do not."""
    payload = context.payload
    with runtime().database.reading() as session:
        found = _waiting(session, payload)
    if found is None:
        with runtime().database.writing() as session:
            jobs.finish(session, context.job_id, context.attempt)
        return
    answer, asked = found
    answered = router().ask(version_task(asked, answer.user_id))
    with runtime().database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
        outcomes.hold_interview(session, answer.interview_id)
        row = repository.model_answer(session, answer.user_id, answer.id)
        if row is not None and row.version == payload["version"]:
            _fill(row, answered, asked)
            repository.keep_model_answer(session, row)
        _tell(session, answer.interview_id)


def _waiting(session: Session, payload: dict[str, Any]) -> tuple[Answer, AskedVersion] | None:
    """The answer, if its version still waits for these words."""
    found = outcomes.to_analyse(session, payload["answer_id"])
    row = repository.model_answer(session, payload["user_id"], payload["answer_id"])
    analysis = repository.newest(session, payload["user_id"], [payload["answer_id"]]).get(
        payload["answer_id"]
    )
    if found is None or row is None or analysis is None or row.version != payload["version"]:
        return None
    return found[0], _asked(analysis, found[1])


def _tell(session: Session, interview_id: str) -> None:
    told = {"status": "changed"}
    run_after_commit(session, lambda: publish(runtime().redis, interview_id, told))


def gave_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    """The job failed for good: the local version takes its place."""
    log.error("model answer given up", answer=payload["answer_id"], reason=reason)
    found = _waiting(session, payload)
    row = repository.model_answer(session, payload["user_id"], payload["answer_id"])
    if found is None or row is None:
        return
    answer, asked = found
    task = version_task(asked, answer.user_id)
    content, dropped = content_of(task.local(), asked.answer)
    row.content, row.facts_dropped, row.status = content, dropped, "done"
    row.engine = row.model = LOCAL
    row.passed = [{"engine": item.name, "kind": "timeout"} for item in router().engines]
    repository.keep_model_answer(session, row)
    _tell(session, answer.interview_id)
