"""Columns that hold words of a candidate become text, so that they can be encrypted."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (("analyses", "words"), ("analyses", "result"), ("idempotency_keys", "answer"))


def upgrade() -> None:
    # SQLite keeps text under any declared type, so there is nothing to change.
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in COLUMNS:
        op.execute(
            f"ALTER TABLE {table} ALTER COLUMN {column} TYPE TEXT USING "
            f"CASE WHEN jsonb_typeof({column}) = 'string' THEN {column} #>> '{{}}' "
            f"ELSE {column}::text END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in COLUMNS:
        # What is encrypted stays so, as a string: nothing is lost, and upgrading reads it again.
        op.execute(
            f"ALTER TABLE {table} ALTER COLUMN {column} TYPE JSONB USING "
            f"CASE WHEN {column} LIKE 'enc:1:%' THEN to_jsonb({column}) "
            f"ELSE {column}::jsonb END"
        )
