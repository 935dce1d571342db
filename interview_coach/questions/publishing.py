"""Writing a version of a question of the bank: by seeding or by an administrator, in one way."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.kit.clock import now
from interview_coach.questions import repository
from interview_coach.questions.bank import BankQuestion, content_hash
from interview_coach.questions.models import FROM_ADMIN, FROM_FILE, Question, QuestionVersion

_VERSIONED = (
    "type",
    "track",
    "difficulty",
    "text",
    "competencies",
    "content",
    "time_guide_seconds",
)
IN_CONTENT = ("why", "key_points", "red_flags", "follow_ups", "tips")


def add_from_file(session: Session, item: BankQuestion) -> None:
    """Write a question that is new in the data files, as its first version."""
    row = Question(id=item.id, file_hash=content_hash(item), **_columns(item))
    repository.save(session, row)
    _keep(session, row, FROM_FILE)


def publish_from_file(session: Session, row: Question, item: BankQuestion) -> None:
    """Make the version of the data files the present one; whether it is asked stays as it is."""
    row.origin, row.file_hash = FROM_FILE, content_hash(item)
    _publish(session, row, item, FROM_FILE)


def publish_edit(session: Session, row: Question, item: BankQuestion) -> None:
    """Make an administrator's version the present one; seeding then leaves the question alone,
    unless it says what the data files said."""
    row.origin = FROM_FILE if content_hash(item) == row.file_hash else FROM_ADMIN
    _publish(session, row, item, FROM_ADMIN)


def _publish(session: Session, row: Question, item: BankQuestion, source: str) -> None:
    row.sqlmodel_update({**_columns(item), "revision": row.revision + 1, "updated_at": now()})
    _keep(session, row, source)


def _keep(session: Session, row: Question, source: str) -> None:
    version = QuestionVersion(
        question_id=row.id,
        revision=row.revision,
        source=source,
        **{name: getattr(row, name) for name in _VERSIONED},
    )
    repository.add_version(session, version)


def _columns(item: BankQuestion) -> dict[str, Any]:
    return {
        "type": item.type,
        "track": item.track,
        "difficulty": item.difficulty,
        "text": item.text,
        "competencies": list(item.competencies),
        "content": item.model_dump(mode="json", include=set(IN_CONTENT)),
        "time_guide_seconds": item.time_guide_seconds,
        "content_hash": content_hash(item),
    }
