"""Encrypted columns: sealed where they are kept, plain to whoever has the keys."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from interview_coach.accounts.models import IdempotencyKey
from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer
from interview_coach.kit.crypto import Key, KeyRing, key_of
from interview_coach.kit.database import Database
from interview_coach.kit.encrypted import EncryptedJson, EncryptedText
from interview_coach.kit.errors import CoachError
from interview_coach.tables import metadata
from tests.support.stored import SECRET_WORDS, add_answer

OLD, NEW = Key("old", b"o" * 32), Key("new", b"n" * 32)


def _raw(database: Database, statement: str) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(text(statement)).one())


def test_words_of_a_candidate_are_sealed_and_come_back(any_database_url: str) -> None:
    database = Database(any_database_url, keys=KeyRing([NEW]))
    answer_id = add_answer(database)
    raw = _raw(database, "SELECT a.text, n.transcript, n.words, n.result, i.answer FROM answers a, "
               "analyses n, idempotency_keys i")  # fmt: skip
    assert [key_of(value) for value in raw] == ["new"] * 5
    with database.reading() as session:
        answer = session.get_one(Answer, answer_id)
        analysis = session.exec(select(Analysis)).one()
        kept = session.exec(select(IdempotencyKey)).one()
    assert answer.text == SECRET_WORDS
    assert analysis.transcript == SECRET_WORDS
    assert analysis.words == [{"text": SECRET_WORDS, "start": 0.5}]
    assert analysis.result == {"quotes": [SECRET_WORDS]}
    assert kept.answer == {"text": SECRET_WORDS}
    assert analysis.sound == {"loudness": -20.5}
    database.engine.dispose()


def test_nothing_stays_nothing(any_database_url: str) -> None:
    database = Database(any_database_url, keys=KeyRing([NEW]))
    add_answer(database, words=None)
    assert _raw(database, "SELECT words FROM analyses") == [None]
    with database.reading() as session:
        assert session.exec(select(Analysis)).one().words is None
    database.engine.dispose()


def test_what_was_written_before_is_read_as_it_is(any_database_url: str) -> None:
    database = Database(any_database_url, keys=KeyRing([NEW]))
    add_answer(database)
    with database.writing() as session:
        session.execute(text("UPDATE answers SET text = 'enc: my first words'"))
        session.execute(text("""UPDATE analyses SET words = '[{"a": 1}]', result = '{}'"""))
    with database.reading() as session:
        assert session.exec(select(Answer)).one().text == "enc: my first words"
        analysis = session.exec(select(Analysis)).one()
    assert (analysis.words, analysis.result) == ([{"a": 1}], {})
    database.engine.dispose()


def test_a_lost_key_is_told_and_a_kept_one_reads(any_database_url: str) -> None:
    first = Database(any_database_url, keys=KeyRing([OLD]))
    answer_id = add_answer(first)
    first.engine.dispose()
    with_both = Database(any_database_url, keys=KeyRing([NEW, OLD]))
    with with_both.reading() as session:
        assert session.get_one(Answer, answer_id).text == SECRET_WORDS
    with_both.engine.dispose()
    without = Database(any_database_url, keys=KeyRing([NEW]))
    with pytest.raises(CoachError) as refused, without.reading() as session:
        session.get(Answer, answer_id)
    assert refused.value.code == "key_missing"
    without.engine.dispose()


def test_a_database_without_keys_writes_nothing_in_the_clear(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises((StatementError, RuntimeError), match="without keys"):
        add_answer(database)
    database.engine.dispose()


def test_encrypted_columns_cannot_be_searched_in_sql() -> None:
    column = col(Answer.text)
    for ask in (lambda: column == "a", lambda: column.icontains("a"), column.desc):
        with pytest.raises(TypeError, match="encrypted"):
            ask()
    assert "IS NOT NULL" in str(column.is_not(None))


def test_every_place_names_its_own_column() -> None:
    """A value is bound to the place its type names; two columns of one name could be swapped."""
    sealed = {
        f"{table.name}.{column.name}": column.type.place
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, EncryptedText | EncryptedJson)
    }
    assert len(sealed) >= 5
    assert all(name == place for name, place in sealed.items())
