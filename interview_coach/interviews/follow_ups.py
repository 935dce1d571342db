"""Questions that follow from an answer: when one is wanted, and where it is put."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlmodel import Session

from interview_coach.interviews import repository, service
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion

MOST_IN_ALL = 10
GUIDE_SECONDS = 60
# How many may follow one another from one question: in a brisk interview one, else two.
_LONGEST_CHAIN = {"brisk": 1}
_USUAL_CHAIN = 2
_TAKES_QUESTIONS = ("in_progress", "paused")
# What stands where text is not encrypted: the words themselves quote the candidate.
_PLAIN_TEXT = "Follow-up question"


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
    rows = repository.questions(session, answer.interview_id)
    parent = next((row for row in rows if row.id == answer.interview_question_id), None)
    if interview is None or parent is None or not _may_follow(interview, rows, parent):
        return None
    place = parent.position
    if interview.mode == "live":
        place = max(place, repository.last_begun(session, interview.id))
    row = _row(interview.id, place + 1, parent, answer, follow_up)
    repository.make_room(session, interview.id, place)
    repository.add(session, row)
    service.tell(session, interview.id)
    return row


def before(rows: list[InterviewQuestion], question: InterviewQuestion) -> list[InterviewQuestion]:
    """The questions this one follows from, the first of them first; empty for one of its own."""
    by_id = {row.id: row for row in rows}
    found: list[InterviewQuestion] = []
    parent = by_id.get(question.follow_up_to or "")
    while parent is not None:
        found.insert(0, parent)
        parent = by_id.get(parent.follow_up_to or "")
    return found


def led_here(
    session: Session, question: InterviewQuestion
) -> tuple[list[InterviewQuestion], list[Answer]]:
    """The questions a follow-up comes from, the first of them first, and the answers they took
    up; for jobs, which act for no user."""
    rows = before(repository.questions(session, question.interview_id), question)
    taken_up = [row.follow_up for row in [*rows, question] if row.follow_up]
    answers = [repository.answer_by_id(session, told["answer_id"]) for told in taken_up]
    return rows, [answer for answer in answers if answer is not None]


def _may_follow(
    interview: Interview, rows: list[InterviewQuestion], parent: InterviewQuestion
) -> bool:
    follow_ups = [row for row in rows if row.follow_up_to is not None]
    return (
        interview.follow_ups
        and interview.status in _TAKES_QUESTIONS
        and all(row.follow_up_to != parent.id for row in follow_ups)
        and len(before(rows, parent)) < _LONGEST_CHAIN.get(interview.patience, _USUAL_CHAIN)
        # Never more of them than of the questions that were chosen.
        and len(follow_ups) < min(MOST_IN_ALL, len(rows) - len(follow_ups))
    )


def _row(
    interview_id: str,
    position: int,
    parent: InterviewQuestion,
    answer: Answer,
    follow_up: FollowUp,
) -> InterviewQuestion:
    told: dict[str, Any] = {**asdict(follow_up), "answer_id": answer.id}
    tips = told.pop("tips")
    return InterviewQuestion(
        interview_id=interview_id,
        position=position,
        type=parent.type,
        track=parent.track,
        difficulty=parent.difficulty,
        text=_PLAIN_TEXT,
        content={"tips": tips},
        time_guide_seconds=GUIDE_SECONDS,
        follow_up_to=parent.id,
        follow_up=told,
    )
