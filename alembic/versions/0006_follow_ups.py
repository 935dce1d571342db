"""Follow-up questions, hints that were asked for, points that were met, time of recognising."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# An encrypted JSON value is text; SQLite knows it under the name JSON.
DECLARED = sa.Text().with_variant(sa.JSON(), "sqlite")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: on SQLite a copied table would take its children with it.
    op.add_column("interview_questions", sa.Column("follow_up_to", sa.String(length=26)))
    op.add_column("interview_questions", sa.Column("follow_up", DECLARED))
    op.add_column(
        "interview_questions", sa.Column("hints", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_index(
        "ix_interview_questions_follow_up_to",
        "interview_questions",
        ["follow_up_to"],
        unique=True,
    )
    op.add_column("answers", sa.Column("hints", sa.Integer(), server_default="0", nullable=False))
    op.add_column("answers", sa.Column("points", JSON))
    op.add_column("answers", sa.Column("hearing_seconds", sa.Float()))


def downgrade() -> None:
    op.drop_column("answers", "hearing_seconds")
    op.drop_column("answers", "points")
    op.drop_column("answers", "hints")
    op.drop_index("ix_interview_questions_follow_up_to", table_name="interview_questions")
    op.drop_column("interview_questions", "hints")
    op.drop_column("interview_questions", "follow_up")
    op.drop_column("interview_questions", "follow_up_to")
