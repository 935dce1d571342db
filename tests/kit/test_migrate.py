"""The migrations: one head, up and down and up again, the same schema as the models."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import col, select

from alembic import command
from interview_coach.feedback.models import Analysis
from interview_coach.kit.crypto import Key, KeyRing
from interview_coach.kit.database import Database, make_engine
from interview_coach.kit.migrate import current_revision, newest_revision, upgrade
from interview_coach.tables import metadata
from tests.support.databases import Databases
from tests.support.stored import SECRET_WORDS, add_answer

PROJECT = Path(__file__).resolve().parent.parent.parent
OWNED = {"sessions", "interviews", "answers", "recordings", "analyses", "outbox_jobs"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(
    request: pytest.FixtureRequest, tmp_path: Path, databases: Databases
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        yield databases.empty_postgres()


def _run(url: str, step: str, revision: str) -> None:
    config = Config(str(PROJECT / "alembic.ini"))
    engine = make_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, step)(config, revision)
    engine.dispose()


def test_up_down_up(empty_url: str) -> None:
    assert upgrade(empty_url) is True
    assert current_revision(empty_url) == newest_revision()
    _run(empty_url, "downgrade", "base")
    assert current_revision(empty_url) is None
    assert upgrade(empty_url) is True
    assert upgrade(empty_url) is False


def test_the_migrations_make_what_the_models_say(any_database_url: str) -> None:
    engine = make_engine(any_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_rows_outlive_the_way_down_and_up(any_database_url: str) -> None:
    database = Database(any_database_url, keys=KeyRing([Key("k", b"k" * 32)]))
    add_answer(database)
    add_answer(database)
    plain = """[{"start": 0.5}]"""
    with database.writing() as session:
        newest = "(SELECT max(id) FROM analyses)"
        session.execute(text(f"UPDATE analyses SET words = '{plain}' WHERE id = {newest}"))
    database.engine.dispose()
    _run(any_database_url, "downgrade", "0002")
    _run(any_database_url, "upgrade", "head")
    with database.reading() as session:
        rows = session.exec(select(Analysis).order_by(col(Analysis.id))).all()
        counted = {
            table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("users", "interviews", "answers", "analyses", "idempotency_keys")
        }
    assert set(counted.values()) == {2}
    assert [row.words for row in rows] == [[{"text": SECRET_WORDS, "start": 0.5}], [{"start": 0.5}]]
    assert [row.result for row in rows] == [{"quotes": [SECRET_WORDS]}] * 2
    database.engine.dispose()


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(Config(str(PROJECT / "alembic.ini")))
    assert len(script.get_heads()) == 1


def test_every_owner_and_time_of_creation_is_indexed(database_url: str) -> None:
    engine = make_engine(database_url)
    inspector = inspect(engine)
    for table in OWNED:
        first = {next(iter(index["column_names"])) for index in inspector.get_indexes(table)}
        assert "user_id" in first, table
        assert "created_at" in first, table
    engine.dispose()


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(upgrade, [empty_url] * 4))
    assert done.count(True) == 1
    assert current_revision(empty_url) == newest_revision()
