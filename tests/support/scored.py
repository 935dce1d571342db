"""Scoring made-up answers for tests, and the rule that a change raised nothing."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from interview_coach.scoring import Meaning, score_json_line
from tests.support.answers import MadeAnswer, make_answers

ANSWERS = make_answers(220)
TOLD = [answer for answer in ANSWERS if answer.tier != "weak"]
STRONG = [answer for answer in ANSWERS if answer.tier == "strong"]
NAMES = ("overall", "fluency", "confidence", "clarity", "content")
STORIES = {"behavioral", "leadership", "situational"}

answers = st.sampled_from(ANSWERS)
told = st.sampled_from(TOLD)
chances = st.integers(0, 10_000).map(random.Random)
many = settings(max_examples=220, deadline=None, derandomize=True)
some = settings(max_examples=60, deadline=None, derandomize=True)


_chosen: list[Meaning | None] = [None]


def compare_with(meaning: Meaning | None) -> None:
    """What the following scores are made with; None for the words alone."""
    _chosen[0] = meaning


def score_line(line: dict[str, Any]) -> dict[str, Any]:
    """The answer object of a line of `./coach score`, with the chosen way of comparing."""
    return score_json_line(line, _chosen[0])


def of_text(answer: MadeAnswer, text: str | None = None) -> dict[str, Any]:
    """The answer object of a typed answer."""
    return score_line({"question": answer.question, "text": answer.text if text is None else text})


def of_words(answer: MadeAnswer, words: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer object of a spoken answer."""
    line = {"question": answer.question, "words": words}
    if words:
        line["duration_seconds"] = words[-1]["end"] + 0.5
    return score_line(line)


def part(result: dict[str, Any], name: str) -> float:
    """The value of one part."""
    return float(next(row["value"] for row in result["parts"] if row["part"] == name))


def assert_not_raised(
    before: dict[str, Any], after: dict[str, Any], names: tuple[str, ...]
) -> None:
    """No score of `names` is higher after than before; one that was not given stays so."""
    for name in names:
        old, new = before["scores"][name], after["scores"][name]
        if old is None:
            assert new is None, name
        else:
            assert new is None or new <= old, name
