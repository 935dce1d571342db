"""Versions of the bank's questions, and which of them administrators look after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "questions",
        sa.Column("origin", sa.String(length=10), server_default="file", nullable=False),
    )
    op.add_column("questions", sa.Column("file_hash", sa.String(length=64), nullable=True))
    op.add_column("questions", sa.Column("retired_by", sa.String(length=10), nullable=True))
    op.create_table(
        "question_versions",
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("competencies", JSON, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("time_guide_seconds", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_versions_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "revision", name=op.f("pk_question_versions")),
    )
    # Until now every version came from the files; the present one of each is known.
    op.execute(
        "UPDATE questions SET file_hash = content_hash, "
        "retired_by = CASE WHEN is_active THEN NULL ELSE 'file' END"
    )
    columns = "type, track, difficulty, text, competencies, content, time_guide_seconds"
    op.execute(
        f"INSERT INTO question_versions (question_id, revision, {columns}, source, created_at) "
        f"SELECT id, revision, {columns}, 'file', updated_at FROM questions"
    )


def downgrade() -> None:
    op.drop_table("question_versions")
    op.drop_column("questions", "retired_by")
    op.drop_column("questions", "file_hash")
    op.drop_column("questions", "origin")
