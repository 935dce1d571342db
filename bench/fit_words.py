"""The words of answers to each question of the bank, and the weights of the fit.

    python -m bench.fit_words [--weights]

writes `scoring/fit_words.npz` from the graded answers of tiers 3 to 5 under
`bench/data/graded/training` and, for the questions that have none there, the answers under
`bench/data/told`. A change of those answers or of what `scoring.fit_bank.words_in_order` gives asks
for it, and raises the scoring version: it moves scores.

`--weights` prints the weights of `scoring.fit` instead: logistic regressions on answers told to
their own question and to others, beside words of answers by other writers. One tells whether
a question is answered in the way it asks for, one of answers told to questions of the same kind
whether it is this question, with and without the margin.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from bench.scorecard_ranking import trained
from bench.wording import TRAINING
from interview_coach.questions.bank import LOADER, BankQuestion, load_bank
from interview_coach.scoring import KeyPoint, Meaning, Question, fit, fit_bank
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.content import subject_by_words
from interview_coach.scoring.meaning import ByMeaning, with_meaning
from interview_coach.scoring.relevance import cover, mean_share
from interview_coach.scoring.subject import said_words

Numbers = npt.NDArray[Any]
TOLD = Path(__file__).resolve().parent / "data" / "told"
LEAST_TIER = 3
# A word or a pair that so few answers have may be chance.
LEAST_ANSWERS = 10
# A question's key points weigh so much beside the mean of its answers.
KEY_POINTS = 0.15
# Engineers talk like an explanation of their trade whatever they are asked, so it is they whose
# answers to their own question are easily taken for ones to another: they weigh more, and of theirs
# so many may fall under the limit of each regression; of other people's it is far fewer.
ENGINEERS, ENGINEERS_WEIGHT = "engineers", 4.0
# Files of answers that the regressions are on too, by the hand that their names end in.
BY_HAND = (ENGINEERS, "others")
LOST = {"KIND": 0.03, "BANK": 0.04, "OTHER": 0.08}
OTHERS_ALIKE, OTHERS_UNLIKE = 2, 1
# Answers of each writer, by words, and with a text model, which takes its time; each whole, and so
# many of its first words, for there are short answers too.
MOST_OF_WRITER, MOST_WITH_MODEL = 150, 80
CUTS = (110, 60, 35)
STEPS, PENALTY = 25, 0.01


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. by: who wrote it, for those that the regression is on, the last letter telling
    the hand, else ""."""

    by: str
    question: Question
    text: str

    @property
    def said(self) -> Counter[str]:
        """Its words and pairs of words."""
        return fit_bank.words_in_order(read_answer(self.text, self.question))


def question_of(entry: BankQuestion) -> Question:
    """A question of the bank as scoring takes it."""
    points = tuple(KeyPoint(point.text, tuple(point.phrases)) for point in entry.key_points)
    return Question(entry.type, entry.text, points)


def graded_answers() -> list[Answer]:
    """The graded answers of the upper tiers, in the order of their files."""
    bank = {entry.id: question_of(entry) for entry in load_bank()}
    return [
        Answer(file.stem[-1], bank[row["question"]], each["text"])
        for file in sorted(TRAINING.glob("*.yaml"))
        for row in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
        for each in row["answers"]
        if each["tier"] >= LEAST_TIER
    ]


def told_answers() -> list[Answer]:
    """The answers to the other questions and those of engineers, in the order of their files."""
    bank = {entry.id: question_of(entry) for entry in load_bank()}
    return [
        Answer(file.stem if file.stem.startswith(BY_HAND) else "", bank[row["question"]], text)
        for file in sorted(TOLD.glob("*.yaml"))
        for row in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
        for text in row["answers"]
    ]


Said = tuple[str, Counter[str]]


def subjects() -> dict[str, Counter[str]]:
    """By the text of each question of the bank, the words and pairs of its key points."""
    return {
        asked: sum((_key_words(text) for text in texts), Counter())
        for asked, texts in _key_points().items()
    }


def _key_points() -> dict[str, list[str]]:
    return {
        entry.text: [text for point in entry.key_points for text in (point.text, *point.phrases)]
        for entry in load_bank()
    }


def _key_words(text: str) -> Counter[str]:
    # Beside no question: nothing in a key point is padding or copied.
    return fit_bank.words_in_order(read_answer(text, Question("hr", "")))


def table(answers: Sequence[Said], subjects: Mapping[str, Counter[str]]) -> dict[str, Numbers]:
    """What `fit_bank.read_words` reads. For each question the mean of its answers, each of length
    1, with a part of its key points, brought to `ROW_LENGTH`.

    answers: the text of the question and the `words_in_order`. subjects: by its text, those of a
    question's key points.
    """
    having = Counter(word for _, said in answers for word in said)
    words = sorted(word for word, count in having.items() if count >= LEAST_ANSWERS)
    place = {word: number for number, word in enumerate(words)}
    rarity = np.asarray([_rarity(len(answers), having[word]) for word in words], dtype=np.int16)
    given = Counter(text for text, _ in answers)
    entries = [entry for entry in load_bank() if entry.text in given]
    row = {entry.text: number for number, entry in enumerate(entries)}
    sums = np.zeros((len(row), len(words)))
    for text, said in answers:
        at, values = _vector(said, place, rarity)
        sums[row[text], at] += values / given[text]
    for text in row:
        at, values = _vector(subjects.get(text, Counter()), place, rarity)
        sums[row[text], at] += KEY_POINTS * values
    sums *= fit_bank.ROW_LENGTH / np.linalg.norm(sums, axis=1, keepdims=True)
    weights = np.rint(sums).astype(np.int16).T
    at, rows = np.nonzero(weights)
    return {
        "mark": _stored(mark()),
        "texts": _stored("\n".join(row)),
        "types": _stored("\n".join(entry.type for entry in entries)),
        "words": _stored("\n".join(words)),
        "rarity": rarity,
        "counts": np.bincount(at, minlength=len(words)).astype(np.int16),
        "rows": rows.astype(np.int16),
        "weights": weights[at, rows],
    }


def _rarity(answers: int, having: int) -> int:
    return round(fit_bank.RARITY_UNIT * (1 + math.log((1 + answers) / (1 + having))))


def _vector(
    said: Counter[str], place: Mapping[str, int], rarity: npt.NDArray[np.int16]
) -> tuple[list[int], npt.NDArray[np.float64]]:
    """The places of the known words of a text and what each weighs there, of length 1."""
    at = [place[word] for word in sorted(said) if word in place]
    worth = [fit_bank.worth(int(rarity[place[word]]), said[word])
             for word in sorted(said) if word in place]  # fmt: skip
    values = np.asarray(worth, dtype=np.float64)
    return at, values / max(1.0, float(np.linalg.norm(values)))


def _stored(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def write(found: Mapping[str, Numbers], file: Path) -> None:
    """Write a table; the same one gives the same bytes."""
    with file.open("wb") as opened:
        np.savez_compressed(opened, **found)  # type: ignore[arg-type]


def mark() -> str:
    """Changes when the answers or this way of counting do."""
    units = (fit_bank.RARITY_UNIT, fit_bank.ROW_LENGTH)
    counted = (LEAST_TIER, LEAST_ANSWERS, KEY_POINTS, units, sorted(_key_points().items()))
    files = [*sorted(TRAINING.glob("*.yaml")), *sorted(TOLD.glob("*.yaml"))]
    texts = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(str(counted).encode() + texts).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer told to a question. by: who wrote it. own: whether it is its own question. alike:
    whether that is answered in the same way. cut: how many of its first words, None for all."""

    by: str
    own: bool
    alike: bool
    cut: int | None
    measured: fit.Measures


def pairs(answers: Sequence[Answer], meaning: Meaning | None) -> list[Pair]:
    """Answers told to their own question and to others, beside the words of other writers."""
    chance = random.Random(5)
    said = [(answer.question.text, answer.said) for answer in answers]
    questions = list({answer.question.text: answer.question for answer in answers}.values())
    keys = subjects()
    most = MOST_OF_WRITER if meaning is None else MOST_WITH_MODEL
    found: list[Pair] = []
    for writer in sorted({answer.by for answer in answers if answer.by}):
        others = [one for answer, one in zip(answers, said, strict=True)
                  if not same_hand(answer.by, writer)]  # fmt: skip
        words = _read(table(others, keys))
        own = [answer for answer in answers if answer.by == writer]
        for answer in chance.sample(own, min(len(own), most)):
            asked = (answer.question, *_others(answer.question, questions, chance))
            cuts = [None, *(cut for cut in CUTS if cut < 0.9 * len(answer.text.split()))]
            found += [_pair(answer, cut, each, words, meaning) for each in asked for cut in cuts]
    return found


def same_hand(by: str, writer: str) -> bool:
    """Whether one hand wrote both: the last letter of each tells it."""
    return by[-1:] == writer[-1:]


def _read(found: Mapping[str, Numbers]) -> fit_bank.FitWords:
    with TemporaryDirectory() as folder:
        file = Path(folder) / fit_bank.WORDS_FILE.name
        write(found, file)
        return fit_bank.read_words(file)


def _others(own: Question, questions: Sequence[Question], chance: random.Random) -> list[Question]:
    """Some other questions of its kind, and some of the other."""
    explained = own.type in fit_bank.EXPLAINED
    alike = [each for each in questions if (each.type in fit_bank.EXPLAINED) == explained]
    unlike = [each for each in questions if (each.type in fit_bank.EXPLAINED) != explained]
    chosen = [each for each in chance.sample(alike, OTHERS_ALIKE + 1) if each.text != own.text]
    return [*chosen[:OTHERS_ALIKE], *chance.sample(unlike, OTHERS_UNLIKE)]


def _pair(
    answer: Answer,
    cut: int | None,
    asked: Question,
    words: fit_bank.FitWords,
    meaning: Meaning | None,
) -> Pair:
    read = read_answer(" ".join(answer.text.split()[:cut]), asked)
    said = said_words(read, asked)
    beside = fit_bank.beside_bank(fit_bank.words_in_order(read), asked, words)
    met = ByMeaning(cover(read, asked))
    if meaning is not None:
        met = with_meaning(met.coverages, read, asked, meaning)
    return Pair(
        answer.by,
        asked.text == answer.question.text,
        (asked.type in fit_bank.EXPLAINED) == (answer.question.type in fit_bank.EXPLAINED),
        cut,
        fit.measure(
            beside,
            subject_by_words(read, said, asked),
            round(mean_share(met.coverages), 3),
            None if meaning is None else met.closeness,
        ),
    )


def regression(found: Sequence[Pair], names: Sequence[str], lost: float) -> fit.FitWeights:
    """The weights of these measures by a logistic regression in which own and other questions
    weigh the same, and the constant with which so many of the engineers' own whole answers fall
    under the limit."""
    own = np.asarray([pair.own for pair in found])
    engineers = own & np.asarray([pair.by.startswith(ENGINEERS) for pair in found])
    rows = np.asarray([[1.0, *(getattr(pair.measured, name) for name in names)] for pair in found])
    share = np.where(engineers, ENGINEERS_WEIGHT, 1.0)
    share[~own] = share[own].sum() / (~own).sum()
    weights = np.zeros(rows.shape[1])
    # Newton's method; the penalty only keeps the square solvable.
    for _ in range(STEPS):
        chances = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (own - chances)) - PENALTY * weights
        square = (rows.T * (share * chances * (1.0 - chances))) @ rows
        weights += np.linalg.solve(square + PENALTY * np.eye(len(weights)), slope)
    odds = rows @ weights
    whole = engineers & np.asarray([pair.cut is None for pair in found])
    constant = weights[0] + fit.OFF_QUESTION - float(np.quantile(odds[whole], lost))
    rounded = {name: round(float(each), 2) for name, each in zip(names, weights[1:], strict=True)}
    return fit.FitWeights(round(float(constant), 2), **rounded)


def fallen(found: Sequence[Pair], weights: Sequence[fit.FitWeights]) -> dict[str, float]:
    """The share of answers that fall under the limit by the least of these odds: to their own
    question, by writer or by how many of its first words were told, and to another one."""
    under: dict[str, list[bool]] = {}
    for pair in found:
        told = pair.by if pair.cut is None else f"own {pair.cut} words"
        name = told if pair.own else "others alike" if pair.alike else "others unlike"
        odds = min(each.odds(pair.measured) for each in weights)
        under.setdefault(name, []).append(odds < fit.OFF_QUESTION)
    return {name: round(sum(each) / len(each), 3) for name, each in sorted(under.items())}


def _report(found: Sequence[Pair], how: str, beside: Sequence[str]) -> None:
    alike = [pair for pair in found if pair.alike]
    unlike = [pair for pair in found if pair.own or not pair.alike]
    weights = {
        "KIND": regression(unlike, ["points", "kind"], LOST["KIND"]),
        "BANK": regression(alike, ["margin", "standing", *beside], LOST["BANK"]),
        "OTHER": regression(alike, ["subject", "points", *beside], LOST["OTHER"]),
    }
    for name, each in weights.items():
        print(f"{how}_{name} = {each}")
    for name in ("BANK", "OTHER"):
        print(f"{name}: {fallen(found, [weights['KIND'], weights[name]])}", flush=True)


def main(arguments: list[str]) -> int:
    """Write the words, or print the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_words", description=__doc__)
    parser.add_argument("--weights", action="store_true")
    if not parser.parse_args(arguments).weights:
        told = [*graded_answers(), *told_answers()]
        found = table([(answer.question.text, answer.said) for answer in told], subjects())
        write(found, fit_bank.WORDS_FILE)
        print(f"{len(found['counts'])} words and pairs, {len(told)} answers")
        return 0
    answers = [*graded_answers(), *told_answers()]
    _report(pairs(answers, None), "WORDS", [])
    meaning = trained()
    if meaning is not None:
        _report(pairs(answers, meaning), "MODEL", ["closeness"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
