"""Graded answers keep their order as far as the method is known to keep it, and what is no answer
stays low. The figures themselves stand in the scorecard."""

from __future__ import annotations

import functools
from itertools import pairwise

import pytest

from bench.scorecard_ranking import (
    BLIND,
    HALVES,
    NONSENSE_AIM,
    graded,
    nonsense,
    overall,
    ranked,
    told_to_others,
)
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


def test_very_good_answers_to_another_question_mostly_stay_low() -> None:
    other_kind, own_kind = told_to_others(graded(BLIND[HALVES[0]]))
    assert len(other_kind) == 64
    # A story instead of an explanation, or the reverse.
    assert sum(score <= NONSENSE_AIM for score in other_kind) >= 0.95 * len(other_kind)
    # Which would do for the other question too cannot be told by words: most are held low.
    assert sum(score <= NONSENSE_AIM for score in own_kind) > len(own_kind) / 2


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
