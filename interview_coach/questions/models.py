"""Tables of the question bank."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.encrypted import EncryptedJson, EncryptedText
from interview_coach.kit.ids import new_id

QUESTION_TYPES = (
    "technical",
    "behavioral",
    "hr",
    "system_design",
    "situational",
    "leadership",
)
DIFFICULTIES = ("easy", "medium", "hard")
# Who has the say over a question's content, and who took one out of the bank.
FROM_FILE, FROM_ADMIN = "file", "admin"


class Question(SQLModel, table=True):
    """A question of the bank as it stands now; interviews keep copies of what they asked.

    `id` is the slug of the data file. `revision` counts up when the content changes.
    `content` holds why, key_points, red_flags, follow_ups and tips as in the data file.
    `origin`: "admin" once an administrator has published a version; seeding then leaves it alone.
    `file_hash`: of the version in the data files that seeding met last when it could still take
    it. `retired_by`: None while it is active, else "file" or "admin".
    """

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint(f"type IN {QUESTION_TYPES}", name="type"),
        CheckConstraint(f"difficulty IN {DIFFICULTIES}", name="difficulty"),
    )

    id: str = Field(primary_key=True, max_length=80)
    revision: int = 1
    type: str = Field(max_length=20, index=True)
    track: str = Field(max_length=40, index=True)
    difficulty: str = Field(max_length=10)
    text: str = Field(max_length=600)
    competencies: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    time_guide_seconds: int = 120
    content_hash: str = Field(max_length=64)
    origin: str = Field(
        default=FROM_FILE, max_length=10, sa_column_kwargs={"server_default": FROM_FILE}
    )
    file_hash: str | None = Field(default=None, max_length=64)
    retired_by: str | None = Field(default=None, max_length=10)
    is_active: bool = Field(default=True, index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class QuestionVersion(SQLModel, table=True):
    """A version of a question of the bank, kept whole. None is changed or deleted.

    `source`: "file" when seeding made it, "admin" when an administrator did; who, says the audit
    log.
    """

    __tablename__ = "question_versions"
    __table_args__ = (PrimaryKeyConstraint("question_id", "revision"),)

    question_id: str = Field(foreign_key="questions.id", ondelete="CASCADE", max_length=80)
    revision: int
    type: str = Field(max_length=20)
    track: str = Field(max_length=40)
    difficulty: str = Field(max_length=10)
    text: str = Field(max_length=600)
    competencies: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    time_guide_seconds: int = 120
    source: str = Field(max_length=10)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class TailoredQuestion(SQLModel, table=True):
    """A question made for one user from a role, a job ad or a resume. Nobody else sees it.

    engine, model: who made it. content: as of a bank question; like the text it can hold what the
    job ad or the resume says, so both are encrypted.
    """

    __tablename__ = "tailored_questions"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    type: str = Field(max_length=20)
    track: str = Field(max_length=40)
    difficulty: str = Field(max_length=10)
    text: str = Field(sa_type=EncryptedText("tailored_questions.text"))
    competencies: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    content: dict[str, Any] = Field(sa_type=EncryptedJson("tailored_questions.content"))
    time_guide_seconds: int = 120
    engine: str = Field(max_length=20)
    model: str = Field(max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
