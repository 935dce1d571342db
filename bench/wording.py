"""What each word and pair of words says about an answer, counted on graded answers.

    python -m bench.wording [--model FOLDER]

writes `scoring/wording_words.txt`, or with a text model what that model adds
(`ai/texts/wording_models.json`), from the graded answers under `bench/data/graded/training`, which
are to other questions than those the scorecard ranks. A change of those answers or of what
`scoring.wording.unit_grams` gives asks for it, and raises the scoring version: it moves scores.

For each of the four steps between the five tiers the weights are those of a ridge regression (Hoerl
and Kennard 1970) of whether an answer has made it, each set's mean taken off. So a word may tell
the best from the good without telling the weak from the empty (Frank and Hall 2001).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from interview_coach.ai.embeddings import Embedder, OnnxEmbedder
from interview_coach.ai.wording import LESSONS, Lesson, lessons
from interview_coach.questions.bank import LOADER, load_bank
from interview_coach.scoring import KeyPoint, Question
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.meaning import telling_units
from interview_coach.scoring.topic import COMMONPLACE
from interview_coach.scoring.vocabulary import weight
from interview_coach.scoring.wording import STEPS, WORDS_FILE, amount, unit_grams
from interview_coach.speech.word_classes import word_set

TRAINING = Path(__file__).resolve().parent / "data" / "graded" / "training"
# Words of a trade stand in answers to few questions, or to one type of them.
LEAST_QUESTIONS = 15
LEAST_TYPES = 4
PENALTY = 3.0
# Of a text model, whose odds are added to those of the words.
MODEL_PENALTY = 1000.0
# From what the regressions give to the logarithm of the odds that a step was made: logistic
# regressions on answers to questions left out of the fit, and what the mean answer has.
SLOPES = (7.6, 8.0, 10.4, 10.6)
MODEL_SLOPES = (2.7, 1.8, 2.6, 4.1)
ODDS = (2.5, 0.9, -0.7, -2.9)
# Who somebody is or lives with says nothing about an answer, whatever the counts say.
PERSONS = word_set(
    "man men woman women lady ladies guy guys girl girls boy boys wife husband partner mother "
    "father mom mum dad parents son daughter brother sister uncle aunt cousin grandmother "
    "grandfather friend kids children child baby family old young"
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """A graded answer to train on. set: five answers to one question are one."""

    set: int
    question: Question
    tier: int
    text: str


def training_rows(files: str = "*.yaml") -> list[dict[str, Any]]:
    """The sets of graded answers to train on, as their files tell them and in their order."""
    found: list[dict[str, Any]] = []
    for file in sorted(TRAINING.glob(files)):
        found += yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
    return found


def training() -> list[Told]:
    """The graded answers to train on, in the order of their files."""
    bank = {entry.id: entry for entry in load_bank()}
    found: list[Told] = []
    for number, row in enumerate(training_rows()):
        entry = bank[row["question"]]
        points = tuple(KeyPoint(point.text, tuple(point.phrases)) for point in entry.key_points)
        question = Question(entry.type, entry.text, points)
        found += [Told(number, question, each["tier"], each["text"]) for each in row["answers"]]
    return found


def ridge(
    features: Floats,
    wanted: Floats,
    sets: npt.NDArray[np.int64],
    penalty: float,
    against: npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """The weights of the features (rows) for each column of `wanted`, the mean of each set off
    both. against: the features whose weights may not be above 0."""
    inside, aims = _inside(features, sets), _inside(wanted, sets)
    square = inside.T @ inside + penalty * np.eye(features.shape[1])
    targets = inside.T @ aims
    found = np.asarray(np.linalg.solve(square, targets))
    if against is None:
        return found
    for column, target in enumerate(targets.T):
        # Active sets (Lawson and Hanson 1974): what is above 0 is left out until nothing is.
        weights = found[:, column]
        out = np.zeros(len(weights), dtype=bool)
        while (wrong := against & ~out & (weights > 0)).any():
            out |= wrong
            kept = ~out
            weights = np.zeros(len(target))
            weights[kept] = np.linalg.solve(square[np.ix_(kept, kept)], target[kept])
        found[:, column] = weights
    return found


def _inside(rows: Floats, sets: npt.NDArray[np.int64]) -> Floats:
    """Rows less the mean of their set."""
    counts = np.bincount(sets).astype(float)
    means = np.zeros((len(counts), rows.shape[1]))
    np.add.at(means, sets, rows)
    return rows - (means / counts[:, None])[sets]


def table(answers: Sequence[Told]) -> str:
    """The file's text: what the odds of each step begin with and what it was counted on, then the
    weights of each step in hundredths and the words."""
    found = [_said(told) for told in answers]
    known = _known(answers, found)
    place = {gram: index for index, gram in enumerate(known)}
    features = np.zeros((len(answers), len(known)))
    for row, said in enumerate(found):
        here = [place[gram] for gram in said if gram in place]
        features[row, here] = 1 / amount(len(here))
    against = np.asarray([_says_little(gram) for gram in known])
    weights = ridge(features, _made(answers), _sets(answers), PENALTY, against)
    rounded = np.rint(100 * weights * SLOPES).astype(int)
    begins = ODDS - (features @ rounded).mean(axis=0) / 100
    first = [*(f"{odds:.2f}" for odds in begins), mark()]
    rows = zip(rounded.tolist(), known, strict=True)
    lines = [" ".join([*map(str, worth), gram]) for worth, gram in rows if any(worth)]
    return "\n".join([" ".join(first), *lines]) + "\n"


def taught(answers: Sequence[Told], embedder: Embedder) -> Lesson:
    """What a text model adds to the odds: weights of the mean vector of an answer's sentences."""
    vectors = np.stack([_vector(told, embedder) for told in answers])
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-9
    weights = ridge((vectors - centre) / spread, _made(answers), _sets(answers), MODEL_PENALTY)
    rounded = np.round(weights.T / spread * np.asarray(MODEL_SLOPES)[:, None], 2)
    middles = np.round(rounded @ centre, 3)
    rows = tuple(tuple(row) for row in rounded.tolist())
    return Lesson(embedder.name, mark(), tuple(middles.tolist()), rows)


def _made(answers: Sequence[Told]) -> Floats:
    """For each answer (rows) and step (columns) 1 where it was made."""
    tiers = np.asarray([told.tier for told in answers])
    return np.asarray(tiers[:, None] > np.arange(1, STEPS + 1), dtype=float)


def _sets(answers: Sequence[Told]) -> npt.NDArray[np.int64]:
    return np.asarray([told.set for told in answers])


def _vector(told: Told, embedder: Embedder) -> Floats:
    units = telling_units(read_answer(told.text, told.question), told.question)
    said = embedder.embed([text for _, text in units] or [""])
    return np.asarray(said, dtype=float).mean(axis=0)


def mark() -> str:
    """Changes when the answers to train on or this way of counting do."""
    words = " ".join(sorted(PERSONS) + sorted(COMMONPLACE))
    numbers = f"{LEAST_QUESTIONS} {LEAST_TYPES} {PENALTY} {SLOPES} {MODEL_SLOPES} {ODDS} {words}"
    texts = b"".join(file.read_bytes() for file in sorted(TRAINING.glob("*.yaml")))
    return hashlib.sha256(numbers.encode() + texts).hexdigest()[:16]


def _says_little(gram: str) -> bool:
    """True for a small word alone and for words of sentences that anybody could say."""
    alone = " " not in gram and weight(gram) == 0
    return alone or bool(COMMONPLACE & set(gram.split()))


def _said(told: Told) -> list[str]:
    units = unit_grams(read_answer(told.text, told.question))
    return list(dict.fromkeys(gram for unit in units for gram in unit))


def _known(answers: Sequence[Told], found: Sequence[Sequence[str]]) -> list[str]:
    """The words and pairs that stand in answers to enough questions of enough types."""
    questions: dict[str, set[Question]] = {}
    for told, said in zip(answers, found, strict=True):
        for gram in said:
            questions.setdefault(gram, set()).add(told.question)
    return sorted(
        gram
        for gram, asked in questions.items()
        if len(asked) >= LEAST_QUESTIONS
        and len({one.type for one in asked}) >= LEAST_TYPES
        and not PERSONS & set(gram.split())
    )


def main(arguments: list[str]) -> int:
    """Write the table of words, or the weights of a model beside those of others."""
    parser = argparse.ArgumentParser(prog="python -m bench.wording", description=__doc__)
    parser.add_argument("--model", type=Path)
    folder = parser.parse_args(arguments).model
    if folder is None:
        WORDS_FILE.write_text(table(training()), encoding="utf-8")
        return 0
    embedder = OnnxEmbedder(folder, folder.name, threads=2)
    kept = {**lessons(), embedder.digest: taught(training(), embedder)}
    rows = {digest: asdict(lesson) for digest, lesson in sorted(kept.items())}
    LESSONS.write_text(json.dumps(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
