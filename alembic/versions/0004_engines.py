"""Engines: ledger and kept answers; feedback; tailored questions; patience and follow-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# An encrypted JSON value is text; SQLite knows it under the name JSON.
DECLARED = sa.Text().with_variant(sa.JSON(), "sqlite")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_answers",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=True),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("value", DECLARED, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ai_answers_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ai_answers")),
    )
    with op.batch_alter_table("ai_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ai_answers_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ai_answers_user_id"), ["user_id"], unique=False)

    op.create_table(
        "ai_calls",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=True),
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("prompt", sa.String(length=60), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ai_calls_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_calls")),
    )
    with op.batch_alter_table("ai_calls", schema=None) as batch_op:
        batch_op.create_index("ix_ai_calls_created_engine", ["created_at", "engine"], unique=False)
        batch_op.create_index(batch_op.f("ix_ai_calls_user_id"), ["user_id"], unique=False)

    op.create_table(
        "tailored_questions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("competencies", JSON, nullable=False),
        sa.Column("content", DECLARED, nullable=False),
        sa.Column("time_guide_seconds", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_tailored_questions_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailored_questions")),
    )
    with op.batch_alter_table("tailored_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tailored_questions_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tailored_questions_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "answer_feedback",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("prompt", sa.String(length=60), nullable=False),
        sa.Column("passed", JSON, nullable=False),
        sa.Column("content", DECLARED, nullable=False),
        sa.Column("quotes_dropped", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_answer_feedback_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_answer_feedback_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_feedback")),
        sa.UniqueConstraint("answer_id", "version", name="uq_answer_feedback_version"),
    )
    with op.batch_alter_table("answer_feedback", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_feedback_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_answer_feedback_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_answer_feedback_user_id"), ["user_id"], unique=False)

    # Added in place: on SQLite a copied table would take its children with it.
    op.add_column(
        "interviews",
        sa.Column("patience", sa.String(length=10), server_default="usual", nullable=False),
    )
    op.add_column(
        "interviews",
        sa.Column("follow_ups", sa.Boolean(), server_default=sa.true(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("interviews", "follow_ups")
    op.drop_column("interviews", "patience")

    with op.batch_alter_table("answer_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_feedback_user_id"))
        batch_op.drop_index(batch_op.f("ix_answer_feedback_created_at"))
        batch_op.drop_index(batch_op.f("ix_answer_feedback_answer_id"))

    op.drop_table("answer_feedback")
    with op.batch_alter_table("tailored_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tailored_questions_user_id"))
        batch_op.drop_index(batch_op.f("ix_tailored_questions_created_at"))

    op.drop_table("tailored_questions")
    with op.batch_alter_table("ai_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ai_calls_user_id"))
        batch_op.drop_index("ix_ai_calls_created_engine")

    op.drop_table("ai_calls")
    with op.batch_alter_table("ai_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ai_answers_user_id"))
        batch_op.drop_index(batch_op.f("ix_ai_answers_created_at"))

    op.drop_table("ai_answers")
