"""Columns that are encrypted where they are kept. The keys come with the database's engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import ColumnElement, Dialect, Engine, String, Text
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from interview_coach.kit.crypto import KeyRing


def give_keys(engine: Engine, keys: KeyRing | None) -> None:
    """Let the encrypted columns of this engine use these keys."""
    engine.dialect.coach_keys = keys  # type: ignore[attr-defined]


def _keys(dialect: Dialect) -> KeyRing:
    keys = cast("KeyRing | None", getattr(dialect, "coach_keys", None))
    if keys is None:
        # Writing in the clear instead would be found out years later.
        raise RuntimeError("this database was opened without keys")
    return keys


class _NotSearchable(TypeDecorator.Comparator[Any]):
    """Whoever looks for words in SQL would look through ciphertext and find nothing."""

    def operate(self, op: Callable[..., Any], *other: Any, **options: Any) -> Any:
        """Only whether there is a value can be asked."""
        # SQLAlchemy itself looks for a column in a list of columns.
        is_its_own = op is operators.eq and isinstance(other[0], ColumnElement)
        if op not in (operators.is_, operators.is_not) and not is_its_own:
            raise TypeError("an encrypted column cannot be compared or sorted in SQL")
        return super().operate(op, *other, **options)


class _TextDeclaredJson(UserDefinedType[str]):
    """Text in a column that SQLite knows as JSON, which to SQLite is only a name.

    Declaring it anew would copy the table, and dropping the old one deletes what refers to it.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """As the column was declared."""
        return "JSON"


class EncryptedText(TypeDecorator[str]):
    """Text that is encrypted. place: `table.column`; a value moved elsewhere does not open.

    declared: the length the column once had. SQLite keeps it as a name and stores any length.
    """

    impl = Text
    cache_ok = True
    comparator_factory = _NotSearchable

    def __init__(self, place: str, declared: int | None = None) -> None:
        super().__init__()
        self.place = place
        self.declared = declared

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text; SQLite keeps the length the column was declared with."""
        keeps = dialect.name == "sqlite" and self.declared is not None
        return dialect.type_descriptor(String(self.declared) if keeps else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt with the first key."""
        return None if value is None else _keys(dialect).seal(value, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt; what was written before there was encryption comes back as it is."""
        return None if value is None else _keys(dialect).open(value, self.place)


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value, encrypted. place: as for EncryptedText."""

    impl = Text
    cache_ok = True
    comparator_factory = _NotSearchable

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text; SQLite keeps the name the column has had."""
        declared = _TextDeclaredJson() if dialect.name == "sqlite" else Text()
        return dialect.type_descriptor(declared)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Encrypt with the first key; ValueError for numbers JSON does not have."""
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return _keys(dialect).seal(text, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decrypt; what was written before there was encryption comes back as it is."""
        return None if value is None else json.loads(_keys(dialect).open(value, self.place))
