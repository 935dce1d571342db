"""One unit of work: commits once, drops everything on an error, keeps times aware."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from interview_coach.accounts import repository
from interview_coach.accounts.models import User
from interview_coach.interviews import repository as interviews
from interview_coach.interviews.models import Interview
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, make_engine, run_after_commit


def _user(email: str = "a@example.org", **fields: object) -> User:
    return User(email=email, full_name="A", password_hash="x", **fields)


def test_a_unit_of_work_commits_and_then_runs_what_waits_for_it(any_database_url: str) -> None:
    database = Database(any_database_url)
    ran: list[str] = []
    with database.writing() as session:
        repository.add_user(session, _user())
        run_after_commit(session, lambda: ran.append("after"))
        assert ran == []
    assert ran == ["after"]
    with database.reading() as session:
        found = repository.user_by_email(session, "a@example.org")
    assert found is not None
    assert found.full_name == "A"
    database.engine.dispose()


def test_an_error_leaves_no_row_and_drops_what_waited(any_database_url: str) -> None:
    database = Database(any_database_url)
    ran: list[str] = []

    def fail() -> None:
        with database.writing() as session:
            repository.add_user(session, _user())
            run_after_commit(session, lambda: ran.append("after"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as session:
        assert repository.user_by_email(session, "a@example.org") is None
    assert ran == []
    database.engine.dispose()


def test_times_come_back_aware_and_in_utc(any_database_url: str) -> None:
    database = Database(any_database_url)
    moment = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with database.writing() as session:
        repository.add_user(session, _user(created_at=moment))
    with database.reading() as session:
        found = repository.user_by_email(session, "a@example.org")
    assert found is not None
    assert found.created_at == moment
    assert found.created_at.tzinfo == UTC
    database.engine.dispose()


def test_a_naive_time_is_refused(database_url: str) -> None:
    database = Database(database_url)

    def write() -> None:
        with database.writing() as session:
            repository.add_user(session, _user(created_at=datetime(2026, 1, 1)))  # noqa: DTZ001

    with pytest.raises(StatementError):
        write()
    database.engine.dispose()


def test_foreign_keys_hold(any_database_url: str) -> None:
    database = Database(any_database_url)

    def write() -> None:
        with database.writing() as session:
            interviews.add(session, Interview(user_id="nobody", type="hr"))

    with pytest.raises(IntegrityError):
        write()
    database.engine.dispose()


def test_checks_hold(any_database_url: str) -> None:
    database = Database(any_database_url)

    def write() -> None:
        with database.writing() as session:
            user = _user()
            repository.add_user(session, user)
            interviews.add(session, Interview(user_id=user.id, type="hr", status="asleep"))

    with pytest.raises(IntegrityError):
        write()
    database.engine.dispose()


def test_a_reader_does_not_wait_for_a_writer(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as writing:
        repository.add_user(writing, _user())
        with database.reading() as reading:
            assert repository.user_by_email(reading, "a@example.org") is None
    database.engine.dispose()


def test_sqlite_is_set_up_for_many_processes(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 15000
    database.engine.dispose()


def test_the_clock_is_aware() -> None:
    assert now().tzinfo == UTC


def test_a_new_file_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    for number in range(25):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        together = Barrier(8)

        def open_and_write(_: int, url: str = url, together: Barrier = together) -> None:
            engine = make_engine(url)
            together.wait()
            with engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS seen (one INTEGER)")
                connection.exec_driver_sql("INSERT INTO seen VALUES (1)")
            engine.dispose()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(open_and_write, range(8)))
        engine = make_engine(url)
        with engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM seen").scalar()
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        engine.dispose()
        assert (count, mode) == (8, "wal")
