"""Questions that follow from an answer: when one is wanted, and where it is put."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlmodel import Session

from interview_coach.interviews import asked_repository, machine, repository, service
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion
from interview_coach.jobs import service as jobs
from interview_coach.kit.errors import CoachError

ASK = "feedback.follow_up"
GUIDE_SECONDS = 60
_TAKES_QUESTIONS = ("in_progress", "paused")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that takes up an answer.

    kind: one of FOLLOW_UP_KINDS. quote: the words it takes up, verbatim, start their second; None
    without. engine, model, prompt: who worded it. passed: engines that were asked before and gave
    nothing, as [{engine, kind}]. quotes_dropped: quotes they gave that were never said. tips: what
    helps with an answer.
    """

    kind: str
    text: str
    quote: str | None
    start: float | None
    engine: str
    model: str
    prompt: str
    passed: list[dict[str, str]] = field(default_factory=list)
    quotes_dropped: int = 0
    tips: list[str] = field(default_factory=list)


def wanted(session: Session, answer: Answer) -> bool:
    """Whether this answer may be followed by a question now."""
    interview = repository.interview_now(session, answer.interview_id)
    rows = repository.questions(session, answer.interview_id)
    parent = next((row for row in rows if row.id == answer.interview_question_id), None)
    return interview is not None and parent is not None and _may_follow(interview, rows, parent)


def put(session: Session, answer: Answer, follow_up: FollowUp) -> InterviewQuestion | None:
    """Put a question after the one that was answered, or None when none may follow any more.

    In a live interview it comes after whatever has been begun, so that it is the next one. Of two
    at once the first stays.
    """
    repository.lock_interview(session, answer.interview_id)
    interview = repository.interview_now(session, answer.interview_id)
    rows = asked_repository.questions_now(session, answer.interview_id)
    parent = next((row for row in rows if row.id == answer.interview_question_id), None)
    if interview is None or parent is None or not _may_follow(interview, rows, parent):
        return None
    place = parent.position
    if interview.mode == "live":
        place = max(place, asked_repository.last_begun(session, interview.id))
    row = _row(interview.id, place + 1, parent, answer, follow_up)
    asked_repository.make_room(session, interview.id, place)
    repository.add(session, row)
    service.tell(session, interview.id)
    return row


def ask_again(
    session: Session, user_id: str, interview_id: str, question_id: str
) -> InterviewQuestion:
    """Let the engines word a follow-up once more that a substitute has worded.

    409 `not_substituted` when none failed, `answered` when it has an answer by now.
    """
    repository.lock_interview(session, interview_id)
    interview = service.find(session, user_id, interview_id)
    row = service.question_of(session, interview_id, question_id)
    if interview.status not in _TAKES_QUESTIONS:
        raise CoachError("wrong_step", "This interview does not run any more.", 409)
    if row.follow_up is None or not row.follow_up["passed"]:
        raise CoachError("not_substituted", "No engine failed at this question.", 409)
    if asked_repository.has_answer(session, row.id):
        raise CoachError("answered", "This question has an answer and stays as it is.", 409)
    if not row.follow_up.get("asking"):
        told = {**row.follow_up, "asking": True}
        asked_repository.set_follow_up(session, row.id, {"follow_up": told})
        payload = {"answer_id": told["answer_id"], "question_id": row.id}
        jobs.enqueue(session, ASK, "ai", payload, user_id=user_id)
        service.tell(session, interview_id)
    return row


def taking_up(session: Session, answer: Answer) -> InterviewQuestion | None:
    """The follow-up that takes up this very take, None when there is none or it has an answer."""
    for row in repository.questions(session, answer.interview_id):
        told = row.follow_up or {}
        if told.get("answer_id") == answer.id and not asked_repository.has_answer(session, row.id):
            return row
    return None


def replace(session: Session, question_id: str, follow_up: FollowUp | None) -> None:
    """Put a follow-up in the place of one that was asked for again, unless that has an answer by
    now; None leaves it as it is."""
    found = repository.question_by_id(session, question_id)
    if found is None:
        return
    repository.lock_interview(session, found.interview_id)
    rows = asked_repository.questions_now(session, found.interview_id)
    row = next((row for row in rows if row.id == question_id), None)
    if row is None or row.follow_up is None:
        return
    told = {**row.follow_up, "asking": False}
    values: dict[str, Any] = {"follow_up": told}
    if follow_up is not None and not asked_repository.has_answer(session, row.id):
        new = asdict(follow_up)
        values["content"] = {"tips": new.pop("tips")}
        values["text"] = new.pop("text")
        told.update(new)
    asked_repository.set_follow_up(session, row.id, values)
    service.tell(session, row.interview_id)


def led_here(
    session: Session, question: InterviewQuestion
) -> tuple[list[InterviewQuestion], list[Answer]]:
    """The questions a follow-up comes from, the first of them first, and the answers they took
    up; for jobs, which act for no user."""
    by_id = {row.id: row for row in repository.questions(session, question.interview_id)}
    links = {row.id: row.follow_up_to for row in by_id.values()}
    rows = [by_id[row_id] for row_id in machine.led_by(links, question.id)]
    taken_up = [row.follow_up for row in [*rows, question] if row.follow_up]
    answers = [repository.answer_by_id(session, told["answer_id"]) for told in taken_up]
    return rows, [answer for answer in answers if answer is not None]


def _may_follow(
    interview: Interview, rows: list[InterviewQuestion], parent: InterviewQuestion
) -> bool:
    return machine.may_follow(
        {row.id: row.follow_up_to for row in rows},
        parent.id,
        wanted=interview.follow_ups,
        status=interview.status,
        patience=interview.patience,
    )


def _row(
    interview_id: str,
    position: int,
    parent: InterviewQuestion,
    answer: Answer,
    follow_up: FollowUp,
) -> InterviewQuestion:
    told: dict[str, Any] = {**asdict(follow_up), "answer_id": answer.id}
    tips, text = told.pop("tips"), told.pop("text")
    return InterviewQuestion(
        interview_id=interview_id,
        position=position,
        type=parent.type,
        track=parent.track,
        difficulty=parent.difficulty,
        text=text,
        content={"tips": tips},
        time_guide_seconds=GUIDE_SECONDS,
        follow_up_to=parent.id,
        follow_up=told,
    )
