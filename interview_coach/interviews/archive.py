"""What a user's interviews hold, for their export."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.interviews import repository, service
from interview_coach.interviews.models import Interview, Recording

# How a question is to be answered (content) belongs to the question bank.
_INTERNAL = {"user_id", "interview_id", "content", "object_key", "playback_key", "client_id"}


def interview_ids(session: Session, user_id: str) -> list[str]:
    """The ids of all interviews of a user, oldest first."""
    return repository.interview_ids(session, user_id)


def interview(session: Session, user_id: str, interview_id: str) -> Interview:
    """This user's interview; anybody else's, or none, raises 404."""
    return service.find(session, user_id, interview_id)


def whole(session: Session, user_id: str, interview_id: str) -> dict[str, Any]:
    """An interview with its questions, and with each answer its recording, as plain JSON."""
    found = interview(session, user_id, interview_id)
    answers = []
    for row in repository.answers(session, interview_id):
        recording = repository.recording(session, row.id)
        told = row.model_dump(mode="json", exclude=_INTERNAL)
        told["recording"] = recording and recording.model_dump(mode="json", exclude=_INTERNAL)
        answers.append(told)
    return {
        **found.model_dump(mode="json", exclude=_INTERNAL),
        "questions": [
            row.model_dump(mode="json", exclude=_INTERNAL)
            for row in repository.questions(session, interview_id)
        ],
        "answers": answers,
    }


def counts(session: Session, interview_id: str) -> tuple[int, int]:
    """How many questions and how many answers an interview has; the owner has been checked."""
    return (
        len(repository.questions(session, interview_id)),
        len(repository.answers(session, interview_id)),
    )


def recordings(session: Session, user_id: str) -> list[tuple[str, Recording]]:
    """All recordings of a user, oldest first, each with the id of its interview."""
    return repository.recordings_of(session, user_id)
