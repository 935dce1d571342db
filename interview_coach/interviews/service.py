"""The rules of an interview: setting it up, its steps, its answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.interviews import machine, repository
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion
from interview_coach.interviews.nudges import hint_steps, nudge_of
from interview_coach.interviews.schemas import (
    AnswerError,
    AnswerRequest,
    AnswerSummary,
    AskedQuestion,
    InterviewRequest,
    InterviewView,
    LastSetup,
    Step,
)
from interview_coach.jobs import service as jobs
from interview_coach.jobs.progress import publish
from interview_coach.kit.clock import now
from interview_coach.kit.database import run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.questions import service as questions
from interview_coach.questions import tailored
from interview_coach.questions.models import Question, TailoredQuestion
from interview_coach.runtime import runtime

ANALYSE = "feedback.analyse_answer"
_TAKES_ANSWERS = ("in_progress", "paused")
_LATE = timedelta(hours=24)


def create(session: Session, user: CurrentUser, wanted: InterviewRequest) -> Interview:
    """Set up an interview with copies of its questions; 404 for an unknown question id."""
    chosen: Sequence[Question | TailoredQuestion]
    if wanted.question_ids is not None:
        chosen = tailored.askable(session, user.id, wanted.question_ids)
    else:
        chosen = questions.choose(
            session,
            wanted.type,
            track=wanted.track,
            difficulty=wanted.difficulty,
            count=wanted.question_count,
            last_asked=repository.last_asked(session, user.id),
            chance=random.SystemRandom(),
        )
    interview = Interview(
        user_id=user.id,
        type=wanted.type,
        track=wanted.track,
        difficulty=wanted.difficulty,
        mode=wanted.mode,
        follow_ups=wanted.follow_ups,
        patience=wanted.patience,
    )
    repository.add(session, interview)
    repository.add(
        session, *(_copy(interview.id, place, row) for place, row in enumerate(chosen, start=1))
    )
    return interview


def _copy(interview_id: str, position: int, row: Question | TailoredQuestion) -> InterviewQuestion:
    of_bank = row if isinstance(row, Question) else None
    return InterviewQuestion(
        interview_id=interview_id,
        question_id=of_bank.id if of_bank else None,
        question_revision=of_bank.revision if of_bank else None,
        position=position,
        type=row.type,
        track=row.track,
        difficulty=row.difficulty,
        text=row.text,
        content=row.content,
        time_guide_seconds=row.time_guide_seconds,
    )


def last_setup(session: Session, user_id: str) -> LastSetup | None:
    """What this user chose last time; None before the first interview."""
    interview = repository.latest(session, user_id)
    if interview is None:
        return None
    return LastSetup(
        type=interview.type,
        track=interview.track,
        difficulty=interview.difficulty,
        question_count=sum(
            row.follow_up_to is None for row in repository.questions(session, interview.id)
        ),
        mode=interview.mode,
        follow_ups=interview.follow_ups,
        patience=interview.patience,
        created_at=interview.created_at,
    )


def find(session: Session, user_id: str, interview_id: str) -> Interview:
    """This user's interview; anybody else's, or none, raises 404."""
    interview = repository.interview(session, user_id, interview_id)
    if interview is None:
        raise not_found("interview")
    return interview


def find_answer(session: Session, user_id: str, interview_id: str, answer_id: str) -> Answer:
    """This user's answer; anybody else's, or none, raises 404."""
    answer = repository.answer(session, user_id, interview_id, answer_id)
    if answer is None:
        raise not_found("answer")
    return answer


def view(session: Session, user_id: str, interview_id: str) -> InterviewView:
    """An interview with its questions and answers."""
    interview = find(session, user_id, interview_id)
    return InterviewView(
        id=interview.id,
        type=interview.type,
        track=interview.track,
        difficulty=interview.difficulty,
        mode=interview.mode,
        follow_ups=interview.follow_ups,
        patience=interview.patience,
        status=interview.status,
        questions=[_asked(row) for row in repository.questions(session, interview_id)],
        answers=[summary(row) for row in repository.answers(session, interview_id)],
        overall_score=interview.overall_score,
        created_at=interview.created_at,
        started_at=interview.started_at,
        completed_at=interview.completed_at,
        duration_seconds=seconds_in_progress(interview),
        self_rating=interview.self_rating,
        self_rated_at=interview.self_rated_at,
    )


def _asked(row: InterviewQuestion) -> AskedQuestion:
    follow_up = row.follow_up or {}
    return AskedQuestion(
        id=row.id,
        question_id=row.question_id,
        position=row.position,
        type=row.type,
        track=row.track,
        difficulty=row.difficulty,
        text=row.text,
        tips=row.content.get("tips", []),
        time_guide_seconds=row.time_guide_seconds,
        skipped=row.skipped_at is not None,
        follow_up_to=row.follow_up_to,
        **{name: follow_up.get(name) for name in ("kind", "quote", "start", "engine")},
        passed=follow_up.get("passed", []),
        asking=bool(follow_up.get("asking")),
        hints=row.hints,
        hint_steps=hint_steps(row.content),
        nudge=nudge_of(row.content) if row.hints > 1 else None,
    )


def summary(row: Answer) -> AnswerSummary:
    """An answer in brief."""
    error = None
    if row.error_code is not None:
        error = AnswerError(code=row.error_code, detail=row.error_detail or "")
    return AnswerSummary(
        id=row.id,
        question_id=row.interview_question_id,
        take=row.take,
        kind=row.kind,
        status=row.status,
        percent=row.percent,
        error=error,
        duration_seconds=row.duration_seconds,
        overall=row.overall_score,
        low=row.overall_low,
        high=row.overall_high,
        draft=row.draft,
        hints=row.hints,
        points=row.points,
        created_at=row.created_at,
    )


def seconds_in_progress(interview: Interview) -> float:
    """How long the interview has been in progress, pauses left out."""
    running = 0.0
    if interview.running_since is not None:
        running = (now() - interview.running_since).total_seconds()
    return round(interview.active_seconds + running, 3)


def take_step(session: Session, user_id: str, interview_id: str, step: Step) -> None:
    """Start, pause, resume, complete or abandon; a wrong step raises 409 with those allowed."""
    interview = find(session, user_id, interview_id)
    status = machine.next_status(step, interview.status)
    moment = now()
    values: dict[str, Any] = {
        "status": status,
        "active_seconds": seconds_in_progress(interview),
        "running_since": moment if status == "in_progress" else None,
    }
    if step == "start":
        values["started_at"] = moment
    if step in {"complete", "abandon"}:
        values["completed_at"] = moment
    if not repository.move(session, interview_id, interview.status, values):
        raise CoachError("wrong_step", "This interview has just changed. Look again.", 409)
    tell(session, interview_id)


def tell(session: Session, interview_id: str) -> None:
    """Whoever follows this interview looks at it again, once this transaction has committed."""
    run_after_commit(session, lambda: publish(runtime().redis, interview_id, {"status": "changed"}))


def set_skipped(
    session: Session, user_id: str, interview_id: str, question_id: str, *, skipped: bool
) -> None:
    """Mark a question of this interview as skipped, or take that back; an answer does so too.

    409 `wrong_step` unless the interview runs.
    """
    interview = find(session, user_id, interview_id)
    if interview.status not in machine.RUNNING:
        raise CoachError("wrong_step", "Only an interview that runs has questions to skip.", 409)
    row = question_of(session, interview_id, question_id)
    repository.set_skipped(session, row.id, now() if skipped else None)
    tell(session, interview_id)


def question_of(session: Session, interview_id: str, question_id: str) -> InterviewQuestion:
    """A question by its id in the interview or in the bank; 404 when it is not there."""
    for row in repository.questions(session, interview_id):
        if question_id in {row.id, row.question_id}:
            return row
    raise not_found("question")


def add_answer(
    session: Session, user: CurrentUser, interview_id: str, given: AnswerRequest
) -> Answer:
    """A new take: typed ones are analysed at once, spoken ones wait for their recording.

    The same client_id gives the same answer back. 409 `wrong_step` unless the interview runs,
    409 `one_take` for a second answer to a question of a live interview.
    """
    repository.lock_interview(session, interview_id)
    interview = find(session, user.id, interview_id)
    if given.client_id is not None:
        known = repository.answer_by_client(session, user.id, given.client_id)
        if known is not None and known.interview_id == interview_id:
            return known
    question = _open_question(session, interview, given)
    answer = Answer(
        user_id=user.id,
        interview_id=interview_id,
        interview_question_id=question.id,
        take=repository.next_take(session, question.id),
        client_id=given.client_id,
        kind="spoken" if given.text is None else "typed",
        status="recording" if given.text is None else "uploaded",
        text=given.text,
        hints=question.hints,
    )
    repository.add(session, answer)
    repository.set_skipped(session, question.id, None)
    if given.text is not None:
        queue_analysis(session, answer, "light")
    else:
        tell(session, interview_id)
    return answer


def _open_question(
    session: Session, interview: Interview, given: AnswerRequest
) -> InterviewQuestion:
    """The question, if the interview takes this answer to it now; 409 when it does not."""
    # A recording made before the end may reach us after it: from a device without network.
    late = (
        interview.status == "completed"
        and given.text is None
        and given.client_id is not None
        and interview.completed_at is not None
        and now() - interview.completed_at < _LATE
    )
    question = question_of(session, interview.id, given.question_id)
    # Practising goes on after the end: what was answered can be tried again.
    again = (
        interview.status == "completed"
        and interview.mode == "practice"
        and repository.has_sent(session, question.id)
    )
    if interview.status not in _TAKES_ANSWERS and not late and not again:
        raise CoachError(
            "wrong_step",
            f"This interview is {interview.status.replace('_', ' ')}; it takes answers only "
            "between its start and its end; after it, in practice, further takes of what was "
            "answered.",
            409,
            {"allowed": list(_TAKES_ANSWERS), "current": interview.status},
        )
    if interview.mode == "live" and repository.has_sent(session, question.id):
        raise _one_take()
    return question


def check_open(session: Session, user_id: str, interview_id: str, given: AnswerRequest) -> None:
    """Raise what `add_answer` would raise, before anything is stored for the answer."""
    _open_question(session, find(session, user_id, interview_id), given)


def _one_take() -> CoachError:
    return CoachError(
        "one_take", "A live interview takes one answer to each question, like the real one.", 409
    )


def check_one_take(session: Session, answer: Answer) -> None:
    """Raise 409 `one_take` when a live interview has another sent answer to the same question."""
    interview = find(session, answer.user_id, answer.interview_id)
    if interview.mode == "live" and repository.has_sent(
        session, answer.interview_question_id, beside=answer.id
    ):
        raise _one_take()


def queue_analysis(session: Session, answer: Answer, queue: str, *, as_heard: bool = False) -> None:
    """Queue the analysis of an answer in this transaction. as_heard: with the words that were
    recognised before, without hearing it again."""
    payload: dict[str, Any] = {"answer_id": answer.id}
    if as_heard:
        payload["as_heard"] = True
    jobs.enqueue(session, ANALYSE, queue, payload, user_id=answer.user_id)
    tell(session, answer.interview_id)


def correct_transcript(session: Session, answer: Answer, text: str) -> None:
    """Replace the words of an answer; its content is scored again, its delivery stays."""
    ready = ("done", "needs_text", "failed")
    values = {"text": text, "status": "scoring", "error_code": None, "error_detail": None}
    if not repository.set_answer(session, answer.id, values, before=ready):
        raise _still_working(answer)
    queue_analysis(session, answer, "light")


def take_back_correction(session: Session, answer: Answer) -> None:
    """Drop the candidate's words for those that were recognised; they are scored again."""
    ready = ("done", "needs_text", "failed")
    values = {"text": None, "status": "scoring", "error_code": None, "error_detail": None}
    if not repository.set_answer(session, answer.id, values, before=ready):
        raise _still_working(answer)
    queue_analysis(session, answer, "light", as_heard=True)


def retry(session: Session, answer: Answer) -> None:
    """Run the analysis again after a failure, or a draft with a better recogniser.

    409 `recording_deleted` when there is no sound left to hear.
    """
    if answer.text is None and machine.had_recording(answer.kind, answer.status):
        _check_sound(session, answer)
    values = {"status": "uploaded", "percent": None, "error_code": None, "error_detail": None}
    before = ("failed", "needs_text", "done") if answer.draft else ("failed", "needs_text")
    if not repository.set_answer(session, answer.id, values, before=before):
        raise _still_working(answer)
    queue_analysis(session, answer, "light" if answer.kind == "typed" else "speech")


def _check_sound(session: Session, answer: Answer) -> None:
    if repository.recording(session, answer.id) is None:
        raise CoachError(
            "recording_deleted",
            f"{machine.RECORDING_OVER} It cannot be heard again. Correct the words instead.",
            409,
        )


def _still_working(answer: Answer) -> CoachError:
    return CoachError(
        "wrong_step",
        f"This answer is {answer.status.replace('_', ' ')}; that is not possible now.",
        409,
        {"current": answer.status},
    )
