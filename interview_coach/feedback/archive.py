"""The analyses of a user's answers, for their export."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.feedback import repository, timeline

_INTERNAL = {"user_id", "answer_id"}


def analyses(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, list[Any]]:
    """All analyses of each of this user's answers, oldest first, as plain JSON."""
    found: dict[str, list[Any]] = {answer_id: [] for answer_id in answer_ids}
    for row in repository.all_versions(session, user_id, answer_ids):
        found[row.answer_id].append(row.model_dump(mode="json", exclude=_INTERNAL))
    return found


def feedback(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, list[Any]]:
    """All that was advised on each of this user's answers, oldest first, as plain JSON."""
    found: dict[str, list[Any]] = {answer_id: [] for answer_id in answer_ids}
    for row in repository.all_feedback(session, user_id, answer_ids):
        found[row.answer_id].append(row.model_dump(mode="json", exclude=_INTERNAL))
    return found


def lanes(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What is drawn of each of this user's recordings, as numbers; those that have none are left
    out."""
    return {
        answer_id: timeline.lanes_view(row.content).model_dump(mode="json")
        for answer_id, row in repository.lanes(session, user_id, answer_ids).items()
    }


def model_answers(session: Session, user_id: str, answer_ids: list[str]) -> dict[str, Any]:
    """The stronger version of each of this user's answers that has one, as plain JSON."""
    return {
        answer_id: row.model_dump(mode="json", exclude=_INTERNAL)
        for answer_id, row in repository.model_answers(session, user_id, answer_ids).items()
    }
