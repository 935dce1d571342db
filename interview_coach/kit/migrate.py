"""Brings a database to the newest schema, once, however many processes start together."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from alembic import command
from interview_coach.kit.database import make_engine

_PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
_ADVISORY_LOCK = 7_241_983


def _config() -> Config:
    return Config(str(_PROJECT_DIR / "alembic.ini"))


def newest_revision() -> str:
    """The revision the code expects."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("there are no migrations")
    return head


def current_revision(url: str) -> str | None:
    """The revision the database has, None when it has none."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return _current(connection)
    finally:
        engine.dispose()


def upgrade(url: str) -> bool:
    """Run the migrations that are missing; True when there were any."""
    engine = make_engine(url)
    head = newest_revision()
    try:
        with engine.connect() as connection:
            if _current(connection) == head:
                return False
        # BEGIN IMMEDIATE on SQLite and the advisory lock on PostgreSQL let one process through.
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            if _current(connection) == head:
                return False
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return True
    finally:
        engine.dispose()


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
