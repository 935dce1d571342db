"""The words of answers to each question, and the regression on them."""

from __future__ import annotations

import random

from bench.fit_words import (
    MOST_STEMS,
    MOST_TENTHS,
    Pair,
    fallen,
    mark,
    profiles,
    regression,
    table,
)
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import Question
from interview_coach.scoring.fit import WORDS_FILE, Measures, beside_bank, read_words

BANK = load_bank()
FIRST, SECOND = BANK[0], BANK[1]


def _said(text: str, *words: str) -> tuple[str, frozenset[str]]:
    return text, frozenset(words)


ANSWERS = [
    *[_said(FIRST.text, "anchor", "rope", "work")] * 4,
    *[_said(SECOND.text, "oven", "flour", "work")] * 4,
    _said(FIRST.text, "oven", "rope"),
]


def test_a_stem_tells_more_the_more_it_is_of_one_question() -> None:
    found = profiles(ANSWERS, {})
    assert set(found) == {FIRST.text, SECOND.text}
    first = found[FIRST.text]
    assert set(first) == {"anchor", "rope", "work"}  # "oven" stands in one of its answers
    assert first["anchor"] == first["rope"] > first["work"] > 0
    assert max(first.values()) <= MOST_TENTHS


def test_the_words_of_the_key_points_count_as_if_some_answers_had_them() -> None:
    plain = profiles(ANSWERS, {})[FIRST.text]
    found = profiles(ANSWERS, {FIRST.text: frozenset({"oven", "anchor", "unheard"})})[FIRST.text]
    assert set(found) == {"anchor", "rope", "work", "oven"}  # in no answer at all: nothing to tell
    assert found["anchor"] > plain["anchor"] > found["oven"] > 0
    assert found["rope"] == plain["rope"]


def test_what_was_counted_is_read_again_and_tells_answers_apart() -> None:
    words = read_words(table(profiles(ANSWERS, {})))
    asked = Question(FIRST.type, FIRST.text, ())
    own, other = frozenset({"anchor", "rope"}), frozenset({"oven", "flour", "rope"})
    assert beside_bank(own, asked, words).margin == 0
    margin = beside_bank(other, asked, words).margin
    assert margin is not None
    assert margin < 0
    assert beside_bank(frozenset({"nothing"}), asked, words).margin is None
    assert beside_bank(own, Question("hr", "Why us?", ()), words).margin is None


def test_the_words_in_use_are_of_the_questions_of_the_bank() -> None:
    first, *rest = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    assert first == mark(), "run python -m bench.fit_words"
    lines = [line.split("\t") for line in rest]
    known = {text for _, text, *_ in lines}
    assert len(known) == len(lines) >= 397  # a new question may have no answers yet
    assert [(kind, text) for kind, text, *_ in lines] == [
        (entry.type, entry.text) for entry in BANK if entry.text in known
    ]
    for _, _, *groups in lines:
        tenths = [int(group.split(" ")[0]) for group in groups]
        assert tenths == sorted(tenths, reverse=True)
        assert tenths[0] <= MOST_TENTHS
        assert 20 <= sum(group.count(" ") for group in groups) <= MOST_STEMS


def test_the_regression_finds_what_tells_own_questions_and_keeps_to_the_share_lost() -> None:
    chance = random.Random(3)
    pairs = [
        Pair("engineers-1", own, True, Measures(
            subject=chance.gauss(2 if own else 0, 1), points=0.0, margin=chance.gauss(0, 1),
            kind=0.0, closeness=0.0,
        ))
        for own in [True, False] * 1000
    ]  # fmt: skip
    weights = regression(pairs, ["subject", "margin"], 0.02)
    # Two normal curves of one width, two widths apart.
    assert abs(weights.subject - 2.0) < 0.3
    assert abs(weights.margin) < 0.2
    under = fallen(pairs, [weights])
    assert 0.01 < under["engineers-1"] < 0.03
    assert under["others alike"] > 0.3
