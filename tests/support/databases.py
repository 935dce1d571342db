"""Fresh databases: the migrations run once an engine, each test gets a copy."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from interview_coach.runtime import Runtime

_TEMPLATE = "coach_template"


class Databases:
    """Makes copies of a migrated database, on SQLite or PostgreSQL."""

    def __init__(self, folder: Path, postgres: str | None, prepare: Callable[[str], None]) -> None:
        self._folder = folder
        self._postgres = postgres
        self._prepare = prepare
        self._numbers = itertools.count()
        self._ready: set[str] = set()

    @contextmanager
    def fresh(self, engine: str) -> Iterator[str]:
        """The URL of a database of its own; dropped afterwards. Skips without PostgreSQL."""
        if engine == "sqlite":
            yield self._fresh_sqlite()
            return
        if self._postgres is None:
            pytest.skip("PostgreSQL is not installed on this machine")
        name = f"coach_{next(self._numbers)}"
        if engine not in self._ready:
            self._admin(f"CREATE DATABASE {_TEMPLATE}")
            self._prepare(self._url(_TEMPLATE))
            self._ready.add(engine)
        self._admin(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        yield self._url(name)
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def empty_postgres(self) -> str:
        """The URL of an empty PostgreSQL database. Skips without PostgreSQL."""
        if self._postgres is None:
            pytest.skip("PostgreSQL is not installed on this machine")
        name = f"coach_empty_{next(self._numbers)}"
        self._admin(f"CREATE DATABASE {name}")
        return self._url(name)

    def _fresh_sqlite(self) -> str:
        template = self._folder / "template.db"
        if not template.exists():
            self._prepare(f"sqlite:///{template}")
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    def _url(self, name: str) -> str:
        return make_url(str(self._postgres)).set(database=name).render_as_string(False)

    def _admin(self, statement: str) -> None:
        engine = create_engine(
            make_url(str(self._postgres)).set(drivername="postgresql+psycopg2"),
            isolation_level="AUTOCOMMIT",
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def statements(house: Runtime) -> Iterator[list[str]]:
    """What the database is asked while the block runs, in order and without values."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
