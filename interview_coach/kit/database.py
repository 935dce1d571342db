"""The database: engine, column types and the one unit of work that commits."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from interview_coach.kit.crypto import KeyRing
from interview_coach.kit.encrypted import give_keys

# Stable constraint names, so that one set of migrations serves SQLite and PostgreSQL.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

JsonColumn = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_AFTER_COMMIT = "coach_after_commit"
_OUTBOX = "coach_outbox"
_BUSY_TIMEOUT_MS = 15_000
_SWITCH_AGAIN_SECONDS = 0.01


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC on every engine; SQLite alone would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes and turn the others into UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime was given; the database keeps aware ones")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _turn_on_wal(cursor: Any) -> None:
    """Write ahead from now on. While another process opens the same new file, SQLite refuses the
    switch at once, whatever the busy timeout says: then it is tried again."""
    end = time.monotonic() + _BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_SWITCH_AGAIN_SECONDS)
        else:
            return


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # The driver's own transaction control would begin too late and never for reads.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        _turn_on_wal(cursor)
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        # A writer takes the lock at once: a reader that turns writer half-way cannot wait
        # for the lock in SQLite, it fails.
        reading = connection.get_execution_options().get("coach_reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///file` (WAL, foreign keys, busy timeout) or `postgresql://...`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_size=20, max_overflow=20, hide_parameters=True)
        _prepare_sqlite(engine)
        return engine
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg2")
    return create_engine(
        parsed,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        # What a candidate has said must not reach a log by way of an error.
        hide_parameters=True,
        connect_args={"options": "-c timezone=utc -c lock_timeout=10000", "connect_timeout": 10},
    )


def run_after_commit(session: Session, call: Callable[[], None]) -> None:
    """Run `call` once the unit of work has committed; a rollback drops it."""
    session.info.setdefault(_AFTER_COMMIT, []).append(call)


def outbox_of(session: Session) -> Callable[[str], None] | None:
    """What wakes a queue for a job id after the commit; None where no queue is connected."""
    wake: Callable[[str], None] | None = session.info.get(_OUTBOX)
    return wake


class Database:
    """An engine and the units of work on it.

    outbox: called with the id of each job a unit of work has queued, after its commit.
    keys: what encrypts; without them encrypted columns can be neither written nor read.
    """

    def __init__(
        self,
        url: str,
        outbox: Callable[[str], None] | None = None,
        keys: KeyRing | None = None,
    ) -> None:
        self.engine = make_engine(url)
        give_keys(self.engine, keys)
        self.outbox = outbox

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One unit of work: commits at the end, rolls back when anything is raised.

        What was handed to `run_after_commit` runs after the commit, in order.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            session.info[_OUTBOX] = self.outbox
            with session.begin():
                yield session
            for call in session.info.pop(_AFTER_COMMIT, []):
                call()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; on SQLite it does not wait for writers."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            session.connection(execution_options={"coach_reading": True})
            yield session
            # What was read stays readable after the end; a rollback would expire it.
            session.expunge_all()

    def dispose(self) -> None:
        """Close all connections; a forked process calls this first."""
        self.engine.dispose(close=False)
