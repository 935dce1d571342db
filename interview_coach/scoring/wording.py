"""Wording: words of somebody who tells what was done and why, or of somebody who talks around it.

"Then I asked", "because", "per week" stand in good answers, "everybody", "there's always", "you
know how" in empty ones. How far each word and pair of words tells one from the other was counted on
graded answers to the questions of the bank (`wording_words.txt`, written by `python -m
bench.wording`). Only words that stand in answers to many questions are in it, none of a trade.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import hedge_places
from interview_coach.scoring.curves import curve
from interview_coach.scoring.vocabulary import one_spelling, weight

WORDS_FILE = Path(__file__).resolve().with_name("wording_words.txt")
WORDING = curve((-1.5, 0), (0, 36), (0.9, 78), (2.2, 100))
_SHOWN = 3
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

    level: 0 as the middle of the graded answers, about 1 a tier above it. measure: the words that
    moved it most. by_unit: for each unit of the answer the weights in it, in hundredths, and how
    many there are. beside: what the level has besides them.
    """

    level: float
    measure: str
    by_unit: tuple[tuple[int, int], ...]
    beside: float


def wording_of(answer: AnswerText, by_meaning: float = 0.0) -> Wording:
    """The wording of an answer: the sum of the weights of its different words and pairs, divided
    by the `amount` of known ones. by_meaning: what a text model adds to the level."""
    middle, weights = _weights()
    found: dict[str, int] = {}
    by_unit: list[tuple[int, int]] = []
    for unit in unit_grams(answer):
        new = {gram: weights[gram] for gram in unit if gram in weights and gram not in found}
        found.update(new)
        by_unit.append((sum(new.values()), len(new)))
    level = _level(by_unit) - middle + by_meaning
    return Wording(round(level, 2), _told(found), tuple(by_unit), by_meaning - middle)


def _level(units: Sequence[tuple[int, int]]) -> float:
    known = sum(count for _, count in units)
    return sum(weights for weights, _ in units) / 100 / amount(known)


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


@lru_cache(maxsize=1)
def _weights() -> tuple[float, dict[str, int]]:
    """The level of the middle of the graded answers, and the weight of each word and pair in
    hundredths."""
    first, *lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    weights = {}
    for line in lines:
        number, gram = line.split(" ", 1)
        weights[gram] = round(100 * float(number))
    return float(first.split(" ")[0]), weights
