"""Graded answers keep their order as far as the method is known to keep it, and what is no answer
stays low. The figures themselves stand in the scorecard."""

from __future__ import annotations

import functools
from itertools import pairwise

import pytest
import yaml

from bench.scorecard_other_questions import GROUPS, READINGS, told_to_others
from bench.scorecard_ranking import (
    BLIND,
    HALVES,
    NONSENSE_AIM,
    graded,
    nonsense,
    overall,
    ranked,
)
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import score_json_line

# What is reached by words, a little less; the aim is .90.
LEAST = {"development": 0.87, "held_out": 0.88}
QUESTIONS = {"development": 36, "held_out": 12}
# Of 330 answers, told on the page about the method.
KNOWN_LOWERED = 5
_PARROT = "You asked me this. {0} That is a good question. {0} So that is what I think about it."


@functools.cache
def _ranked(half: str) -> tuple[float, dict[int, float]]:
    return ranked(graded(half), overall)


@pytest.mark.parametrize("half", HALVES)
def test_better_answers_mostly_score_higher(half: str) -> None:
    assert len(graded(half)) == QUESTIONS[half]
    assert _ranked(half)[0] >= LEAST[half]


@pytest.mark.parametrize("half", HALVES)
def test_the_best_tiers_stand_above_the_middle_and_that_above_the_worst(half: str) -> None:
    tiers = _ranked(half)[1]
    assert all(low < high for low, high in pairwise([tiers[2], tiers[3], tiers[4], tiers[5]]))
    assert tiers[1] < tiers[3]


@pytest.mark.parametrize("kind", ["gibberish", "off_topic"])
def test_what_is_no_answer_stays_low(kind: str) -> None:
    for half in HALVES:
        for one in graded(half):
            for text in nonsense()[kind]:
                assert overall(one.question, text) <= NONSENSE_AIM, (one.question["text"], text)


def test_a_question_said_back_stays_low() -> None:
    for half in HALVES:
        for one in graded(half):
            text = _PARROT.format(one.question["text"])
            assert overall(one.question, text) <= NONSENSE_AIM, text


def test_very_good_answers_to_another_question_stay_low() -> None:
    found = told_to_others(graded(BLIND[HALVES[0]]))
    unlike = [each for each in found if not each.alike]
    assert len(unlike) == 64
    # A story instead of an explanation, or the reverse.
    assert [each for each in unlike if each.score > NONSENSE_AIM] == []
    read_off = [each for each in found if each.alike and each.readings == (0, 0)]
    assert len(read_off) > 60
    assert sum(each.score <= NONSENSE_AIM for each in read_off) >= 0.95 * len(read_off)


def test_all_very_good_answers_were_read_beside_the_other_questions() -> None:
    groups = yaml.safe_load(READINGS.read_text(encoding="utf-8"))
    bank = {entry.text: entry.id for entry in load_bank()}
    assert groups.keys() == GROUPS.keys()
    for name, half in GROUPS.items():
        ids = {bank[one.question["text"]] for one in (*graded(half), *graded(BLIND[half]))}
        assert set(groups[name]["questions"]) == ids
        for told, row in groups[name]["readings"].items():
            assert {told, *row} <= ids
            assert all(len(found) == 2 and set(found) <= {0, 1, 2} for found in row.values())
            assert all(any(found) for found in row.values())


def test_graded_answers_are_speech() -> None:
    """Hardly any is taken for words thrown together. None should be."""
    lowered: list[str] = []
    for folder in (*HALVES, *BLIND.values()):
        for one in graded(folder):
            for text in one.answers.values():
                parts = score_json_line({"question": one.question, "text": text})["parts"]
                if "coherence" in {row["part"] for row in parts}:
                    lowered.append(text)
    assert len(lowered) <= KNOWN_LOWERED, lowered
