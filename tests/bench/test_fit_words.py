"""The words of answers to each question, and the regression on them."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bench.fit_words import (
    LEAST_ANSWERS,
    Pair,
    fallen,
    mark,
    regression,
    same_hand,
    table,
    told_answers,
    write,
)
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import Question
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.fit import Measures
from interview_coach.scoring.fit_bank import (
    EXPLAINED,
    ROW_LENGTH,
    WORDS_FILE,
    FitWords,
    beside_bank,
    fit_words,
    read_words,
    words_in_order,
)

BANK = load_bank()
STORIES = [entry for entry in BANK if entry.type not in EXPLAINED][:4]
FIRST, SECOND = STORIES[:2]
ASKED = Question(FIRST.type, FIRST.text, ())
SAID = [
    Counter(("anchor", "rope", "anchor rope", "work")),
    Counter(("oven", "flour", "work")),
    Counter(("tram", "driver", "work")),
    Counter(("court", "judge", "work")),
]
ANSWERS = [
    (entry.text, said)
    for entry, said in zip(STORIES, SAID, strict=True)
    for _ in range(LEAST_ANSWERS)
]


def _table(tmp_path: Path, subjects: dict[str, Counter[str]]) -> FitWords:
    file = tmp_path / "words.npz"
    write(table(ANSWERS, subjects), file)
    return read_words(file)


def _weight(words: FitWords, word: str, question: str) -> int:
    place = words.place[word]
    entries = slice(words.starts[place], words.starts[place + 1])
    found = dict(zip(words.rows[entries].tolist(), words.weights[entries].tolist(), strict=True))
    return found.get(words.questions[question], 0)


def test_a_word_weighs_more_the_fewer_answers_have_it(tmp_path: Path) -> None:
    words = _table(tmp_path, {})
    assert set(words.questions) == {entry.text for entry in STORIES}
    anchor, pair, work = (_weight(words, each, FIRST.text) for each in ("anchor", "anchor rope",
                                                                       "work"))  # fmt: skip
    assert anchor == pair > work > 0
    assert 3 * anchor**2 + work**2 == pytest.approx(ROW_LENGTH**2, rel=0.01)
    assert _weight(words, "oven", FIRST.text) == 0


def test_the_words_of_the_key_points_count_a_little_as_if_they_were_said(tmp_path: Path) -> None:
    words = _table(tmp_path, {FIRST.text: Counter(("oven", "anchor", "unheard"))})
    assert "unheard" not in words.place  # in no answer at all: nothing to tell
    assert _weight(words, "anchor", FIRST.text) > _weight(words, "oven", FIRST.text) > 0


def test_what_was_counted_is_read_again_and_tells_answers_apart(tmp_path: Path) -> None:
    words = _table(tmp_path, {})
    own = beside_bank(Counter(("anchor", "rope", "oven")), ASKED, words)
    assert own.margin == 0
    assert own.standing > 1
    other = beside_bank(Counter(("oven", "flour", "rope", "work")), ASKED, words)
    assert other.margin is not None
    assert other.margin < -10
    assert other.standing < own.standing
    assert other.nearer == SECOND.text
    assert beside_bank(Counter(("nothing",)), ASKED, words).margin is None
    assert beside_bank(Counter(("anchor",)), Question("hr", "Why us?", ()), words).margin is None


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.npz", "two.npz")]
    for file in files:
        write(table(ANSWERS, {}), file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_words_and_neighbours_are_counted_without_what_was_copied_or_said_before() -> None:
    told = "We moved the old depot in May. We moved the old depot in May. It took forty two days."
    found = words_in_order(read_answer(told, ASKED))
    assert found["old depot"] == found["depot"] == 1
    assert found["#"] == 1
    assert found["# dai"] + found["# day"] == 1
    assert all(" " not in each or len(each.split(" ")) == 2 for each in found)
    copied = words_in_order(read_answer(f"{FIRST.text} {told}", ASKED))
    assert copied == found


def test_the_words_in_use_are_of_the_questions_of_the_bank() -> None:
    with np.load(WORDS_FILE, allow_pickle=False) as stored:
        assert stored["mark"].tobytes().decode() == mark(), "run python -m bench.fit_words"
    words = fit_words()
    known = {entry.text: entry for entry in BANK if entry.text in words.questions}
    assert len(known) == len(words.texts) >= 397  # a new question may have no answers yet
    assert list(known) == list(words.texts)
    kinds = [entry.type in EXPLAINED for entry in known.values()]
    assert words.explained.tolist() == kinds
    assert len(words.place) == len(words.rarity) == len(words.starts) - 1
    assert words.starts[-1] == len(words.rows) == len(words.weights)
    assert words.weights.min() > 0
    squares = np.bincount(words.rows, words.weights.astype(np.int64) ** 2)
    # What is under half a thousandth is left out.
    assert np.sqrt(squares) == pytest.approx(np.full(len(known), ROW_LENGTH), rel=0.02)


def test_what_one_hand_wrote_in_two_files_is_left_out_together() -> None:
    hands = {answer.by for answer in told_answers() if answer.by}
    assert {by for by in hands if same_hand(by, "engineers-c")} == {"engineers-c", "others-c"}
    # The hands of graded answers are told by a number.
    assert not any(same_hand(by, number) for by in hands for number in "12345678")


def test_the_regression_finds_what_tells_own_questions_and_keeps_to_the_share_lost() -> None:
    chance = random.Random(3)
    pairs = [
        Pair("engineers-a", own, True, None, Measures(
            subject=chance.gauss(2 if own else 0, 1), points=0.0, margin=chance.gauss(0, 1),
            standing=0.0, kind=0.0, closeness=0.0,
        ))
        for own in [True, False] * 1000
    ]  # fmt: skip
    weights = regression(pairs, ["subject", "margin"], 0.02)
    # Two normal curves of one width, two widths apart.
    assert abs(weights.subject - 2.0) < 0.3
    assert abs(weights.margin) < 0.2
    under = fallen(pairs, [weights])
    assert 0.01 < under["engineers-a"] < 0.03
    assert under["others alike"] > 0.3
