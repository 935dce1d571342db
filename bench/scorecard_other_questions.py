"""The scorecard's lines on very good answers that are told to another question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import mean

import yaml

from bench.scorecard import Line, at_least
from bench.scorecard_ranking import BLIND, HALVES, NONSENSE_AIM, Graded, graded, overall, trained
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import Meaning
from interview_coach.scoring.fit_bank import EXPLAINED

READINGS = Path(__file__).resolve().parent / "data" / "told_elsewhere.yaml"
GROUPS = {"looked_at": HALVES[0], "kept_aside": HALVES[1]}
# All of them.
AIM = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A very good answer told to another question, and its overall score. alike: whether that is
    answered in the same way, as by a story. readings: of two readings, 0 no answer to this
    question, 1 partly, 2 an answer; a story told for an explanation was not read: (0, 0)."""

    told: str
    asked: str
    alike: bool
    readings: tuple[int, int]
    score: int


@lru_cache(maxsize=1)
def readings() -> dict[tuple[str, str], tuple[int, int]]:
    """What two readings found of answers to other questions of their kind, by the ids of the
    question it was told for and of the one asked; pairs that are missing were read as 0 twice."""
    groups = yaml.safe_load(READINGS.read_text(encoding="utf-8"))
    return {
        (told, asked): (found[0], found[1])
        for group in groups.values()
        for told, row in group["readings"].items()
        for asked, found in row.items()
    }


def told_to_others(sets: list[Graded], meaning: Meaning | None = None) -> list[Told]:
    """The best answer to each question, told to each of the others."""
    ids = {entry.text: entry.id for entry in load_bank()}
    found: list[Told] = []
    for one in sets:
        for other in sets:
            told, asked = ids[one.question["text"]], ids[other.question["text"]]
            if told == asked:
                continue
            alike = (one.question["type"] in EXPLAINED) == (other.question["type"] in EXPLAINED)
            score = overall(other.question, one.answers[5], meaning)
            read = readings().get((told, asked), (0, 0))
            found.append(Told(told, asked, alike, read, score))
    return found


def other_question_lines() -> list[Line]:
    """How many very good answers told to another question stay low, by words and by a model."""
    sets = [one for folder in (HALVES[1], BLIND[HALVES[1]]) for one in graded(folder)]
    lines = _lines("lexical", "by words alone", told_to_others(sets))
    meaning = trained()
    if meaning is not None:
        lines += _lines("embeddings", "with a text model", told_to_others(sets, meaning))
    return lines


def _lines(key: str, how: str, found: list[Told]) -> list[Line]:
    words = f"Very good answers told to another question that get {NONSENSE_AIM} or less, {how}"
    unlike = [each.score for each in found if not each.alike]
    alike = [each for each in found if each.alike]
    read_off = [each.score for each in alike if each.readings == (0, 0)]
    low = sum(score <= NONSENSE_AIM for score in read_off)
    return [
        at_least(
            f"other_kind_{key}", f"{words}: a story instead of an explanation or the reverse",
            mean(score <= NONSENSE_AIM for score in unlike), AIM, "",
            f"{len(unlike)} pairs of the questions kept aside; the most is {max(unlike)}",
        ),
        at_least(
            f"other_question_{key}", f"{words}: one of the kind that was asked for",
            low / len(read_off), AIM, "",
            f"{low} of {len(read_off)} pairs of the questions kept aside, the most is "
            f"{max(read_off)}; of {len(alike)} those that two readings by a language model, "
            f"without sight of a score, found to be no answer",
        ),
    ]  # fmt: skip
