"""Loading the bank: twice changes nothing, and an edit leaves the interviews of before alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import select

from interview_coach.interviews.models import InterviewQuestion
from interview_coach.questions import seeding
from interview_coach.questions.bank import DATA_FOLDER, LOADER
from interview_coach.questions.models import Question
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import new_interview


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bank's files, to be edited."""
    return Path(shutil.copytree(DATA_FOLDER, tmp_path / "bank"))


def seeded(house: Runtime, folder: Path) -> tuple[int, int, int]:
    with house.database.writing() as session:
        result = seeding.seed(session, folder)
    return result.added, result.changed, result.retired


def edit(folder: Path, name: str, **changes: Any) -> None:
    """Changes a question in its file; with `id=None` it is taken out."""
    for path in folder.glob("*/*.yaml"):
        items = yaml.load(path.read_text(encoding="utf-8"), LOADER)
        for item in items:
            if item.get("id") == name:
                item.update(changes)
        kept = [item for item in items if item.get("id", "") is not None]
        path.write_text(yaml.safe_dump(kept), encoding="utf-8")


def rows(house: Runtime) -> dict[str, tuple[str, int, bool]]:
    with house.database.reading() as session:
        found = session.exec(select(Question)).all()
        return {row.id: (row.text, row.revision, row.is_active) for row in found}


def test_twice_changes_nothing(any_house: Runtime, folder: Path) -> None:
    before = rows(any_house)

    assert seeded(any_house, folder) == (0, 0, 0)
    assert seeded(any_house, folder) == (0, 0, 0)
    assert rows(any_house) == before


def test_an_edit_makes_a_revision_and_old_interviews_keep_what_they_asked(
    house: Runtime, api: Api, folder: Path
) -> None:
    interview = new_interview(api)
    with house.database.reading() as session:
        asked = session.exec(select(InterviewQuestion)).first()
        assert asked is not None
        name, text, content = asked.question_id, asked.text, dict(asked.content)
    revision = rows(house)[name][1]

    new = "Tell me about a parcel that went missing and how you found it."
    edit(folder, name, text=new, tips=["Say when you noticed it.", "End with its arrival."])

    assert seeded(house, folder) == (0, 1, 0)
    assert seeded(house, folder) == (0, 0, 0)
    assert rows(house)[name] == (new, revision + 1, True)
    with house.database.reading() as session:
        kept = session.exec(
            select(InterviewQuestion).where(InterviewQuestion.question_id == name)
        ).one()
        assert (kept.text, kept.content) == (text, content)
    shown = api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert text in [question["text"] for question in shown["questions"]]


def test_a_question_gone_from_the_files_rests_until_it_is_put_back(
    house: Runtime, folder: Path
) -> None:
    name = min(rows(house))
    text, revision, _ = rows(house)[name]
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)

    edit(folder, name, id=None)

    assert seeded(house, folder) == (0, 0, 1)
    assert rows(house)[name] == (text, revision, False)
    assert seeded(house, whole)[2] == 0
    assert rows(house)[name][0] == text
    assert rows(house)[name][2] is True
