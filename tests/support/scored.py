"""Scoring made-up answers for tests, and the rule that a change raised nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from interview_coach.questions.bank import load_bank, load_samples
from interview_coach.scoring import Meaning, score_json_line
from interview_coach.scoring.quotes import sentences
from tests.support.answers import MadeAnswer, make_answers

ANSWERS = make_answers(220)
TOLD = [answer for answer in ANSWERS if answer.tier != "weak"]
STRONG = [answer for answer in ANSWERS if answer.tier == "strong"]
NAMES = ("overall", "fluency", "confidence", "clarity", "content")
STORIES = {"behavioral", "leadership", "situational"}


@dataclass(frozen=True)
class BankAnswer:
    """A sample answer of the question bank, as `MadeAnswer` is used."""

    question: dict[str, Any]
    tier: str
    text: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in order."""
        return tuple(sentences(self.text))


def _bank_answers() -> list[BankAnswer]:
    bank = {question.id: question for question in load_bank()}
    found: list[BankAnswer] = []
    for sample in load_samples():
        asked = bank[sample.question]
        points = [{"text": p.text, "phrases": list(p.phrases)} for p in asked.key_points]
        question = {"type": asked.type, "text": asked.text, "key_points": points}
        found.append(BankAnswer(question, "strong", sample.strong))
        found.append(BankAnswer(question, "weak", sample.weak))
    return found


BANKED = _bank_answers()
answers = st.one_of(st.sampled_from(ANSWERS), st.sampled_from(BANKED))
told = st.one_of(st.sampled_from(TOLD), st.sampled_from([a for a in BANKED if a.tier == "strong"]))
chances = st.integers(0, 10_000).map(random.Random)
many = settings(max_examples=220, deadline=None, derandomize=True)
some = settings(max_examples=200, deadline=None, derandomize=True)


_chosen: list[Meaning | None] = [None]
_kept: dict[tuple[str, str], dict[str, Any]] = {}


def compare_with(meaning: Meaning | None) -> None:
    """What the following scores are made with; None for the words alone."""
    _chosen[0] = meaning
    _kept.clear()


def score_line(line: dict[str, Any]) -> dict[str, Any]:
    """The answer object of a line of `./coach score`, with the chosen way of comparing."""
    return score_json_line(line, _chosen[0])


def of_text(answer: MadeAnswer | BankAnswer, text: str | None = None) -> dict[str, Any]:
    """The answer object of a typed answer."""
    if text is not None:
        return score_line({"question": answer.question, "text": text})
    key = (answer.question["text"], answer.text)
    if key not in _kept:
        _kept[key] = score_line({"question": answer.question, "text": answer.text})
    return _kept[key]


def of_words(answer: MadeAnswer | BankAnswer, words: list[dict[str, Any]]) -> dict[str, Any]:
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
