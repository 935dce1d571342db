"""Taking a correction of the words back."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.feedback import repository
from interview_coach.interviews import service as interviews
from interview_coach.kit.errors import CoachError


def undo(session: Session, user_id: str, interview_id: str, answer_id: str) -> None:
    """Score the words that were recognised again, in the place of the candidate's.

    409 `nothing_to_undo` when the words are not a correction of recognised ones.
    """
    answer = interviews.find_answer(session, user_id, interview_id, answer_id)
    heard = repository.heard(session, answer.id)
    if answer.kind == "typed" or answer.text is None or heard is None or not heard.words:
        raise CoachError(
            "nothing_to_undo", "These words do not stand in the place of recognised ones.", 409
        )
    interviews.take_back_correction(session, answer)
