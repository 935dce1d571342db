"""Wording: words of somebody who tells what was done and why, or of somebody who talks around it.

"Then I asked", "because", "per week" stand in good answers, "everybody", "there's always", "you
know how" in empty ones. Graded answers stand on five tiers, with four steps between them, and what
shows that a step was made is not the same at each: an excuse tells an empty answer from a weak one,
and nothing of a good one from the best. So each word and pair of words has a weight for each step,
counted on graded answers to the questions of the bank (`wording_words.txt`, written by `python -m
bench.wording`). Only words that stand in answers to many questions are in it, none of a trade.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add
from pathlib import Path

import numpy as np
import numpy.typing as npt

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import hedge_places
from interview_coach.scoring.curves import curve
from interview_coach.scoring.vocabulary import one_spelling, weight

WORDS_FILE = Path(__file__).resolve().with_name("wording_words.txt")
STEPS = 4
# The chance in percent that a step was made, by the logarithm of its odds: the logistic curve in
# straight lines, which are the same on every machine.
CHANCE = curve(
    (-6, 0), (-4, 1.8), (-3, 4.7), (-2, 11.9), (-1, 26.9), (0, 50),
    (1, 73.1), (2, 88.1), (3, 95.3), (4, 98.2), (6, 100),
)  # fmt: skip
_SHOWN = 3

PerStep = tuple[float, ...]
# Neither gender nor whether somebody says "I am" or "I'm" is a matter of merit. Apostrophes are
# gone, so those that are words of their own too ("well", "were", "shed") stay as they are.
_SAME = {
    "he": "they", "she": "they",
    # "her" is "him" and "his"
    "him": "their", "her": "their", "his": "their", "hers": "their",
    "himself": "themselves", "herself": "themselves",
    "im": "i", "ive": "i", "id": "i", "ill": "i", "weve": "we", "wed": "we",
    "hes": "they", "shes": "they", "hed": "they",
    "theyre": "they", "theyve": "they", "theyd": "they", "theyll": "they",
    "youre": "you", "youve": "you", "youd": "you", "youll": "you",
    "its": "it", "itd": "it", "itll": "it", "thats": "that", "theres": "there", "whats": "what",
    "dont": "not", "didnt": "not", "doesnt": "not", "cant": "not", "cannot": "not",
    "couldnt": "not", "wouldnt": "not", "shouldnt": "not", "wont": "not", "isnt": "not",
    "arent": "not", "wasnt": "not", "werent": "not", "havent": "not", "hasnt": "not",
    "hadnt": "not",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """How an answer is worded.

    odds: for each step the logarithm of the odds that it was made. measure: the words that moved
    them most. by_unit: for each unit of the answer the sums of the weights in it, by step and in
    hundredths, and how many words they are of. beside: what the odds have besides them.
    """

    odds: PerStep
    measure: str
    by_unit: tuple[tuple[tuple[int, ...], int], ...]
    beside: PerStep

    @property
    def value(self) -> float:
        """How much of the way up the four steps was made, 0-100."""
        return round(sum(CHANCE.exact(each) for each in self.odds) / STEPS, 1)


def wording_of(answer: AnswerText, by_meaning: Sequence[float] = ()) -> Wording:
    """The wording of an answer: for each step the sum of the weights of its different words and
    pairs, divided by the `amount` of known ones. by_meaning: what a text model adds to each step,
    empty for nothing."""
    table = _table()
    found: dict[str, int] = {}
    by_unit: list[tuple[tuple[int, ...], int]] = []
    for unit in unit_grams(answer):
        new = [gram for gram in unit if gram in table.place and gram not in found]
        found.update((gram, table.place[gram]) for gram in new)
        sums = table.weights[[found[gram] for gram in new]].sum(axis=0, dtype=int)
        by_unit.append((tuple(sums.tolist()), len(new)))
    beside = table.constants
    if by_meaning:
        beside = tuple(map(add, beside, by_meaning))
    shared = 100 * amount(len(found))
    totals = [sum(sums[step] for sums, _ in by_unit) for step in range(STEPS)]
    odds = tuple(
        round(total / shared + rest, 2) for total, rest in zip(totals, beside, strict=True)
    )
    moved = table.weights[list(found.values())].sum(axis=1, dtype=int)
    told = _told(dict(zip(found, moved.tolist(), strict=True)))
    return Wording(odds, told, tuple(by_unit), beside)


def amount(known: int) -> float:
    """What a sum of that many weights is divided by: their number to the power of 3/8. By roots,
    which are the same on every machine."""
    root = math.sqrt(max(1, known))
    return math.sqrt(root * math.sqrt(root))


def unit_grams(answer: AnswerText) -> list[list[str]]:
    """For each unit of an answer its different words and pairs of neighbours, in order. Numbers
    and hedges count elsewhere."""
    hedged = hedge_places(answer)
    found: list[list[str]] = []
    for unit in answer.units:
        words = [
            _SAME.get(word.norm) or one_spelling(word.norm)
            for word in (answer.core[place] for place in unit.words if place not in hedged)
            if not word.number
        ]
        pairs = [f"{left} {right}" for left, right in pairwise(words)]
        found.append(list(dict.fromkeys([*words, *pairs])))
    return found


def _told(found: dict[str, int]) -> str:
    # "the" and "I" weigh like others, but nobody learns from them.
    named = [gram for gram in found if " " in gram or weight(gram) > 0]
    ordered = sorted(named, key=lambda gram: (-found[gram], gram))
    told = [gram for gram in ordered if found[gram] > 0][:_SHOWN]
    talked = [gram for gram in reversed(ordered) if found[gram] < 0][:_SHOWN]
    sides = (("tells", told), ("talks", talked))
    shown = "; ".join(f"{name}: {', '.join(shown)}" for name, shown in sides if shown)
    return shown or "no word that tells"


@dataclass(frozen=True, slots=True)
class _Table:
    """constants: for each step what its odds begin with. place: the row of each word and pair in
    weights, which has a column for each step, in hundredths."""

    constants: PerStep
    place: dict[str, int]
    weights: npt.NDArray[np.int16]


@lru_cache(maxsize=1)
def _table() -> _Table:
    first, *lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    weights = np.empty((len(lines), STEPS), dtype=np.int16)
    rows: dict[str, int] = {}
    for place, line in enumerate(lines):
        *numbers, gram = line.split(" ", STEPS)
        weights[place] = [int(number) for number in numbers]
        rows[gram] = place
    constants = tuple(float(number) for number in first.split(" ")[:STEPS])
    return _Table(constants, rows, weights)
