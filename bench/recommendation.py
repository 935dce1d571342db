"""What made-up learners gain from recommended questions, beside random ones and a round robin.

    python -m bench.recommendation [--seeds 20] [--learners 20] [--sessions 20]

A learner has a hidden ability for each competency of the bank's questions. Practising moves it, the
more so the nearer the expected success is to 65 percent; what was gained fades with a half-life
that doubles with each practice on a later day. Recommenders see scores alone, with noise. Gain is
the mean rise of the true ability, in logits, a week after the last session.

The learners share part of the recommender's view of the world (the curve of expected scores, a best
level, fading), so the same is told for learners who gain the same at any level, and for some who
forget nothing. No figure here says what people gain.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from bench import machine
from bench.figures import table
from bench.outcome import Target, conclude
from interview_coach.analytics.ability import DIFFICULTY
from interview_coach.analytics.recommending import Candidate, Practised, recommend
from interview_coach.questions.bank import load_bank

_START = date(2026, 1, 1)
_QUESTIONS = 5
_DAYS_BETWEEN = 2
_DAYS_AFTER = 7
_BEST_SUCCESS, _EDGE_WIDTH = 0.65, 0.25
_LARGEST_GAIN = 0.5
_HALF_LIFE_DAYS = 4.0
_NOISE = 0.12
_ROLES = (None, "Backend engineer", "Data analyst", "Engineering manager", "Mobile developer")


@dataclass(frozen=True)
class World:
    """How learners learn. edge: more at the edge of ability. forgetting: gains fade."""

    name: str
    types: tuple[str, ...] | None = None
    edge: bool = True
    forgetting: bool = True


WORLDS = (
    World("behavioral questions", ("behavioral",)),
    World("the whole bank"),
    World("behavioral, same gain at any level", ("behavioral",), edge=False),
    World("behavioral, nothing is forgotten", ("behavioral",), forgetting=False),
)


@dataclass
class Learner:
    """Hidden abilities, what was gained and has not faded, and what was practised so far."""

    world: World
    start: dict[str, float]
    role: str | None
    chance: random.Random
    gained: dict[str, float] = field(default_factory=dict)
    half_life: dict[str, float] = field(default_factory=dict)
    last: dict[str, date] = field(default_factory=dict)
    past: list[Practised] = field(default_factory=list)

    def ability(self, competency: str, day: date) -> float:
        """The true ability on a day, in logits."""
        return self.start[competency] + self._left(competency, day)

    def _left(self, competency: str, day: date) -> float:
        gained = self.gained.get(competency, 0.0)
        if not gained or not self.world.forgetting:
            return gained
        days = (day - self.last[competency]).days
        return gained * 0.5 ** (days / self.half_life[competency])

    def success(self, question: Candidate, day: date) -> float:
        """The expected score of an answer, as a share of 1."""
        able = fmean(self.ability(name, day) for name in question.competencies)
        return 1 / (1 + math.exp(DIFFICULTY[question.difficulty] - able))

    def gain_of(self, question: Candidate, day: date) -> float:
        """What practising a question would add to each of its competencies."""
        if not self.world.edge:
            return _LARGEST_GAIN / 2
        away = (self.success(question, day) - _BEST_SUCCESS) / _EDGE_WIDTH
        return _LARGEST_GAIN * math.exp(-(away**2))

    def practise(self, question: Candidate, day: date) -> None:
        """Answer a question: a noisy score, and what it teaches."""
        share = self.success(question, day) + self.chance.gauss(0, _NOISE)
        gain = self.gain_of(question, day) / len(question.competencies)
        for name in question.competencies:
            self.gained[name] = self._left(name, day) + gain
            if name not in self.last:
                self.half_life[name] = _HALF_LIFE_DAYS
            elif self.last[name] < day:
                self.half_life[name] *= 2
            self.last[name] = day
        score = 100 * min(1.0, max(0.0, share))
        self.past.append(
            Practised(
                question.id,
                question.type,
                question.track,
                question.difficulty,
                question.competencies,
                day,
                score,
            )
        )


Policy = Callable[[Learner, Sequence[Candidate], date], Sequence[Candidate]]


def recommended(learner: Learner, bank: Sequence[Candidate], day: date) -> Sequence[Candidate]:
    """What the product recommends."""
    found = recommend(bank, learner.past, role=learner.role, today=day, count=_QUESTIONS)
    return [choice.candidate for choice in found]


def at_random(learner: Learner, bank: Sequence[Candidate], _day: date) -> Sequence[Candidate]:
    """Any questions."""
    return learner.chance.sample(list(bank), _QUESTIONS)


def round_robin(learner: Learner, bank: Sequence[Candidate], _day: date) -> Sequence[Candidate]:
    """The competencies in turn, each with the question on it that was asked least."""
    names = sorted(learner.start)
    asked = [each.question_id for each in learner.past]
    chosen: list[Candidate] = []
    for turn in range(len(asked), len(asked) + _QUESTIONS):
        name = names[turn % len(names)]
        fitting = [each for each in bank if name in each.competencies and each not in chosen]
        fitting = fitting or [each for each in bank if each not in chosen]
        chosen.append(min(fitting, key=lambda each: (asked.count(each.id), each.id)))
    return chosen


def knowing_all(learner: Learner, bank: Sequence[Candidate], day: date) -> Sequence[Candidate]:
    """Whatever teaches most at once, by the hidden abilities: for scale, nobody can do that."""
    order = sorted(bank, key=lambda each: (-learner.gain_of(each, day), each.id))
    chosen: list[Candidate] = []
    used: set[str] = set()
    for each in order:
        if not used & set(each.competencies):
            chosen.append(each)
            used.update(each.competencies)
        if len(chosen) == _QUESTIONS:
            break
    return chosen


POLICIES: dict[str, Policy] = {
    "recommended": recommended,
    "random": at_random,
    "round robin": round_robin,
    "knowing all": knowing_all,
}


def bank_of(world: World) -> list[Candidate]:
    """The questions that learners of this world practise."""
    return [
        Candidate(each.id, each.type, each.track, each.difficulty, each.competencies, each.text)
        for each in load_bank()
        if world.types is None or each.type in world.types
    ]


def gain(
    world: World, policy: Policy, bank: Sequence[Candidate], seed: str, sessions: int
) -> float:
    """The mean rise of one learner's true abilities, in logits, a week after the last session."""
    chance = random.Random(seed)
    names = sorted({name for each in bank for name in each.competencies})
    general = chance.gauss(0, 0.6)
    start = {name: general + chance.gauss(0, 0.8) for name in names}
    learner = Learner(world, start, chance.choice(_ROLES), chance)
    day = _START
    for _session in range(sessions):
        for question in policy(learner, bank, day):
            learner.practise(question, day)
        day += timedelta(days=_DAYS_BETWEEN)
    end = day + timedelta(days=_DAYS_AFTER - _DAYS_BETWEEN)
    return fmean(learner.ability(name, end) - start[name] for name in names)


def _of_seeds(world: World, seeds: int, learners: int, sessions: int) -> dict[str, list[float]]:
    bank = bank_of(world)
    return {
        name: [
            fmean(gain(world, policy, bank, f"{seed}-{one}", sessions) for one in range(learners))
            for seed in range(seeds)
        ]
        for name, policy in POLICIES.items()
    }


def _told(gains: dict[str, list[float]]) -> dict[str, Any]:
    ours = gains["recommended"]
    told: dict[str, Any] = {}
    for name, found in gains.items():
        row = {
            "mean": round(fmean(found), 4),
            "sd_over_seeds": round(stdev(found), 4) if len(found) > 1 else None,
            "smallest": round(min(found), 4),
            "largest": round(max(found), 4),
        }
        if found is not ours:
            ahead = [mine - theirs for mine, theirs in zip(ours, found, strict=True)]
            row["recommended_ahead_by"] = round(fmean(ahead), 4)
            row["seeds_recommended_ahead"] = sum(each > 0 for each in ahead)
        told[name] = row
    return told


def _behind(told: dict[str, Any], other: str, seeds: int) -> int:
    return seeds - int(told[other]["seeds_recommended_ahead"])


def main() -> int:
    """Run all worlds; 0 when the recommender is ahead of random and round robin where promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    before = machine.load()
    measure = partial(
        _of_seeds, seeds=asked.seeds, learners=asked.learners, sessions=asked.sessions
    )
    worlds = {}
    for world in WORLDS:
        worlds[world.name] = told = _told(measure(world))
        print(f"\n{world.name}: {len(bank_of(world))} questions, mean gain in logits")
        lines = [
            [name, row["mean"], row["sd_over_seeds"], row.get("recommended_ahead_by", "")]
            for name, row in told.items()
        ]
        print(table(["chosen by", "mean", "sd over seeds", "recommended ahead by"], lines))
    targets = [
        Target(
            f"seeds of {asked.seeds} in which {other} gained at least as much, {world.name}",
            _behind(worlds[world.name], other, asked.seeds),
            asked.seeds // 20,
        )
        for world in WORLDS[:2]
        for other in ("random", "round robin")
    ]
    return conclude(
        "recommendation",
        targets=targets,
        figures={
            "seeds": asked.seeds,
            "learners_a_seed": asked.learners,
            "sessions": asked.sessions,
            "questions_a_session": _QUESTIONS,
            "days_between_sessions": _DAYS_BETWEEN,
            "gain": "logits, mean of all competencies, a week after the last session",
            "questions": {world.name: len(bank_of(world)) for world in WORLDS},
            "worlds": worlds,
        },
        load_before=before,
        out=asked.out,
    )


if __name__ == "__main__":
    sys.exit(main())
