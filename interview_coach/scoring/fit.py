"""Whether an answer is to the question that was asked, or to another one.

A story that was prepared for another question has good words, details and an outcome. What gives it
away is that its words are those of other answers to that question, more than of answers to
this one. Which words those are was counted on answers to each question of the bank
(`fit_words.txt`, written by `python -m bench.fit_words`). Where the question asked is of the bank,
the answer is held beside all others of the bank; and whatever is asked, beside those that are
answered in the same way and those that are not: a story is no explanation. A text model tells
besides how close it is to this question.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from interview_coach.scoring.curves import curve
from interview_coach.scoring.types import Question

WORDS_FILE = Path(__file__).resolve().with_name("fit_words.txt")


@dataclass(frozen=True, slots=True)
class Measures:
    """What the fit is made of. subject: by words, after the factor for words of work. points: the
    mean share of the key points covered, 0-1. margin, kind: as in `BesideBank`, 0 where there is
    no margin. closeness: by a text model, 0 without one."""

    subject: float
    points: float
    margin: float
    kind: float
    closeness: float


@dataclass(frozen=True, slots=True)
class FitWeights:
    """Of a logistic regression on answers to their own and to other questions: what is added, and
    the weight of each measure."""

    constant: float
    subject: float = 0.0
    points: float = 0.0
    margin: float = 0.0
    kind: float = 0.0
    closeness: float = 0.0

    def odds(self, measured: Measures) -> float:
        """The logarithm of the odds that the answer is to the question asked."""
        odds = self.constant + self.subject * measured.subject + self.points * measured.points
        odds += self.margin * measured.margin + self.kind * measured.kind
        return odds + self.closeness * measured.closeness


# Whether it is answered in the way asked for; then, of a question of the bank or another one,
# whether the answer is to this question.
WORDS_KIND = FitWeights(1.36, points=16.77, kind=4.93)
WORDS_BANK = FitWeights(3.82, points=5.29, margin=2.08)
WORDS_OTHER = FitWeights(-1.01, subject=0.83, points=4.99)
MODEL_KIND = FitWeights(0.79, points=14.48, kind=4.19)
MODEL_BANK = FitWeights(2.85, points=3.48, margin=1.87, closeness=0.92)
MODEL_OTHER = FitWeights(-1.65, subject=0.64, points=4.41, closeness=0.9)
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
# How far, as the margin is measured, a question has to stand out among all others to be named: of
# answers to other questions of the kind that was asked for, 99 in 100 of those named are right.
NAMED_FROM = 0.6
# The weights stand in the file in tenths.
_PARTS = 10


@dataclass(frozen=True, slots=True)
class Fit:
    """odds: logarithm of the odds that the answer is to the question asked, 0 for even ones.
    nearer: the question of the bank that it is nearer to, of those that are answered in the same
    way: nobody tells a story by mistake for a design. "" where none stands out."""

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
        return f"fit {self.odds:g}{nearer}"


@dataclass(frozen=True, slots=True)
class BesideBank:
    """An answer beside the questions of the bank, by the words of answers to each.

    margin: how much more it has of those to the question asked than of those to any other that is
    answered in the same way, at most 0; None where the question is not of the bank, one of which
    may then ask the same, and where the answer has none of the words. nearer: that other question
    where it stands out, else "". kind: how much more, at most 0, it has of those to the few
    nearest questions answered in the way of the one asked than of those to the nearest of the rest.
    """

    margin: float | None = None
    nearer: str = ""
    kind: float = 0.0


def fit_of(
    said: frozenset[str],
    question: Question,
    subject: float,
    points: float,
    closeness: float | None,
) -> Fit:
    """How an answer fits its question. said: its `subject.said_words`. subject: by words, after the
    factor for words of work. points: the mean share of the key points covered, 0-1. closeness: by a
    text model, None without one."""
    beside = beside_bank(said, question)
    measured = Measures(subject, points, beside.margin or 0.0, beside.kind, closeness or 0.0)
    if closeness is None:
        kind, asked = WORDS_KIND, WORDS_OTHER if beside.margin is None else WORDS_BANK
    else:
        kind, asked = MODEL_KIND, MODEL_OTHER if beside.margin is None else MODEL_BANK
    return Fit(round(min(kind.odds(measured), asked.odds(measured)), 2), beside.nearer)


def beside_bank(
    said: frozenset[str], question: Question, words: FitWords | None = None
) -> BesideBank:
    """The words of an answer beside those of the answers to each question of the bank. words: other
    ones than those of `WORDS_FILE`."""
    table = words or _words()
    places = [table.place[root] for root in said if root in table.place]
    if not places:
        return BesideBank()
    sums = np.zeros(len(table.questions), dtype=np.int64)
    for place in places:
        entries = slice(table.starts[place], table.starts[place + 1])
        sums[table.rows[entries]] += table.weights[entries]
    # The sums of longer answers lie further apart.
    scale = _PARTS * math.sqrt(len(places))
    akin = table.explained == (question.type in EXPLAINED)
    asked = table.questions.get(question.text)
    margin, nearer = None, ""
    if asked is not None:
        own, sums[asked] = int(sums[asked]), -1
        others = np.where(akin, sums, -1)
        second, first = map(int, np.sort(others)[-2:])
        margin = round(min(0, own - first) / scale, 2)
        if margin < 0 and first - second >= NAMED_FROM * scale:
            nearer = table.texts[int(np.argmax(others))]
    kind = _best_few(sums[akin]) - _best_few(sums[~akin])
    return BesideBank(margin, nearer, round(min(0.0, kind / scale), 2))


def _best_few(sums: npt.NDArray[np.int64]) -> float:
    return int(np.sort(sums)[-BEST_FEW:].sum()) / BEST_FEW


@dataclass(frozen=True)
class FitWords:
    """texts: the questions, in the order of the file; questions: the place of each. explained:
    whether each is answered by explaining. place: of each stem. Its entries are those from
    `starts` on: of which question (rows), and how much it tells in tenths (weights)."""

    texts: tuple[str, ...]
    questions: dict[str, int]
    explained: npt.NDArray[np.bool_]
    place: dict[str, int]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int16]
    weights: npt.NDArray[np.int16]


@lru_cache(maxsize=1)
def _words() -> FitWords:
    return read_words(WORDS_FILE.read_text(encoding="utf-8"))


def read_words(text: str) -> FitWords:
    """What stands in `WORDS_FILE`: a line on what it was counted on, then one for each question:
    its type, its text, and groups of stems behind the weight they share."""
    lines = [line.split("\t") for line in text.splitlines()[1:]]
    place: dict[str, int] = {}
    places: list[int] = []
    rows: list[int] = []
    weights: list[int] = []
    for row, (_, _, *groups) in enumerate(lines):
        for group in groups:
            tenths, *roots = group.split(" ")
            places += [place.setdefault(root, len(place)) for root in roots]
            rows += [row] * len(roots)
            weights += [int(tenths)] * len(roots)
    order = np.argsort(places, kind="stable")
    counts = np.bincount(places, minlength=len(place))
    texts = tuple(text for _, text, *_ in lines)
    return FitWords(
        texts,
        {text: number for number, text in enumerate(texts)},
        np.asarray([line[0] in EXPLAINED for line in lines]),
        place,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.asarray(rows, dtype=np.int16)[order],
        np.asarray(weights, dtype=np.int16)[order],
    )
