"""Which questions to practise next, and why. Pure: the same state and day give the same answer.

Each question is worth the sum of what speaks for it:

- **need** of its neediest competency: how weak the answers on it were, newer ones weighing more
  (half after 30 days), drawn towards the mean of all answers while there are few; and whether it is
  due by spaced repetition (`spacing`). A competency without an answer has a middling need.
- **difficulty**: 1 where the expected score (`ability`, one estimate a type) is 60 to 80, less
  the further it is away.
- **role**: how well it fits the role the candidate wants (`roles`).
- **freshness**: 1 when never asked, else growing again, half of it after 14 days.

Questions are taken one by one, the best first; what is like those already taken loses worth
(maximal marginal relevance: J. Carbonell and J. Goldstein, SIGIR 1998), and two that follow each
other share no competency while there is another way. Whatever is equal after that is put in an
order that changes with the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from statistics import fmean

from interview_coach.analytics.ability import DIFFICULTY, UNKNOWN, estimate, expected
from interview_coach.analytics.roles import role_fit
from interview_coach.analytics.spacing import schedule

# Points from which a competency is no weak spot, and the points below it at which it could not
# be weaker.
GOOD_SCORE = 75.0
_WEAKEST_BELOW = 40.0
_HALF_LIFE_DAYS = 30.0
_FRESH_HALF_LIFE_DAYS = 14.0
# Not asked again so soon while there is anything else.
_REST_DAYS = 2
TARGET = (0.6, 0.8)
_TARGET_REACH = 0.4
_WEAK, _DUE, _LEVEL, _ROLE, _FRESH, _ALIKE = 0.35, 0.25, 0.2, 0.15, 0.2, 0.25
_NEED_OF_NEW = 0.45
_DUE_NOW, _NEARLY_DUE = 0.6, 0.3
# What any role is asked, and what is only for some when the role does not say so.
_ROLE_UNSAID = {"behavioral": 0.4, "hr": 0.4, "situational": 0.4, "leadership": 0.2}
_ROLE_PRACTISED = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that can be recommended."""

    id: str
    type: str
    track: str
    difficulty: str
    competencies: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Practised:
    """A question that was asked: the day, and its best answer's score (0-100) if there is one."""

    question_id: str
    type: str
    track: str
    difficulty: str
    competencies: tuple[str, ...]
    day: date
    score: float | None


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """An answer with a score (0-100) to a question of the bank, and what that asks about."""

    answer_id: str
    interview_id: str
    question_id: str
    question: str
    competencies: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How one competency stands. average: of the scores, newer ones weighing more (0-100).

    overdue_days: days since it became due, negative when it is due later.
    """

    answers: int
    average: float
    last_days_ago: int
    interval_days: int
    overdue_days: int
    need: float


@dataclass(frozen=True, slots=True)
class Asked:
    """When a question was last asked, in days before today, and what its last answer scored."""

    days_ago: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A recommended question with the figures that chose it.

    focus: the competency it is chosen for; standing: None when that has no answer yet.
    expected_score: 0-100, None when no answer of this type has a score. role_fit: 0 to 1.
    asked: None when it was never asked. answers: how many scored answers there are at all.
    """

    candidate: Candidate
    focus: str
    standing: Standing | None
    expected_score: float | None
    role_fit: float
    asked: Asked | None
    answers: int


def recommend(
    candidates: Sequence[Candidate],
    past: Sequence[Practised],
    *,
    role: str | None,
    today: date,
    count: int,
    salt: str = "",
) -> list[Choice]:
    """The `count` best questions to practise, best first; fewer when there are fewer.

    past: in any order. salt: words that tell candidates apart, so that not all of them are given
    the same of what is equally good.
    """
    ranking = _Ranking(past, role, today, salt)
    judged = {each.id: ranking.judge(each) for each in candidates}
    pool = [each for each in candidates if not ranking.resting(each.id)]
    resting = [each for each in candidates if ranking.resting(each.id)]
    chosen: list[Candidate] = []
    while len(chosen) < count and (pool or resting):
        if not pool:
            pool, resting = resting, []
        best = max(
            _apart(pool, chosen, judged),
            key=lambda each: (
                round(judged[each.id][0] - _ALIKE * _likeness(each, chosen), 9),
                ranking.order(each.id),
            ),
        )
        pool.remove(best)
        chosen.append(best)
    return [judged[each.id][1] for each in chosen]


def _apart(
    pool: Sequence[Candidate],
    chosen: Sequence[Candidate],
    judged: dict[str, tuple[float, Choice]],
) -> Sequence[Candidate]:
    """Those that share no competency with the last one; else those of another focus; else all."""
    if not chosen:
        return pool
    last = chosen[-1]
    focus = judged[last.id][1].focus
    strangers = [each for each in pool if not set(each.competencies) & set(last.competencies)]
    return strangers or [each for each in pool if judged[each.id][1].focus != focus] or pool


def _likeness(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """How like the nearest of those chosen a question is, from 0 to 1."""
    return max((_like(candidate, other) for other in chosen), default=0.0)


def _like(one: Candidate, other: Candidate) -> float:
    mine, theirs = set(one.competencies), set(other.competencies)
    shared = len(mine & theirs) / len(mine | theirs)
    same_type = one.type == other.type
    return 0.6 * shared + 0.15 * same_type + 0.25 * (same_type and one.track == other.track)


class _Ranking:
    """What is known of one candidate on one day, and the worth of a question for them."""

    def __init__(self, past: Sequence[Practised], role: str | None, today: date, salt: str) -> None:
        self._role, self._today, self._salt = role, today, salt
        ordered = sorted(past, key=lambda each: (each.day, each.question_id))
        scored = [each for each in ordered if each.score is not None]
        self._answers = len(scored)
        self._standings = standings(scored, today)
        self._abilities = _abilities(scored)
        self._tracks = {(each.type, each.track) for each in past}
        self._asked = {
            each.question_id: Asked(max(0, (today - each.day).days), each.score) for each in ordered
        }

    def judge(self, candidate: Candidate) -> tuple[float, Choice]:
        """The worth of a question by itself, and the figures it rests on."""
        needs = {name: self._need(name) for name in sorted(candidate.competencies)}
        focus = max(needs, key=lambda name: needs[name])
        ability = self._abilities.get(candidate.type)
        share = expected(UNKNOWN if ability is None else ability, candidate.difficulty)
        fit = role_fit(
            self._role,
            candidate.type,
            candidate.track,
            candidate.competencies,
            candidate.text,
        )
        asked = self._asked.get(candidate.id)
        worth = (
            needs[focus]
            + _LEVEL * _level_fit(share)
            + _ROLE * max(fit, self._role_unsaid(candidate))
            + _FRESH * _freshness(asked)
        )
        return worth, Choice(
            candidate=candidate,
            focus=focus,
            standing=self._standings.get(focus),
            expected_score=None if ability is None else 100 * share,
            role_fit=fit,
            asked=asked,
            answers=self._answers,
        )

    def resting(self, question_id: str) -> bool:
        """Whether the question was asked just now."""
        asked = self._asked.get(question_id)
        return asked is not None and asked.days_ago < _REST_DAYS

    def order(self, question_id: str) -> str:
        """A place among equals, another one each day."""
        return sha256(f"{self._today}|{self._salt}|{question_id}".encode()).hexdigest()

    def _need(self, competency: str) -> float:
        standing = self._standings.get(competency)
        return (_WEAK + _DUE) * _NEED_OF_NEW if standing is None else standing.need

    def _role_unsaid(self, candidate: Candidate) -> float:
        practised = (candidate.type, candidate.track) in self._tracks
        return max(_ROLE_UNSAID.get(candidate.type, 0.0), _ROLE_PRACTISED * practised)


def standings(past: Sequence[Practised], today: date) -> dict[str, Standing]:
    """How each competency stands that any scored answer was about."""
    scored = [each for each in past if each.score is not None]
    by_competency: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for each in scored:
        for name in each.competencies:
            by_competency[name].append((each.day, each.score or 0.0))
    overall = fmean(each.score or 0.0 for each in scored) if scored else GOOD_SCORE
    return {name: _standing(found, overall, today) for name, found in by_competency.items()}


def _standing(found: list[tuple[date, float]], overall: float, today: date) -> Standing:
    weights = [0.5 ** (max(0, (today - day).days) / _HALF_LIFE_DAYS) for day, _score in found]
    points = sum(weight * score for weight, (_day, score) in zip(weights, found, strict=True))
    average = points / sum(weights)
    # One answer at the mean of all is added: a single bad one is no weak spot yet.
    drawn = (points + overall) / (sum(weights) + 1)
    weak = min(1.0, max(0.0, (GOOD_SCORE - drawn) / _WEAKEST_BELOW))
    planned = schedule(found)
    gone = max(0, (today - planned.last).days)
    ratio = gone / planned.interval_days
    due = _NEARLY_DUE * ratio if ratio < 1 else _DUE_NOW + (1 - _DUE_NOW) * min(1.0, ratio - 1)
    return Standing(
        answers=len(found),
        average=average,
        last_days_ago=gone,
        interval_days=planned.interval_days,
        overdue_days=gone - planned.interval_days,
        need=_WEAK * weak + _DUE * due,
    )


def _abilities(scored: Sequence[Practised]) -> dict[str, float]:
    by_type: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for each in scored:
        if each.difficulty in DIFFICULTY:
            by_type[each.type].append((each.difficulty, each.score or 0.0))
    return {kind: estimate(results) for kind, results in by_type.items()}


def _level_fit(share: float) -> float:
    low, high = TARGET
    away = max(0.0, low - share, share - high)
    return max(0.0, 1 - away / _TARGET_REACH)


def _freshness(asked: Asked | None) -> float:
    return 1.0 if asked is None else 1 - 0.5 ** (asked.days_ago / _FRESH_HALF_LIFE_DAYS)
