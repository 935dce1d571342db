"""Syllables of common words, checked by hand."""

from __future__ import annotations

import pytest

from interview_coach.speech.syllables import count_syllables

TRUTH = {
    1: "cat dog cause led through strength team work shipped changed moved launched code walked "
    "fixed built asked queue whole style rule smile world due",
    2: "project table handle people problem manage system release payment software deadline into "
    "about simple middle little trouble broken better happen schedule reduce conflict teammate "
    "layer started added being business clients science pages boxes value issue rescued argue",
    3: "customer engineer deliver important decision production manager procedure several reported "
    "decided collected following recover solution example principle considered idea area company "
    "improvement video database created services quality actual",
    4: "situation responsible information technology application experience automation reality",
    5: "organization communication opportunity university investigation communicated",
    6: "responsibility prioritization",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, row in TRUTH.items() for word in row.split()]
)
def test_common_words(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_marks_and_case_change_nothing() -> None:
    assert count_syllables("Customer,") == count_syllables("customer") == 3
    assert count_syllables("...") == 0


def test_numbers_are_read_aloud() -> None:
    assert count_syllables("42") == 3
    assert count_syllables("7") == 2
