"""The day of a moment in UTC, in the database's own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class utc_day(FunctionElement[str]):  # noqa: N801 - named as SQL functions are
    """`utc_day(column)`: such as 2027-01-31, whatever zone the connection is in."""

    inherit_cache = True
    type = String()
    name = "utc_day"


@compiles(utc_day, "sqlite")
def _sqlite(element: utc_day, compiler: Any, **more: Any) -> str:
    # Moments are kept there in UTC, as text.
    return f"date({compiler.process(element.clauses, **more)})"


@compiles(utc_day, "postgresql")
def _postgresql(element: utc_day, compiler: Any, **more: Any) -> str:
    inner = compiler.process(element.clauses, **more)
    return f"to_char(timezone('UTC', {inner}), 'YYYY-MM-DD')"


def day_of(value: str) -> date:
    """The day that `utc_day` has given."""
    return date.fromisoformat(value)
