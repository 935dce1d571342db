"""Tables of the interview: what was asked, what was answered, what was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.encrypted import EncryptedJson, EncryptedText
from interview_coach.kit.ids import new_id

INTERVIEW_STATUSES = ("pending", "in_progress", "paused", "completed", "abandoned")
ANSWER_STATUSES = (
    "recording",
    "uploaded",
    "transcribing",
    "scoring",
    "writing",
    "done",
    "failed",
    "needs_text",
)
# Somebody or something is at work on the answer.
WORKING = ("uploaded", "transcribing", "scoring", "writing")
MODES = ("practice", "live")
PATIENCE = ("brisk", "usual", "patient", "endless")
FOLLOW_UP_KINDS = ("clarify", "challenge", "quantify", "what_happened")


class Interview(SQLModel, table=True):
    """One interview of one candidate.

    `active_seconds` is the time spent in progress before `running_since`. The scores follow the
    analyses as they land, None while nothing could be scored. draft: a score rests on a rough
    transcript that nobody has corrected. patience: how long the interviewer lets one talk.
    follow_ups: whether questions follow from what was said. self_rating: what the candidate
    thought of it, 0-100, before any score of the whole was shown; self_rated_at without a rating:
    asked, and rather not said. algorithm: by which method the takes that count were scored, with
    commas between several, `mixed` for more than fit.
    """

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint(f"status IN {INTERVIEW_STATUSES}", name="status"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        Index("ix_interviews_user_created", "user_id", "created_at"),
        Index("ix_interviews_user_status", "user_id", "status"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    type: str = Field(max_length=20)
    track: str | None = Field(default=None, max_length=40)
    difficulty: str | None = Field(default=None, max_length=10)
    mode: str = Field(default="practice", max_length=10)
    patience: str = Field(
        default="usual", max_length=10, sa_column_kwargs={"server_default": "usual"}
    )
    follow_ups: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    status: str = Field(default="pending", max_length=20)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    running_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    active_seconds: float = 0.0
    overall_score: float | None = None
    overall_low: float | None = None
    overall_high: float | None = None
    scores: dict[str, Any] | None = Field(default=None, sa_type=JsonColumn)
    draft: bool = False
    algorithm: str | None = Field(default=None, max_length=20)
    self_rating: int | None = None
    self_rated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InterviewQuestion(SQLModel, table=True):
    """A question as it was asked: a copy, so that an edit of the bank changes no old interview.

    question_id: None for one made for this user. follow_up_to: the question whose answer this one
    takes up, None for a question of its own; a question has one follow-up at most. follow_up:
    {kind, quote, start, answer_id, engine, model, prompt, passed, quotes_dropped, asking}. hints:
    how many steps of help were asked for. What is asked can come from a job ad, a resume or an
    answer, so it is encrypted.
    """

    __tablename__ = "interview_questions"
    __table_args__ = (
        UniqueConstraint("interview_id", "position", name="uq_interview_questions_place"),
        Index("ix_interview_questions_follow_up_to", "follow_up_to", unique=True),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    interview_id: str = Field(
        foreign_key="interviews.id", ondelete="CASCADE", index=True, max_length=26
    )
    question_id: str | None = Field(
        default=None, foreign_key="questions.id", ondelete="SET NULL", index=True, max_length=80
    )
    question_revision: int | None = None
    position: int
    type: str = Field(max_length=20)
    track: str | None = Field(default=None, max_length=40)
    difficulty: str | None = Field(default=None, max_length=10)
    text: str = Field(sa_type=EncryptedText("interview_questions.text", declared=600))
    content: dict[str, Any] = Field(
        default_factory=dict, sa_type=EncryptedJson("interview_questions.content")
    )
    time_guide_seconds: int = 120
    skipped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    follow_up_to: str | None = Field(default=None, max_length=26)
    follow_up: dict[str, Any] | None = Field(
        default=None, sa_type=EncryptedJson("interview_questions.follow_up")
    )
    hints: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Answer(SQLModel, table=True):
    """One take of an answer. All takes are kept; the best one counts.

    kind: spoken or typed. text: typed words, or the candidate's correction of the transcript.
    hints: steps of help that were asked for before it was sent. points: [{text, level}] of what
    the question asks for, level clear, thin, missing or None; None before it is analysed.
    hearing_seconds: how long recognising the words took.
    error_code, error_detail: why the status is failed or needs_text.
    """

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint(f"status IN {ANSWER_STATUSES}", name="status"),
        CheckConstraint("kind IN ('spoken', 'typed')", name="kind"),
        UniqueConstraint("interview_question_id", "take", name="uq_answers_take"),
        UniqueConstraint("user_id", "client_id", name="uq_answers_client"),
        Index("ix_answers_user_created", "user_id", "created_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    interview_id: str = Field(
        foreign_key="interviews.id", ondelete="CASCADE", index=True, max_length=26
    )
    interview_question_id: str = Field(
        foreign_key="interview_questions.id", ondelete="CASCADE", index=True, max_length=26
    )
    take: int
    client_id: str | None = Field(default=None, max_length=64)
    kind: str = Field(max_length=10)
    status: str = Field(max_length=20, index=True)
    status_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    percent: int | None = None
    text: str | None = Field(default=None, sa_type=EncryptedText("answers.text"))
    duration_seconds: float | None = None
    overall_score: float | None = None
    overall_low: float | None = None
    overall_high: float | None = None
    draft: bool = False
    hints: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    points: list[dict[str, Any]] | None = Field(default=None, sa_type=JsonColumn)
    hearing_seconds: float | None = None
    error_code: str | None = Field(default=None, max_length=40)
    error_detail: str | None = Field(default=None, max_length=500)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class Recording(SQLModel, table=True):
    """The sound of one answer, once it is whole. `segments`: byte offsets of container headers."""

    __tablename__ = "recordings"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", unique=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    content_type: str = Field(max_length=40)
    object_key: str = Field(max_length=200)
    playback_key: str | None = Field(default=None, max_length=200)
    size: int
    sha256: str = Field(max_length=64)
    segments: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class RecordingChunk(SQLModel, table=True):
    """A piece of a recording that has arrived and waits for the others."""

    __tablename__ = "recording_chunks"
    __table_args__ = (UniqueConstraint("answer_id", "number", name="uq_recording_chunks_number"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    answer_id: str = Field(foreign_key="answers.id", ondelete="CASCADE", index=True, max_length=26)
    number: int
    content_type: str = Field(max_length=40)
    object_key: str = Field(max_length=200)
    size: int
    sha256: str = Field(max_length=64)
    starts_container: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
