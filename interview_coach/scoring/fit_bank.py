"""An answer beside the answers to each question of the bank.

How near it is to those of a question is the cosine of their words and pairs of neighbouring words,
each weighted by how few answers have it. The small words count too: "we'd agreed", "I would" and
"which is why" tell what was asked more than the trade somebody speaks of. `fit_words.npz` holds
the mean of the answers to each question, written by `python -m bench.fit_words`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.types import Question

WORDS_FILE = Path(__file__).resolve().with_name("fit_words.npz")
# Types whose questions are answered by explaining, not by telling what somebody did.
EXPLAINED = frozenset({"technical", "system_design"})
# How many questions of a kind an answer is held beside: one alone may be near by chance.
BEST_FEW = 5
# How far, in hundredths, a question has to stand out among all others to be named: of answers to
# other questions of the kind that was asked for, 99 in 100 of those named are right.
NAMED_FROM = 2.5
# In the table all numbers are whole, so that every machine adds them to the same sum: a rarity
# stands in hundredths, the length of a question's row is so much.
RARITY_UNIT, ROW_LENGTH = 100, 1000
NUMBER = "#"


@dataclass(frozen=True, slots=True)
class BesideBank:
    """An answer beside the questions of the bank, by the words of answers to each; in hundredths of
    a cosine.

    margin: how much nearer it is to the question asked than to any other that is answered in the
    same way, at most 0; None where the question is not of the bank, one of which may then ask the
    same, and where no answer has any of its words. standing: how many standard deviations nearer it
    is to the question asked than to those others on average, 0 without a margin. nearer: the
    nearest other one where it stands out, else "". kind: how much nearer, at most 0, it is to the
    few nearest questions answered in the way of the one asked than to the few nearest of the rest.
    """

    margin: float | None = None
    standing: float = 0.0
    nearer: str = ""
    kind: float = 0.0


@dataclass(frozen=True)
class FitWords:
    """texts: the questions, in the order of the bank; questions: the place of each. explained:
    whether each is answered by explaining. place: of each word and pair, whose rarity is in
    hundredths, and whose entries are those from `starts` on: of which question (rows), and how much
    its answers have of it (weights, in thousandths of the length of the question's row)."""

    texts: tuple[str, ...]
    questions: dict[str, int]
    explained: npt.NDArray[np.bool_]
    place: dict[str, int]
    rarity: npt.NDArray[np.int16]
    starts: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int16]
    weights: npt.NDArray[np.int16]


def words_in_order(answer: AnswerText) -> Counter[str]:
    """The stems of an answer and the pairs of those that follow each other, each with how often.
    What is copied from the question, said before or padding is left out; numbers are one word."""
    found: Counter[str] = Counter()
    last, before = -2, ""
    for unit in answer.units:
        for place in unit.words:
            if place not in answer.content:
                continue
            word = answer.core[place]
            root = NUMBER if word.number else word.root
            found[root] += 1
            if place == last + 1:
                found[f"{before} {root}"] += 1
            last, before = place, root
    return found


def worth(rarity: int, times: int) -> int:
    """What a word of this rarity, said so many times, weighs in an answer."""
    return round(rarity * (1 + math.log(times)))


def beside_bank(
    said: Counter[str], question: Question, words: FitWords | None = None
) -> BesideBank:
    """The words of an answer (`words_in_order`) beside those of the answers to each question of the
    bank. words: other ones than those of `WORDS_FILE`."""
    table = words or fit_words()
    near = _nearness(said, table)
    if near is None:
        return BesideBank()
    akin = table.explained == (question.type in EXPLAINED)
    asked = table.questions.get(question.text)
    margin, standing, nearer = None, 0.0, ""
    if asked is not None:
        own, near[asked] = float(near[asked]), 0.0
        beside = akin.copy()
        beside[asked] = False
        margin, standing, nearer = _among(own, near, beside, table.texts)
    kind = _best_few(near[akin]) - _best_few(near[~akin])
    return BesideBank(margin, standing, nearer, round(min(0.0, kind), 2))


def _among(
    own: float,
    near: npt.NDArray[np.float64],
    beside: npt.NDArray[np.bool_],
    texts: tuple[str, ...],
) -> tuple[float, float, str]:
    """Margin, standing and the nearer question of what is `own` near, among those `beside`."""
    others = np.where(beside, near, 0.0)
    second, first = map(float, np.sort(others)[-2:])
    margin = round(min(0.0, own - first), 2)
    values = [float(each) for each in near[beside]]
    mean = math.fsum(values) / max(1, len(values))
    spread = math.sqrt(math.fsum((each - mean) ** 2 for each in values) / max(1, len(values)))
    standing = round((own - mean) / spread, 2) if spread else 0.0
    named = margin < 0 and first - second >= NAMED_FROM
    return margin, standing, texts[int(np.argmax(others))] if named else ""


def _nearness(said: Counter[str], table: FitWords) -> npt.NDArray[np.float64] | None:
    """The cosine with each question in hundredths, None without any known word."""
    known = [(table.place[each], times) for each, times in said.items() if each in table.place]
    if not known:
        return None
    sums = np.zeros(len(table.texts), dtype=np.int64)
    square = 0
    for place, times in known:
        value = worth(int(table.rarity[place]), times)
        square += value * value
        entries = slice(table.starts[place], table.starts[place + 1])
        sums[table.rows[entries]] += value * table.weights[entries].astype(np.int64)
    return np.round(100.0 * sums / (ROW_LENGTH * math.sqrt(square)), 4)


def _best_few(near: npt.NDArray[np.float64]) -> float:
    return math.fsum(np.sort(near)[-BEST_FEW:]) / BEST_FEW


@lru_cache(maxsize=1)
def fit_words() -> FitWords:
    """What stands in `WORDS_FILE`."""
    return read_words(WORDS_FILE)


def read_words(file: Path) -> FitWords:
    """A table as `bench.fit_words` writes it. Raises OSError and ValueError as `numpy.load`."""
    with np.load(file, allow_pickle=False) as stored:
        texts = _lines(stored["texts"])
        types = _lines(stored["types"])
        return FitWords(
            tuple(texts),
            {text: number for number, text in enumerate(texts)},
            np.asarray([each in EXPLAINED for each in types], dtype=np.bool_),
            {word: number for number, word in enumerate(_lines(stored["words"]))},
            stored["rarity"],
            np.concatenate([[0], np.cumsum(stored["counts"])]).astype(np.int32),
            stored["rows"],
            stored["weights"],
        )


def _lines(stored: npt.NDArray[np.uint8]) -> list[str]:
    """Lines of text that are stored as their bytes."""
    return stored.tobytes().decode("utf-8").split("\n")
