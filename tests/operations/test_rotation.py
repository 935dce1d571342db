"""Keys are changed while the system runs, and then the old one is needed no more."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from interview_coach.accounts.models import IdempotencyKey
from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer
from interview_coach.kit.errors import CoachError
from interview_coach.operations import encryption_repository as repository
from interview_coach.operations.rotation import Rotated, keys_in_use, rotate
from interview_coach.runtime import Runtime, open_runtime
from interview_coach.settings import load_settings
from tests.support.stored import SECRET_WORDS, add_answer

Open = Callable[..., Runtime]
NOTHING = Rotated(0, 0, 0)


def _silent(_line: str) -> None: ...


@pytest.fixture
def opened(any_house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the same system with other keys, named by one letter each."""
    houses: list[Runtime] = []

    def with_keys(*names: str) -> Runtime:
        keys = (f"{name}:{base64.b64encode(name.encode() * 32).decode()}" for name in names)
        monkeypatch.setenv("COACH_ENCRYPTION_KEYS", ",".join(keys))
        load_settings.cache_clear()
        houses.append(open_runtime(load_settings()))
        return houses[-1]

    yield with_keys
    for house in houses:
        house.database.engine.dispose()
        house.redis.close()


def _reads_everything(house: Runtime, key: str) -> None:
    with house.database.reading() as session:
        assert {row.text for row in session.exec(select(Answer))} == {SECRET_WORDS}
        analyses = session.exec(select(Analysis)).all()
        kept = session.exec(select(IdempotencyKey)).all()
    assert all(row.transcript == SECRET_WORDS for row in analyses)
    assert all(row.words == [{"text": SECRET_WORDS, "start": 0.5}] for row in analyses)
    assert all(row.result == {"quotes": [SECRET_WORDS]} for row in analyses)
    assert all(row.answer == {"text": SECRET_WORDS} for row in kept)
    assert house.storage.read(key) == b"sound" * 50_000


def test_after_a_rotation_the_old_key_is_needed_no_more(opened: Open) -> None:
    old = opened("a")
    for _ in range(3):
        add_answer(old.database)
    sound = old.storage.keep("recordings/user", [b"sound" * 50_000], 2**20).key
    both = opened("b", "a")
    _reads_everything(both, sound)
    assert keys_in_use(both).values == keys_in_use(both).objects == {"a"}
    with pytest.raises(CoachError, match="the key a"):
        _reads_everything(opened("b"), sound)
    said: list[str] = []
    assert rotate(both, said.append) == Rotated(21, 1, 0)
    assert "answers.text: 3 encrypted with b" in said
    new = opened("b")
    _reads_everything(new, sound)
    used = keys_in_use(new)
    assert used.values == used.objects == {"b"}
    assert used.missing == frozenset()


def test_again_it_does_nothing(opened: Open) -> None:
    house = opened("a")
    add_answer(house.database)
    house.storage.keep("recordings/user", [b"sound"], 100)
    assert rotate(house, _silent) == NOTHING


def test_what_was_never_encrypted_is(opened: Open, tmp_path: Path) -> None:
    house = opened("a")
    add_answer(house.database)
    with house.database.writing() as session:
        session.execute(text("UPDATE answers SET text = 'plain words'"))
        session.execute(text("UPDATE analyses SET words = '[1.5]'"))
    (tmp_path / "files" / "a").mkdir(parents=True)
    (tmp_path / "files" / "a" / "plain").write_bytes(b"sound")
    assert "what is not encrypted" in keys_in_use(house).values & keys_in_use(house).objects
    assert rotate(house, _silent) == Rotated(2, 1, 0)
    with house.database.reading() as session:
        assert session.exec(select(Answer)).one().text == "plain words"
        assert session.exec(select(Analysis)).one().words == [1.5]
    assert house.storage.read("a/plain") == b"sound"
    assert rotate(house, _silent) == NOTHING


def test_what_a_lost_key_holds_is_counted_and_left(opened: Open) -> None:
    old = opened("a")
    add_answer(old.database)
    old.storage.keep("recordings/user", [b"sound"], 100)
    without = opened("b")
    assert keys_in_use(without).missing == {"a"}
    assert rotate(without, _silent) == Rotated(0, 0, 8)
    assert rotate(opened("b", "a"), _silent) == Rotated(7, 1, 0)


def test_many_rows_go_in_steps(opened: Open) -> None:
    old = opened("a")
    add_answer(old.database)
    with old.database.writing() as session:
        row = session.exec(select(Analysis)).one()
        values = row.model_dump(exclude={"id", "version"})
        session.add_all(Analysis(**values, version=number) for number in range(2, 252))
    assert rotate(opened("b", "a"), _silent).values == 251 * 3 + 4


def test_a_newer_value_is_never_overwritten(opened: Open) -> None:
    house = opened("a")
    answer_id = add_answer(house.database)
    column = dict(repository.places())["answers.text"]
    with house.database.reading() as session:
        ((_, old),) = repository.of_other_keys(session, column, "b", "", 10)
    with house.database.writing() as session:
        session.get_one(Answer, answer_id).text = "corrected meanwhile"
    with house.database.writing() as session:
        assert repository.replace(session, column, answer_id, old, "older words") is False
    with house.database.reading() as session:
        assert session.get_one(Answer, answer_id).text == "corrected meanwhile"
