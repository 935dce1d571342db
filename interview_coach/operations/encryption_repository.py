"""Statements on encrypted columns as they are stored, whatever table they are of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Column, CursorResult, Table, Text, not_, select, type_coerce, update
from sqlmodel import Session

from interview_coach.kit.crypto import SEALED
from interview_coach.kit.encrypted import EncryptedJson, EncryptedText
from interview_coach.tables import metadata


def places() -> Iterator[tuple[str, Column[Any]]]:
    """Every encrypted column, with the place its values are bound to."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText | EncryptedJson):
                yield column.type.place, column


def _stored(column: Column[Any]) -> Any:
    """The column as it is stored, neither decrypted nor read as JSON."""
    return type_coerce(column, Text)


def _table(column: Column[Any]) -> tuple[Table, Column[Any]]:
    """The table of a column, and the column of its ids."""
    (ids,) = column.table.primary_key.columns
    return column.table, ids


def of_other_keys(
    session: Session, column: Column[Any], key: str, after: str, most: int
) -> list[tuple[str, str]]:
    """Ids and stored values that are not encrypted with this key, by id from `after` on."""
    _, ids = _table(column)
    stored = _stored(column)
    statement = (
        select(ids, stored)
        .where(ids > after, column.is_not(None), not_(stored.startswith(f"{SEALED}{key}:")))
        .order_by(ids)
        .limit(most)
    )
    return [(row_id, value) for row_id, value in session.execute(statement)]


def replace(session: Session, column: Column[Any], row_id: str, old: str, new: str) -> bool:
    """Put a stored value in the place of another; False when it is not there any more."""
    table, ids = _table(column)
    statement = (
        update(table)
        .where(ids == row_id, _stored(column) == old)
        .values({column: type_coerce(new, Text)})
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def of_none_of(session: Session, column: Column[Any], keys: list[str]) -> str | None:
    """An encrypted value that none of these keys has encrypted; None when there is none."""
    stored = _stored(column)
    known = [not_(stored.startswith(f"{SEALED}{key}:")) for key in keys]
    statement = select(stored).where(stored.startswith(SEALED), *known).limit(1)
    return cast("str | None", session.execute(statement).scalar())


def unsealed(session: Session, column: Column[Any]) -> bool:
    """Whether a value is there that is not encrypted."""
    statement = (
        select(column.is_not(None))
        .where(column.is_not(None), not_(_stored(column).startswith(SEALED)))
        .limit(1)
    )
    return session.execute(statement).first() is not None
