"""What must always hold of a score, over many made-up answers and chance changes to them.

The numbers are those of the list in the design. Here: fillers, silence, variants, hedges, odd
input, the same bytes. What concerns content is in `test_invariants_of_content`.
"""

from __future__ import annotations

import json
import random
import string
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.answer_topics import TOPICS
from tests.support.answers import (
    FILLERS,
    HEDGES,
    MadeAnswer,
    insert_words,
    timed,
    with_filler,
    with_silence,
)
from tests.support.scored import (
    ANSWERS,
    NAMES,
    TOLD,
    answers,
    assert_not_raised,
    chances,
    many,
    of_text,
    of_words,
    score_line,
    some,
    told,
)


@many
@given(told, chances, st.integers(1, 12))
def test_1_added_fillers_raise_no_score_of_a_typed_answer(
    answer: MadeAnswer, chance: random.Random, count: int
) -> None:
    filled = insert_words(chance, answer.text, FILLERS, count)
    assert_not_raised(of_text(answer), of_text(answer, filled), NAMES)


@many
@given(answers, chances, st.integers(1, 8))
def test_1_added_fillers_raise_no_score_of_a_spoken_answer(
    answer: MadeAnswer, chance: random.Random, count: int
) -> None:
    words = timed(answer.text, chance.randrange(1000))
    filled = words
    for _ in range(count):
        filled = with_filler(filled, chance.randrange(len(filled)), chance.choice(FILLERS))
    assert_not_raised(of_words(answer, words), of_words(answer, filled), NAMES)


@many
@given(answers, chances)
def test_1_a_filler_in_place_of_a_silence_raises_nothing(
    answer: MadeAnswer, chance: random.Random
) -> None:
    words = timed(answer.text, chance.randrange(1000))
    filled: list[dict[str, Any]] = []
    for left, right in pairwise(words):
        filled.append(left)
        if right["start"] - left["end"] > 0.3 and chance.random() < 0.3:
            span = {"start": left["end"] + 0.05, "end": right["start"] - 0.05}
            filled.append({"word": "um", "probability": 0.6, **span})
    filled.append(words[-1])
    assert_not_raised(of_words(answer, words), of_words(answer, filled), NAMES)


@many
@given(answers, chances, st.sampled_from([0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 8.0, 30.0]))
def test_2_added_silence_never_raises_fluency(
    answer: MadeAnswer, chance: random.Random, seconds: float
) -> None:
    words = timed(answer.text, chance.randrange(1000), pace=chance.choice([0.5, 0.8, 1.0, 1.4]))
    quiet = with_silence(words, chance.randrange(1, len(words)), seconds)
    assert_not_raised(of_words(answer, words), of_words(answer, quiet), ("fluency",))


@pytest.mark.parametrize("line", [{"words": []}, {"text": ""}, {"text": " ... "}])
def test_3_silence_gives_no_score_and_a_reason(line: dict[str, Any]) -> None:
    result = score_line({"question": TOPICS[0].question, "duration_seconds": 30.0, **line})
    assert set(result["scores"].values()) == {None}
    assert result["interval"] is None
    assert {row["score"] for row in result["not_scored"]} == set(NAMES)
    assert all(row["reason"] for row in result["not_scored"])


def _stripped(text: str) -> str:
    return text.translate(str.maketrans("", "", string.punctuation))


VARIANTS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "no punctuation": _stripped,
    "decomposed": lambda text: unicodedata.normalize("NFD", text.replace("o", "ó")),
    "composed": lambda text: unicodedata.normalize("NFC", text.replace("o", "ó")),
    "curly": lambda text: text.replace("'", "\u2019"),
    "dashes": lambda text: text.replace(", ", " \u2014 ").replace(". ", "! "),
    "ellipses": lambda text: text.replace(", ", "\u2026 "),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero width": lambda text: text.replace("e", "e\u200b"),
    "full width": lambda text: "".join(
        chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalpha() else sign for sign in text
    ),
}


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_13_case_punctuation_and_unicode_change_nothing(name: str) -> None:
    for answer in TOLD[:30]:
        plain, varied = of_text(answer), of_text(answer, VARIANTS[name](answer.text))
        assert varied["scores"] == plain["scores"], answer.text
        assert varied["interval"] == plain["interval"]


@some
@given(told, chances)
def test_13_spellings_of_a_hesitation_are_equal(answer: MadeAnswer, chance: random.Random) -> None:
    words = insert_words(chance, answer.text, ["um"], 4).split()
    spelt = [chance.choice(["Umm,", "UM", "um...", "uhm", "ummm"]) if word == "um" else word
             for word in words]  # fmt: skip
    plain, varied = timed(" ".join(words), 3), timed(" ".join(words), 3)
    for word, spelling in zip(varied, spelt, strict=True):
        word["word"] = spelling
    first, second = of_words(answer, plain), of_words(answer, varied)
    assert first["scores"] == second["scores"]
    assert first["metrics"]["filler_count"] == second["metrics"]["filler_count"]


@some
@given(answers)
def test_14_the_same_input_gives_the_same_bytes(answer: MadeAnswer) -> None:
    words = timed(answer.text)
    first = json.dumps(of_words(answer, words))
    assert json.dumps(of_words(answer, [dict(word) for word in words])) == first


@some
@given(told, chances, st.integers(1, 8))
def test_15_hedges_never_raise_confidence(
    answer: MadeAnswer, chance: random.Random, count: int
) -> None:
    hedged = insert_words(chance, answer.text, HEDGES, count)
    assert_not_raised(of_text(answer), of_text(answer, hedged), ("confidence",))


@some
@given(answers)
def test_16_typed_and_spoken_agree_on_content(answer: MadeAnswer) -> None:
    typed, spoken = of_text(answer), of_words(answer, timed(answer.text))
    assert typed["scores"]["content"] == spoken["scores"]["content"]
    assert typed["scores"]["clarity"] == spoken["scores"]["clarity"]


odd_number = st.one_of(
    st.floats(), st.none(), st.sampled_from([0, -5, 10**400, True, "1"]), st.floats(0, 100)
)
odd_word = st.fixed_dictionaries(
    {"word": st.one_of(st.text(max_size=12), st.sampled_from(["um", "I", "", " ", "42%", "\x00"]))},
    optional={"start": odd_number, "end": odd_number, "probability": odd_number},
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(odd_word, max_size=40), odd_number, answers)
def test_17_odd_times_and_words_give_finite_scores_in_range(
    words: list[dict[str, Any]], duration: Any, answer: MadeAnswer
) -> None:
    line = {"question": answer.question, "words": words, "duration_seconds": duration}
    result = score_line(line)
    json.dumps(result, allow_nan=False)
    for value in result["scores"].values():
        assert value is None or 0 <= value <= 100


@pytest.mark.parametrize("text", ["Yes", "word " * 10_000, "\ud83d\ude00" * 50, "a" * 20_000])
def test_17_odd_texts_give_finite_scores_in_range(text: str) -> None:
    result = score_line({"question": TOPICS[0].question, "text": text})
    json.dumps(result, allow_nan=False)
    for value in result["scores"].values():
        assert value is None or 0 <= value <= 100


def test_17_ten_thousand_words_with_times() -> None:
    text = " ".join(answer.text for answer in ANSWERS)
    words = timed(" ".join((text.split() * 2)[:10_000]))
    result = of_words(ANSWERS[0], words)
    assert all(value is not None and 0 <= value <= 100 for value in result["scores"].values())
