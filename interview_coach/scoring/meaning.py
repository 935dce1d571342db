"""Relevance with a text model: key points met in other words than the question bank's.

It only ever adds to what the words prove (`relevance`), and what counts for nothing there counts
for nothing here: passages copied from the question, its own words, and units that say too little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText, Unit
from interview_coach.scoring.negation import denied_places
from interview_coach.scoring.relevance import Coverage
from interview_coach.scoring.topic import content_words
from interview_coach.scoring.types import Meaning, Question
from interview_coach.scoring.vocabulary import one_spelling, stem, weight

MEANING_WINDOW_UNITS = 2
# Shares below this are chance, as `relevance.LEAST_SHARE` is of words.
LEAST_MEANING_SHARE = 0.2
# A model reads neither negation nor merit from a sentence, so what it finds proves this much.
MOST_MEANING_SHARE = 0.45
# What a unit has to say beside the question's words, in weights of different words.
LEAST_UNIT_WEIGHT = 1.0
_ANYBODY = {
    "he": "they", "she": "they", "himself": "themselves", "herself": "themselves",
    # "her" is "him" and "his"
    "him": "their", "her": "their", "his": "their", "hers": "their",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """What a text model found. coverages: each as it was, or a better one; the others as in
    `Compared`."""

    coverages: list[Coverage]
    closeness: float = 0.0
    wording: tuple[float, ...] = ()


def with_meaning(
    found: Sequence[Coverage], answer: AnswerText, question: Question, meaning: Meaning
) -> ByMeaning:
    """Compare an answer with the key points of its question, of which `found` is known by words."""
    units = telling_units(answer, question)
    if not found or not units:
        return ByMeaning(list(found))
    windows = [
        tuple(range(start, start + size))
        for size in range(1, MEANING_WINDOW_UNITS + 1)
        for start in range(len(units) - size + 1)
    ]
    compared = meaning.compare(
        [(item.key_point.text, *item.key_point.phrases) for item in found],
        [text for _, text in units],
        windows,
    )
    better: list[Coverage] = []
    for item, row in zip(found, compared.shares, strict=True):
        share, window = _best(row, windows)
        if share >= LEAST_MEANING_SHARE and share > item.share:
            # The quote is of the one sentence that says it best.
            alone = max(window, key=lambda index: (row[index], -index))
            words = units[alone][0].words
            better.append(Coverage(item.key_point, share, words[0], words[-1]))
        else:
            better.append(item)
    wording = tuple(_number(each) for each in compared.wording)
    return ByMeaning(better, _number(compared.closeness), wording)


def _number(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _best(
    row: Sequence[float], windows: Sequence[tuple[int, ...]]
) -> tuple[float, tuple[int, ...]]:
    shares = [_number(value) for value in row]
    place = max(range(len(shares)), key=lambda index: (shares[index], -index))
    return round(min(max(shares[place], 0.0), 1.0) * MOST_MEANING_SHARE, 3), windows[place]


def _neutral(norm: str) -> str:
    """A word as the model is to read it: neither gender nor spelling is a matter of meaning."""
    return _ANYBODY.get(norm) or one_spelling(norm)


def telling_units(answer: AnswerText, question: Question) -> list[tuple[Unit, str]]:
    """The units that say something, each with its words beside those of the question."""
    asked = {stem(word) for word in content_words(question.text) if weight(word) > 0}
    denied = denied_places(answer, question)
    found: list[tuple[Unit, str]] = []
    for unit in answer.units:
        if unit.echo:
            continue
        words = [
            answer.core[place]
            for place in unit.words
            if place in answer.content and place not in denied
        ]
        left = [word for word in words if word.root not in asked]
        says = {word.root: 1.0 if word.number else weight(word.norm) for word in left}
        if sum(says.values()) >= LEAST_UNIT_WEIGHT:
            found.append((unit, " ".join(_neutral(word.norm) for word in left)))
    return found
