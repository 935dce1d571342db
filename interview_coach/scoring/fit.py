"""Whether an answer is to the question that was asked, or to another one.

A story that was prepared for another question has good words, details and an outcome. What gives it
away is that it shares more words with the key points of that question than with those of this one.
So where the question is one of the bank, the answer is held beside all others of the bank. And
whatever is asked, it is held beside those that are answered in the same way and those that are not:
a story is no explanation. A text model tells besides how close it is to this question.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from interview_coach.scoring.curves import curve
from interview_coach.scoring.subject import (
    LEAST_VARIANCE,
    MOST_CHANCE,
    UNSEEN,
    asked_words,
    bank_words,
)
from interview_coach.scoring.types import Question


@dataclass(frozen=True, slots=True)
class FitWeights:
    """Of a logistic regression on graded answers (tiers 3 to 5) and answers to other questions:
    what is added, and the weights of subject, margin, kind and closeness."""

    constant: float
    subject: float
    margin: float = 0.0
    kind: float = 0.0
    closeness: float = 0.0


WORDS = FitWeights(-1.28, 1.05, kind=1.62)
WORDS_BESIDE_BANK = FitWeights(2.44, 0.42, 0.85, 1.98)
MODEL = FitWeights(-3.22, 0.79, kind=0.74, closeness=1.56)
MODEL_BESIDE_BANK = FitWeights(0.32, 0.22, 0.72, 0.69, 1.54)
# An answer is to another question under this, the logarithm of the odds that it is to this one.
OFF_QUESTION = -0.5
# What its content and its overall score are multiplied by: less, the surer it is.
OFF_QUESTION_FACTOR = curve((-2.5, 0.3), (-1, 1))
# And the most that the overall score can then be.
OFF_QUESTION_OVERALL = curve((-1, 25), (-0.5, 40))
# Types whose questions are answered by explaining, not by telling what somebody did.
EXPLAINED = frozenset({"technical", "system_design"})
# How many questions of a kind an answer is held beside: one alone may be near by chance.
BEST_FEW = 5
# Worth in thousandths and chance in millionths, so that sums are of whole numbers: the same on
# every machine.
_WORTH, _CHANCE = 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class Fit:
    """odds: logarithm of the odds that the answer is to the question asked, 0 for even ones.
    nearer: the question of the bank that it is nearer to, "" where there is none, or one that is
    not answered in the same way: nobody tells a story by mistake for a design."""

    odds: float
    nearer: str = ""

    @property
    def off_question(self) -> bool:
        """Whether the answer is to another question."""
        return self.odds < OFF_QUESTION

    @property
    def factor(self) -> float:
        """What content and the overall score of an answer to another question are times."""
        return round(OFF_QUESTION_FACTOR.exact(self.odds), 3)

    @property
    def most_overall(self) -> float:
        """The most that the overall score of an answer to another question can be."""
        return round(OFF_QUESTION_OVERALL.exact(self.odds), 1)

    @property
    def told(self) -> str:
        """The measure in words."""
        nearer = f", nearer to “{self.nearer}”" if self.nearer else ""
        return f"fit {self.odds:.1f}{nearer}"


def fit_of(
    said: frozenset[str], question: Question, match: float, subject: float, closeness: float | None
) -> Fit:
    """How an answer fits its question. said: its `subject.said_words`. match, subject: by words
    (`subject.subject_match`), as it is and after the factor for words of work. closeness: by a
    text model, None without one."""
    beside = _beside_bank(said, question)
    margin = kind = 0.0
    if beside is not None:
        margin, kind = min(0.0, match - beside.best), min(0.0, beside.kind)
    # One of the bank may ask the same as a question that is not of it: being nearer to it says
    # nothing then.
    if beside is None or not beside.of_bank:
        weights, margin = (WORDS if closeness is None else MODEL), 0.0
    else:
        weights = WORDS_BESIDE_BANK if closeness is None else MODEL_BESIDE_BANK
    odds = weights.constant + weights.subject * subject + weights.margin * margin
    odds += weights.kind * kind + weights.closeness * (closeness or 0.0)
    return Fit(round(odds, 2), beside.nearer if beside is not None and margin < 0 else "")


@dataclass(frozen=True, slots=True)
class _BesideBank:
    """of_bank: whether the question asked is of it. best: the best `subject_match` with another
    one. nearer: that question, "" where it is not answered in the same way. kind: how much more an
    answer shares with questions answered in the way of the one asked than with the rest, by the
    best few of both."""

    of_bank: bool
    best: float
    nearer: str
    kind: float


def _beside_bank(said: frozenset[str], question: Question) -> _BesideBank | None:
    """An answer beside all other questions of the bank; None where it has no word of theirs."""
    bank, table = bank_words(), _table()
    places = sorted(table.place[root] for root in said if root in table.place)
    if not places:
        return None
    has, asks = table.has[:, places], np.zeros((len(bank.questions), len(places)), dtype=bool)
    for column, place in enumerate(places):
        asks[table.asked_by.get(place, []), column] = True
    others = table.counts[places] - has
    chance = np.minimum(
        MOST_CHANCE, (others + UNSEEN) / len(bank.questions) * table.length[:, None]
    )
    counts = ~asks & (has | (others > 0))
    worth = np.where(counts, np.rint(-np.log(chance) * _WORTH), 0).astype(np.int64)
    likely = np.rint(chance * _CHANCE).astype(np.int64)
    found = (worth * (has * _CHANCE - likely)).sum(axis=1) / (_WORTH * _CHANCE)
    spread = likely * (_CHANCE - likely) // _CHANCE
    variance = (worth * worth * spread).sum(axis=1) / (_WORTH**2 * _CHANCE)
    matches = found / np.sqrt(variance + LEAST_VARIANCE)
    of_bank = question.text in bank.questions
    if of_bank:
        matches[bank.questions.index(question.text)] = -math.inf
    best = int(np.argmax(matches))
    akin = table.explained == (question.type in EXPLAINED)
    kind = _best_few(matches[akin]) - _best_few(matches[~akin])
    nearer = bank.questions[best] if akin[best] else ""
    return _BesideBank(of_bank, round(float(matches[best]), 2), nearer, round(kind, 2))


def _best_few(matches: npt.NDArray[np.float64]) -> float:
    return float(np.sort(matches)[-BEST_FEW:].mean())


@dataclass(frozen=True)
class _Table:
    """has: of each question (rows) and stem (columns), whether it is of its subject and not asked.
    asked_by: the questions that ask with a stem. counts: of each stem. length: how long each
    subject is beside a middle one. explained: the questions that are answered by explaining."""

    place: dict[str, int]
    has: npt.NDArray[np.bool_]
    asked_by: dict[int, list[int]]
    counts: npt.NDArray[np.int64]
    length: npt.NDArray[np.float64]
    explained: npt.NDArray[np.bool_]


@lru_cache(maxsize=1)
def _table() -> _Table:
    bank = bank_words()
    place = {root: index for index, root in enumerate(sorted(bank.counts))}
    asked = [asked_words(text) for text in bank.questions]
    has = np.zeros((len(asked), len(place)), dtype=bool)
    asked_by: dict[int, list[int]] = {}
    for row, (words, own) in enumerate(zip(bank.words, asked, strict=True)):
        has[row, [place[root] for root in words - own]] = True
        for root in own & place.keys():
            asked_by.setdefault(place[root], []).append(row)
    counts = np.asarray([bank.counts[root] for root in place], dtype=np.int64)
    length = has.sum(axis=1) / bank.mean_words
    explained = np.asarray([each in EXPLAINED for each in bank.types])
    return _Table(place, has, asked_by, counts, length, explained)
