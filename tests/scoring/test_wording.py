"""How an answer is worded: what counts there and what does not."""

from __future__ import annotations

import math
from typing import Any

import pytest

from interview_coach.scoring import KeyPoint, Question, score_json_line
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.wording import CHANCE, STEPS, Wording, _table, unit_grams, wording_of

QUESTION = Question(
    "behavioral", "Tell me about a release that went wrong.", (KeyPoint("What broke", ("failed",)),)
)
TOLD = "First I checked the log, then I asked the two testers, and after a week I told my boss."
TALKED = (
    "We had a problem in the company, and there was always something with the people there, and I "
    "was very sorry, and in the end it was what it was."
)


def _grams(text: str) -> list[str]:
    return [gram for unit in unit_grams(read_answer(text, QUESTION)) for gram in unit]


def _wording(text: str) -> Wording:
    return wording_of(read_answer(text, QUESTION))


def test_telling_stands_above_talking_and_the_words_are_named() -> None:
    told, talked = _wording(TOLD), _wording(TALKED)
    assert told.value > talked.value + 20
    assert all(mine > other for mine, other in zip(told.odds, talked.odds, strict=True))
    assert told.measure.startswith("tells: ")
    assert "talks: " in talked.measure
    named = told.measure.split("; ")[0].removeprefix("tells: ").split(", ")
    assert all(word in TOLD.lower() for word in named)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He told me that she had checked it.", "She told me that he had checked it."),
        ("I've organised the colours of it.", "Ive organized the colors of it."),
        ("After 3 weeks it was at 40 percent.", "After five weeks it was at 90 percent."),
        ("First I asked, um, the testers.", "First I asked the testers."),
    ],
)
def test_who_how_many_and_how_it_is_spelt_change_no_words(one: str, other: str) -> None:
    assert _grams(one) == _grams(other)


def test_a_word_said_again_counts_once() -> None:
    again = "And then I asked the two testers about that log again, and they told my boss."
    wording = _wording(f"{TOLD} {again}")
    known = {gram for gram in _grams(f"{TOLD} {again}") if gram in _table().place}
    assert sum(count for _, count in wording.by_unit) == len(known)
    assert _wording(f"{TOLD} {TOLD}").odds == _wording(TOLD).odds


def test_nothing_known_is_the_middle_of_nothing() -> None:
    unknown = _wording("Zxq vbnm qwrt plk jhgf dsaz.")
    assert unknown.measure == "no word that tells"


def test_a_text_model_adds_to_the_odds_of_each_step() -> None:
    answer = read_answer(TOLD, QUESTION)
    plain, more = wording_of(answer), wording_of(answer, (0.5, 0.0, -0.5, 1.0))
    added = [new - old for new, old in zip(more.odds, plain.odds, strict=True)]
    assert added == pytest.approx([0.5, 0.0, -0.5, 1.0], abs=0.011)
    assert more.measure == plain.measure


def test_the_value_is_the_mean_chance_of_the_steps() -> None:
    certain = Wording((9.0, 9.0, 0.0, -9.0), "", (), (0.0,) * STEPS)
    assert certain.value == 62.5
    for odds in (-3.5, -1.5, -0.5, 0.5, 1.5, 3.5):
        assert CHANCE(odds) == pytest.approx(100 / (1 + math.exp(-odds)), abs=3)


def test_wording_is_a_part_of_content_with_its_words_as_measure() -> None:
    line: dict[str, Any] = {"question": {"text": QUESTION.text}, "text": f"{TOLD} {TALKED}"}
    (row,) = [one for one in score_json_line(line)["parts"] if one["part"] == "wording"]
    assert "tells: " in row["measure"]
    assert 0 < row["value"] < 100
