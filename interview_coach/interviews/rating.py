"""What candidates think of an interview before they see its score: asked once, never again."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.interviews import repository, service
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError


def rate(session: Session, user_id: str, interview_id: str, rating: int | None) -> None:
    """Keep this user's own rating, 0-100; None keeps that they would rather not say.

    409 `not_completed` before the end, 409 `already_rated` when it was asked before: a rating
    that is given with the score in sight says nothing.
    """
    interview = service.find(session, user_id, interview_id)
    if interview.status != "completed":
        raise CoachError("not_completed", "An interview is rated once it has been completed.", 409)
    if not repository.set_self_rating(session, interview_id, rating, now()):
        raise CoachError(
            "already_rated", "This was asked before. A rating is kept as it was given first.", 409
        )
    service.tell(session, interview_id)
