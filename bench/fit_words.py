"""The words of answers to each question of the bank, and the weights of the fit.

    python -m bench.fit_words [--weights]

writes `scoring/fit_words.txt` from the graded answers of tiers 3 to 5 under
`bench/data/graded/training` and, for the questions that have none there, the answers under
`bench/data/told`. A change of those answers or of what `scoring.subject.said_words` gives asks for
it, and raises the scoring version: it moves scores.

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

import numpy as np
import yaml

from bench.scorecard_ranking import trained
from bench.wording import TRAINING
from interview_coach.questions.bank import LOADER, BankQuestion, load_bank
from interview_coach.scoring import KeyPoint, Meaning, Question, fit
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.content import subject_by_words
from interview_coach.scoring.meaning import ByMeaning, with_meaning
from interview_coach.scoring.relevance import cover, mean_share
from interview_coach.scoring.subject import asked_words, said_words, subject_words

TOLD = Path(__file__).resolve().parent / "data" / "told"
LEAST_TIER = 3
# A stem that so few answers have may be chance, and what one tells is limited, for two of one trade
# may have answered the same question; of each question those that tell most are kept.
LEAST_ANSWERS, LEAST_OF_QUESTION, MOST_TENTHS, MOST_STEMS = 3, 2, 30, 200
# Each question is taken to have so many answers, beside so many with the words of all.
ANSWERS, PRIOR = 20.0, 15.0
KEY_POINTS = 4.0
# Engineers talk like an explanation of their trade whatever they are asked, so it is they whose
# answers to their own question are easily taken for ones to another: they weigh more, and of theirs
# so many may fall under the limit of each regression; of other people's it is far fewer.
ENGINEERS, ENGINEERS_WEIGHT = "engineers", 4.0
LOST = {"KIND": 0.03, "BANK": 0.05, "OTHER": 0.08}
OTHERS_ALIKE, OTHERS_UNLIKE = 2, 1
# Answers of each writer, by words, and with a text model, which takes its time.
MOST_OF_WRITER, MOST_WITH_MODEL = 360, 240
STEPS, PENALTY = 25, 0.01


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. by: who wrote it, for those that the regression is on, else ""."""

    by: str
    question: Question
    text: str

    @property
    def said(self) -> frozenset[str]:
        """Its stems that may be of a subject."""
        return said_words(read_answer(self.text, self.question), self.question)


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
        Answer(file.stem if file.stem.startswith(ENGINEERS) else "", bank[row["question"]], text)
        for file in sorted(TOLD.glob("*.yaml"))
        for row in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
        for text in row["answers"]
    ]


Profiles = dict[str, dict[str, int]]


def subjects() -> dict[str, frozenset[str]]:
    """By the text of each question of the bank, the stems of its key points."""
    asked = map(question_of, load_bank())
    return {each.text: subject_words(each) - asked_words(each.text) for each in asked}


def profiles(
    answers: Sequence[tuple[str, frozenset[str]]], subjects: Mapping[str, frozenset[str]]
) -> Profiles:
    """For each question its stems and what each tells in tenths: the logarithm of how many times
    more likely it is in an answer to it than in any answer, above what a stem has that is in none
    of its answers. answers: the text of the question and the stems said. subjects: by its text, the
    stems of a question's key points, which count as if so many answers more had them."""
    everywhere = Counter(root for _, said in answers for root in said)
    known = {root: count / len(answers) for root, count in everywhere.items()
             if count >= LEAST_ANSWERS}  # fmt: skip
    given = Counter(text for text, _ in answers)
    counts: dict[str, Counter[str]] = {text: Counter() for text in given}
    for text, said in answers:
        counts[text].update(said & known.keys())
    unseen = math.log(PRIOR / (ANSWERS + PRIOR))
    found: Profiles = {}
    for text, stems in counts.items():
        weights: dict[str, int] = {}
        asked = subjects.get(text, frozenset()) & known.keys()
        for root in stems.keys() | asked:
            if root in asked or stems[root] >= LEAST_OF_QUESTION:
                count = stems[root] * ANSWERS / given[text] + (KEY_POINTS if root in asked else 0)
                share = (count + PRIOR * known[root]) / (ANSWERS + PRIOR)
                tenths = round(10 * (math.log(share / known[root]) - unseen))
                weights[root] = min(MOST_TENTHS, tenths)
        most = sorted(weights, key=lambda root: (-weights[root], root))[:MOST_STEMS]
        found[text] = {root: weights[root] for root in sorted(most)}
    return found


def table(found: Profiles) -> str:
    """The file's text: what it was counted on, then for each question of the bank its type, its
    text, and its stems in groups behind the weight they share, between tabs."""
    lines: list[str] = [mark()]
    for entry in load_bank():
        if entry.text not in found:
            continue
        groups: dict[int, list[str]] = {}
        for root, tenths in found[entry.text].items():
            groups.setdefault(tenths, []).append(root)
        told = [" ".join([str(tenths), *groups[tenths]]) for tenths in sorted(groups, reverse=True)]
        lines.append("\t".join([entry.type, entry.text, *told]))
    return "\n".join(lines) + "\n"


def mark() -> str:
    """Changes when the answers or this way of counting do."""
    keys = [(text, sorted(each)) for text, each in sorted(subjects().items())]
    counted = (
        LEAST_TIER, LEAST_ANSWERS, LEAST_OF_QUESTION, MOST_TENTHS, MOST_STEMS, ANSWERS, PRIOR,
        KEY_POINTS, keys,
    )  # fmt: skip
    files = [*sorted(TRAINING.glob("*.yaml")), *sorted(TOLD.glob("*.yaml"))]
    texts = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(str(counted).encode() + texts).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer told to a question. by: who wrote it. own: whether it is its own question. alike:
    whether that is answered in the same way."""

    by: str
    own: bool
    alike: bool
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
        others = [one for answer, one in zip(answers, said, strict=True) if answer.by != writer]
        words = fit.read_words(table(profiles(others, keys)))
        own = [answer for answer in answers if answer.by == writer]
        for answer in chance.sample(own, min(len(own), most)):
            asked = (answer.question, *_others(answer.question, questions, chance))
            found += [_pair(answer, each, words, meaning) for each in asked]
    return found


def _others(own: Question, questions: Sequence[Question], chance: random.Random) -> list[Question]:
    """Some other questions of its kind, and some of the other."""
    explained = own.type in fit.EXPLAINED
    alike = [each for each in questions if (each.type in fit.EXPLAINED) == explained]
    unlike = [each for each in questions if (each.type in fit.EXPLAINED) != explained]
    chosen = [each for each in chance.sample(alike, OTHERS_ALIKE + 1) if each.text != own.text]
    return [*chosen[:OTHERS_ALIKE], *chance.sample(unlike, OTHERS_UNLIKE)]


def _pair(answer: Answer, asked: Question, words: fit.FitWords, meaning: Meaning | None) -> Pair:
    read = read_answer(answer.text, asked)
    said = said_words(read, asked)
    beside = fit.beside_bank(said, asked, words)
    met = ByMeaning(cover(read, asked))
    if meaning is not None:
        met = with_meaning(met.coverages, read, asked, meaning)
    return Pair(
        answer.by,
        asked.text == answer.question.text,
        (asked.type in fit.EXPLAINED) == (answer.question.type in fit.EXPLAINED),
        fit.Measures(
            subject_by_words(read, said, asked),
            round(mean_share(met.coverages), 3),
            beside.margin or 0.0,
            beside.kind,
            met.closeness,
        ),
    )


def regression(found: Sequence[Pair], names: Sequence[str], lost: float) -> fit.FitWeights:
    """The weights of these measures by a logistic regression in which own and other questions
    weigh the same, and the constant with which so many of the engineers' own fall under the
    limit."""
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
    constant = weights[0] + fit.OFF_QUESTION - float(np.quantile(odds[engineers], lost))
    rounded = {name: round(float(each), 2) for name, each in zip(names, weights[1:], strict=True)}
    return fit.FitWeights(round(float(constant), 2), **rounded)


def fallen(found: Sequence[Pair], weights: Sequence[fit.FitWeights]) -> dict[str, float]:
    """The share of answers that fall under the limit by the least of these odds: to their own
    question, by writer, and to another one."""
    under: dict[str, list[bool]] = {}
    for pair in found:
        name = pair.by if pair.own else "others alike" if pair.alike else "others unlike"
        odds = min(each.odds(pair.measured) for each in weights)
        under.setdefault(name, []).append(odds < fit.OFF_QUESTION)
    return {name: round(sum(each) / len(each), 3) for name, each in sorted(under.items())}


def _report(found: Sequence[Pair], how: str, beside: Sequence[str]) -> None:
    alike = [pair for pair in found if pair.alike]
    unlike = [pair for pair in found if pair.own or not pair.alike]
    weights = {
        "KIND": regression(unlike, ["points", "kind"], LOST["KIND"]),
        "BANK": regression(alike, ["points", "margin", *beside], LOST["BANK"]),
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
        words = profiles([(answer.question.text, answer.said) for answer in told], subjects())
        fit.WORDS_FILE.write_text(table(words), encoding="utf-8")
        print(f"{len(words)} questions, {len(told)} answers")
        return 0
    answers = [*graded_answers(), *told_answers()]
    _report(pairs(answers, None), "WORDS", [])
    meaning = trained()
    if meaning is not None:
        _report(pairs(answers, meaning), "MODEL", ["closeness"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
