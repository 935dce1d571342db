"""Model answers; what was asked is encrypted, since it can come from a job ad or a resume."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# An encrypted JSON value is text; SQLite knows it under the name JSON.
DECLARED = sa.Text().with_variant(sa.JSON(), "sqlite")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_answers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("prompt", sa.String(length=60), nullable=False),
        sa.Column("passed", JSON, nullable=False),
        sa.Column("content", DECLARED, nullable=False),
        sa.Column("facts_dropped", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_model_answers_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_model_answers_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_answers")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_model_answers_answer_id")),
    )
    with op.batch_alter_table("model_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_model_answers_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_model_answers_user_id"), ["user_id"], unique=False)
    # SQLite keeps text of any length under any declared type, so there is nothing to change.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE interview_questions ALTER COLUMN text TYPE TEXT")
        op.execute(
            "ALTER TABLE interview_questions ALTER COLUMN content TYPE TEXT USING "
            "CASE WHEN jsonb_typeof(content) = 'string' THEN content #>> '{}' "
            "ELSE content::text END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # What is encrypted stays so, as a string: nothing is lost, and upgrading reads it again.
        op.execute(
            "ALTER TABLE interview_questions ALTER COLUMN content TYPE JSONB USING "
            "CASE WHEN content LIKE 'enc:1:%' THEN to_jsonb(content) ELSE content::jsonb END"
        )
    op.drop_table("model_answers")
