"""Seeding: twice is once, files win over files, and what was edited here is never undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import select

from interview_coach.kit.database import Database
from interview_coach.questions import editing, repository, seeding
from interview_coach.questions.admin_schemas import QuestionEdit
from interview_coach.questions.bank import DATA_FOLDER, LOADER, load_bank
from interview_coach.questions.models import Question, QuestionVersion
from interview_coach.questions.schemas import SeedResult

KEY = "behavioral-tight-deadline"
ADMIN = "01aaaaaaaaaaaaaaaaaaaaaaaa"


@pytest.fixture
def database(any_database_url: str) -> Database:
    """A database that was seeded with the bundled bank."""
    return Database(any_database_url)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the data files that a test may change."""
    return Path(shutil.copytree(DATA_FOLDER, tmp_path / "bank"))


def _change(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Change (or with None take out) the question KEY in the data files."""
    for path in folder.rglob("*.yaml"):
        items = yaml.load(path.read_text(encoding="utf-8"), LOADER)
        if any(isinstance(item, dict) and item.get("id") == KEY for item in items):
            kept = [change(item) if item.get("id") == KEY else item for item in items]
            path.write_text(yaml.safe_dump([item for item in kept if item is not None]))
            return
    raise AssertionError(f"{KEY} is in no file")


def _harder(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "difficulty": "hard", "time_guide_seconds": item["time_guide_seconds"] + 30}


def _seed(database: Database, folder: Path | None = None) -> SeedResult:
    with database.writing() as session:
        return seeding.seed(session, folder)


def _row(database: Database) -> Question:
    with database.reading() as session:
        row = session.exec(select(Question).where(Question.id == KEY)).one()
        session.expunge(row)
        return row


def _versions(database: Database) -> list[tuple[int, str]]:
    with database.reading() as session:
        rows = session.exec(select(QuestionVersion).where(QuestionVersion.question_id == KEY))
        return sorted((row.revision, row.source) for row in rows)


def _edit(database: Database, **changes: Any) -> None:
    with database.writing() as session:
        entry = editing.entry(session, KEY)
        given = QuestionEdit.model_validate(
            {**entry.model_dump(include=set(QuestionEdit.model_fields)), **changes}
        )
        editing.publish(session, KEY, given, actor=ADMIN)


def test_twice_is_once(database: Database) -> None:
    total = len(load_bank())
    again = _seed(database)
    assert (again.added, again.changed, again.retired, again.kept) == (0, 0, 0, [])
    assert again.total == total
    with database.reading() as session:
        rows = session.exec(select(QuestionVersion)).all()
    assert len(rows) == total
    assert {(row.revision, row.source) for row in rows} == {(1, "file")}


def test_a_changed_file_makes_a_new_version(database: Database, files: Path) -> None:
    _change(files, _harder)
    result = _seed(database, files)
    assert (result.changed, result.kept) == (1, [])
    row = _row(database)
    assert (row.revision, row.difficulty, row.origin) == (2, "hard", "file")
    assert _versions(database) == [(1, "file"), (2, "file")]
    assert _seed(database, files).changed == 0


def test_gone_from_the_files_is_retired_and_back_is_asked_again(
    database: Database, files: Path
) -> None:
    _change(files, lambda _item: None)
    assert _seed(database, files).retired == 1
    assert (_row(database).is_active, _row(database).retired_by) == (False, "file")
    assert _seed(database, files).retired == 0
    _seed(database)
    assert (_row(database).is_active, _row(database).retired_by) == (True, None)
    assert _versions(database) == [(1, "file")]


def test_an_edit_is_kept_and_a_newer_file_is_told(database: Database, files: Path) -> None:
    _edit(database, time_guide_seconds=77, tips=["Say what you left out.", "Give the date."])
    assert _seed(database).kept == []  # the files say what they said
    assert _row(database).time_guide_seconds == 77
    _change(files, _harder)
    for _again in range(2):
        result = _seed(database, files)
        assert (result.changed, result.kept) == (0, [KEY])
    row = _row(database)
    assert (row.revision, row.time_guide_seconds, row.origin) == (2, 77, "admin")
    assert _versions(database) == [(1, "file"), (2, "admin")]


def test_when_the_files_say_what_was_edited_it_is_theirs_again(
    database: Database, files: Path
) -> None:
    seconds = _row(database).time_guide_seconds + 30
    _edit(database, difficulty="hard", time_guide_seconds=seconds)
    _change(files, _harder)
    result = _seed(database, files)
    assert (result.changed, result.kept) == (0, [])
    assert (_row(database).origin, _row(database).revision) == ("file", 2)
    # And so the next change of the files is taken.
    _change(files, lambda item: {**item, "difficulty": "easy"})
    assert _seed(database, files).changed == 1


def test_an_edit_that_goes_from_the_files_stays_and_is_told(
    database: Database, files: Path
) -> None:
    _edit(database, time_guide_seconds=77)
    _change(files, lambda _item: None)
    result = _seed(database, files)
    assert (result.retired, result.kept) == (0, [KEY])
    assert _row(database).is_active


def test_what_an_administrator_retired_stays_so(database: Database, files: Path) -> None:
    with database.writing() as session:
        editing.retire(session, KEY, actor=ADMIN)
    _seed(database)
    assert not _row(database).is_active
    _change(files, _harder)
    assert _seed(database, files).changed == 1
    row = _row(database)
    assert (row.is_active, row.retired_by, row.difficulty) == (False, "admin", "hard")
    assert _seed(database, files).changed == 0
    with database.writing() as session:
        editing.bring_back(session, KEY, actor=ADMIN)
    assert (_row(database).is_active, _row(database).origin) == (True, "file")


def test_what_was_brought_back_against_the_files_stays(database: Database, files: Path) -> None:
    _change(files, lambda _item: None)
    _seed(database, files)
    with database.writing() as session:
        editing.bring_back(session, KEY, actor=ADMIN)
    result = _seed(database, files)
    assert (result.retired, result.kept) == (0, [KEY])
    with database.reading() as session:
        assert repository.by_ids(session, [KEY])[KEY].is_active
