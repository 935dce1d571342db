"""The made-up learners that recommendations are measured on learn as they are said to."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bench import recommendation
from bench.recommendation import WORLDS, Learner, World
from interview_coach.analytics.recommending import Candidate

DAY = recommendation._START
QUESTION = Candidate("q", "hr", "plans", "medium", ("conflict",), "What?")


def _learner(world: World, ability: float) -> Learner:
    return Learner(world, {"conflict": ability}, None, random.Random(1))


def _gained(world: World, ability: float, days: int) -> float:
    learner = _learner(world, ability)
    learner.practise(QUESTION, DAY)
    return learner.ability("conflict", DAY + timedelta(days=days)) - ability


def test_more_is_learned_at_the_edge_and_fades_by_half() -> None:
    usual, plain = WORLDS[0], World("plain", edge=False, forgetting=False)
    assert _gained(usual, 0.6, 0) > 2 * _gained(usual, 3.0, 0)
    assert _gained(usual, 0.6, 4) == pytest.approx(_gained(usual, 0.6, 0) / 2)
    assert _gained(plain, 0.6, 40) == pytest.approx(_gained(plain, 3.0, 0))


def test_practice_on_a_later_day_makes_it_last() -> None:
    learner = _learner(WORLDS[0], 0.6)
    for day in (0, 0, 1, 3):
        learner.practise(QUESTION, DAY + timedelta(days=day))
    assert learner.half_life["conflict"] == 16.0
    assert len(learner.past) == 4


def test_every_way_of_choosing_gives_a_whole_session_of_different_questions() -> None:
    bank = recommendation.bank_of(WORLDS[1])
    names = {name for each in bank for name in each.competencies}
    for policy in recommendation.POLICIES.values():
        learner = Learner(WORLDS[1], dict.fromkeys(names, 0.0), None, random.Random(2))
        chosen = policy(learner, bank, DAY)
        assert len({each.id for each in chosen}) == 5


def test_the_same_seed_gives_the_same_gain() -> None:
    bank = recommendation.bank_of(WORLDS[0])
    gains = [
        recommendation.gain(WORLDS[0], recommendation.recommended, bank, "7", 3) for _ in range(2)
    ]
    assert gains[0] == gains[1] > 0
