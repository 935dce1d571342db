"""Foundation: users, sessions, questions, interviews, answers, recordings, analyses, outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("competencies", JSON, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("time_guide_seconds", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "difficulty IN ('easy', 'medium', 'hard')", name=op.f("ck_questions_difficulty")
        ),
        sa.CheckConstraint(
            "type IN ('technical', 'behavioral', 'hr', 'system_design', 'situational', 'leadership')",
            name=op.f("ck_questions_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_is_active"), ["is_active"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_track"), ["track"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_type"), ["type"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.String(length=160), nullable=True),
        sa.Column("target_role", sa.String(length=120), nullable=True),
        sa.Column("experience_level", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_created_at"), ["created_at"], unique=False)

    op.create_table(
        "interviews",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=True),
        sa.Column("difficulty", sa.String(length=10), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("overall_score", sa.Float(), nullable=True),
        sa.Column("overall_low", sa.Float(), nullable=True),
        sa.Column("overall_high", sa.Float(), nullable=True),
        sa.Column("scores", JSON, nullable=True),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("algorithm", sa.String(length=20), nullable=True),
        sa.CheckConstraint("mode IN ('practice', 'live')", name=op.f("ck_interviews_mode")),
        sa.CheckConstraint(
            "status IN ('pending', 'in_progress', 'paused', 'completed', 'abandoned')",
            name=op.f("ck_interviews_status"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_interviews_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interviews_completed_at"), ["completed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_interviews_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_interviews_user_created", ["user_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_interviews_user_id"), ["user_id"], unique=False)
        batch_op.create_index("ix_interviews_user_status", ["user_id", "status"], unique=False)

    op.create_table(
        "outbox_jobs",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("queue", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("queue IN ('speech', 'ai', 'light')", name=op.f("ck_outbox_jobs_queue")),
        sa.CheckConstraint(
            "status IN ('waiting', 'dispatched', 'running', 'done', 'failed')",
            name=op.f("ck_outbox_jobs_status"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_outbox_jobs_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_jobs")),
    )
    with op.batch_alter_table("outbox_jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_jobs_created_at"), ["created_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_jobs_status_available", ["status", "available_at"], unique=False
        )
        batch_op.create_index(
            "ix_outbox_jobs_status_lease", ["status", "lease_until"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outbox_jobs_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("cookie_digest", sa.String(length=64), nullable=False),
        sa.Column("refresh_digest", sa.String(length=64), nullable=False),
        sa.Column("user_agent", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("cookie_digest", name=op.f("uq_sessions_cookie_digest")),
        sa.UniqueConstraint("refresh_digest", name=op.f("uq_sessions_refresh_digest")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "interview_questions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("interview_id", sa.String(length=26), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=True),
        sa.Column("question_revision", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=True),
        sa.Column("difficulty", sa.String(length=10), nullable=True),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("time_guide_seconds", sa.Integer(), nullable=False),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_questions_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_interview_questions_question_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_questions")),
        sa.UniqueConstraint("interview_id", "position", name="uq_interview_questions_place"),
    )
    with op.batch_alter_table("interview_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_questions_interview_id"), ["interview_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_interview_questions_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "answers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("interview_id", sa.String(length=26), nullable=False),
        sa.Column("interview_question_id", sa.String(length=26), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("duration_seconds", sa.Float(), nullable=True),
        sa.Column("overall_score", sa.Float(), nullable=True),
        sa.Column("overall_low", sa.Float(), nullable=True),
        sa.Column("overall_high", sa.Float(), nullable=True),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_detail", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('spoken', 'typed')", name=op.f("ck_answers_kind")),
        sa.CheckConstraint(
            "status IN ('recording', 'uploaded', 'transcribing', 'scoring', 'writing', 'done', 'failed', 'needs_text')",
            name=op.f("ck_answers_status"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_answers_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_question_id"],
            ["interview_questions.id"],
            name=op.f("fk_answers_interview_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_answers_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("interview_question_id", "take", name="uq_answers_take"),
        sa.UniqueConstraint("user_id", "client_id", name="uq_answers_client"),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answers_interview_id"), ["interview_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answers_interview_question_id"), ["interview_question_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_answers_status"), ["status"], unique=False)
        batch_op.create_index("ix_answers_user_created", ["user_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_answers_user_id"), ["user_id"], unique=False)

    op.create_table(
        "analyses",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(length=20), nullable=False),
        sa.Column("speech_engine", sa.String(length=20), nullable=True),
        sa.Column("speech_model", sa.String(length=120), nullable=True),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("words", JSON, nullable=True),
        sa.Column("sound", JSON, nullable=True),
        sa.Column("result", JSON, nullable=False),
        sa.Column("overall", sa.Float(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_analyses_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_analyses_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyses")),
        sa.UniqueConstraint("answer_id", "version", name="uq_analyses_version"),
    )
    with op.batch_alter_table("analyses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_analyses_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_analyses_created_at"), ["created_at"], unique=False)
        batch_op.create_index("ix_analyses_user_created", ["user_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_analyses_user_id"), ["user_id"], unique=False)

    op.create_table(
        "recording_chunks",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("starts_container", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_recording_chunks_answer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_chunks")),
        sa.UniqueConstraint("answer_id", "number", name="uq_recording_chunks_number"),
    )
    with op.batch_alter_table("recording_chunks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recording_chunks_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recording_chunks_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "recordings",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("playback_key", sa.String(length=200), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("segments", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_recordings_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_recordings_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_recordings_answer_id")),
    )
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recordings_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_recordings_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recordings_user_id"))
        batch_op.drop_index(batch_op.f("ix_recordings_created_at"))

    op.drop_table("recordings")
    with op.batch_alter_table("recording_chunks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recording_chunks_created_at"))
        batch_op.drop_index(batch_op.f("ix_recording_chunks_answer_id"))

    op.drop_table("recording_chunks")
    with op.batch_alter_table("analyses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_analyses_user_id"))
        batch_op.drop_index("ix_analyses_user_created")
        batch_op.drop_index(batch_op.f("ix_analyses_created_at"))
        batch_op.drop_index(batch_op.f("ix_analyses_answer_id"))

    op.drop_table("analyses")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_user_id"))
        batch_op.drop_index("ix_answers_user_created")
        batch_op.drop_index(batch_op.f("ix_answers_status"))
        batch_op.drop_index(batch_op.f("ix_answers_interview_question_id"))
        batch_op.drop_index(batch_op.f("ix_answers_interview_id"))
        batch_op.drop_index(batch_op.f("ix_answers_created_at"))

    op.drop_table("answers")
    with op.batch_alter_table("interview_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_questions_question_id"))
        batch_op.drop_index(batch_op.f("ix_interview_questions_interview_id"))

    op.drop_table("interview_questions")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_user_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))
        batch_op.drop_index(batch_op.f("ix_sessions_created_at"))

    op.drop_table("sessions")
    with op.batch_alter_table("outbox_jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_jobs_user_id"))
        batch_op.drop_index("ix_outbox_jobs_status_lease")
        batch_op.drop_index("ix_outbox_jobs_status_available")
        batch_op.drop_index(batch_op.f("ix_outbox_jobs_created_at"))

    op.drop_table("outbox_jobs")
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.drop_index("ix_interviews_user_status")
        batch_op.drop_index(batch_op.f("ix_interviews_user_id"))
        batch_op.drop_index("ix_interviews_user_created")
        batch_op.drop_index(batch_op.f("ix_interviews_created_at"))
        batch_op.drop_index(batch_op.f("ix_interviews_completed_at"))

    op.drop_table("interviews")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_created_at"))

    op.drop_table("users")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_updated_at"))
        batch_op.drop_index(batch_op.f("ix_questions_type"))
        batch_op.drop_index(batch_op.f("ix_questions_track"))
        batch_op.drop_index(batch_op.f("ix_questions_is_active"))

    op.drop_table("questions")
