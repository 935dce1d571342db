"""The answer microscope: what is drawn of a sound; how candidates rate themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# An encrypted JSON value is text; SQLite knows it under the name JSON.
DECLARED = sa.Text().with_variant(sa.JSON(), "sqlite")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sound_lanes",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("answer_id", sa.String(length=26), nullable=False),
        sa.Column("user_id", sa.String(length=26), nullable=False),
        sa.Column("content", DECLARED, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_sound_lanes_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sound_lanes_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sound_lanes")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_sound_lanes_answer_id")),
    )
    op.create_index(op.f("ix_sound_lanes_created_at"), "sound_lanes", ["created_at"])
    op.create_index(op.f("ix_sound_lanes_user_id"), "sound_lanes", ["user_id"])
    op.add_column("interviews", sa.Column("self_rating", sa.Integer(), nullable=True))
    op.add_column(
        "interviews", sa.Column("self_rated_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("interviews", "self_rated_at")
    op.drop_column("interviews", "self_rating")
    op.drop_index(op.f("ix_sound_lanes_user_id"), table_name="sound_lanes")
    op.drop_index(op.f("ix_sound_lanes_created_at"), table_name="sound_lanes")
    op.drop_table("sound_lanes")
