"""Help that is asked for: recorded with the question, and with the take it helps."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.interviews import asked_repository, service
from interview_coach.interviews.machine import RUNNING
from interview_coach.interviews.models import InterviewQuestion
from interview_coach.interviews.nudges import hint_steps
from interview_coach.kit.errors import CoachError


def ask(
    session: Session, user_id: str, interview_id: str, question_id: str, step: int
) -> InterviewQuestion:
    """Take the next step of help with a question; one that was taken before changes nothing.

    409 `no_hints` in a live interview, or for a step this question does not have or that is not
    the next one; 409 `wrong_step` unless the interview runs.
    """
    interview = service.find(session, user_id, interview_id)
    row = service.question_of(session, interview_id, question_id)
    if interview.status not in RUNNING:
        raise CoachError("wrong_step", "Hints are for an interview that runs.", 409)
    if interview.mode == "live":
        raise CoachError("no_hints", "A live interview gives no hints, like the real one.", 409)
    if not 1 <= step <= min(hint_steps(row.content), row.hints + 1):
        raise CoachError("no_hints", "There is no such hint for this question now.", 409)
    if asked_repository.set_hints(session, row.id, step):
        asked_repository.mark_hinted(session, row.id, step)
        service.tell(session, interview_id)
    return row
