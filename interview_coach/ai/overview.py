"""What the ledger tells of the engines: figures over a time, the month's budget, their standing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from interview_coach.ai import prices, repository
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.configured import Described, described
from interview_coach.ai.ledger import month_start
from interview_coach.ai.models import AiCall
from interview_coach.ai.prompts import smallest_answer
from interview_coach.ai.router import LOCAL, TEST
from interview_coach.ai.types import UNWELL
from interview_coach.ai.usage import NOT_CALLED, DayUsage, Usage
from interview_coach.kit.clock import now
from interview_coach.kit.pagination import PageRequest
from interview_coach.settings import Settings

_SHARES = (0.5, 0.95)
_USUAL_SHARES = (0.5, 0.9)
_USUAL_OF = 50
_USUAL_WITHIN = timedelta(days=30)
# Fewer say nothing about what is usual.
_LEAST_FOR_USUAL = 5
_FRESH = timedelta(days=1)

State = Literal["ready", "untried", "failing", "resting", "no_budget"]
_ASKED = ("ready", "untried", "failing")


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """One engine over a time. outcomes: how often each. calls: those really made. latency: ms of
    these, None without any."""

    engine: str
    calls: int
    outcomes: dict[str, int]
    tokens_in: int
    tokens_out: int
    cost_usd: float
    p50_ms: int | None
    p95_ms: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All engines over a time.

    answered: questions that got an answer, tests left out. by_local: of these the local engine's.
    stood_in: of these where others were asked first; reasons: why, by engine and kind of failure,
    most frequent first. cached: answers that were kept from before and cost nothing.
    """

    engines: list[EngineFigures]
    answered: int
    by_local: int
    stood_in: int
    reasons: list[tuple[str, str, int]]
    cached: int
    days: list[DayUsage]


@dataclass(frozen=True, slots=True)
class Budget:
    """The month's budget in USD. limit and left: None without a limit. refused: calls that were
    not made this month for want of room. used_up: no call of a paid engine has room any more."""

    since: datetime
    until: datetime
    limit: float | None
    spent: float
    left: float | None
    refused: int
    used_up: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How one engine stands. state: what happens to the next call. last_outcome, last_at: of its
    newest real call, None without one. rest_seconds: left of a rest."""

    engine: str
    model: str
    paid: bool
    state: State
    breaker: Literal["closed", "open", "half_open", "unknown"]
    failures: int
    rest_seconds: int
    last_outcome: str | None
    last_at: datetime | None


def overview(session: Session, since: datetime) -> Overview:
    """The figures since a moment."""
    rows = repository.usage_since(session, since)
    engines = [_figures(session, name, rows, since) for name in sorted({r.engine for r in rows})]
    ok = [row for row in rows if row.outcome in ("ok", "cached") and row.task != TEST]
    stood_in = repository.stand_ins_since(session, LOCAL, since)
    return Overview(
        engines=engines,
        answered=sum(row.calls for row in ok),
        by_local=sum(row.calls for row in ok if row.engine == LOCAL),
        stood_in=sum(stood_in.values()),
        reasons=_reasons(stood_in),
        cached=sum(row.calls for row in ok if row.outcome == "cached"),
        days=repository.days_since(session, since),
    )


def _figures(
    session: Session, engine: str, rows: Sequence[Usage], since: datetime
) -> EngineFigures:
    own = [row for row in rows if row.engine == engine]
    outcomes: dict[str, int] = {}
    for row in own:
        outcomes[row.outcome] = outcomes.get(row.outcome, 0) + row.calls
    middle, slow = repository.latencies_ms(session, engine, since, _SHARES)
    return EngineFigures(
        engine=engine,
        calls=sum(n for name, n in outcomes.items() if name not in NOT_CALLED),
        outcomes=outcomes,
        tokens_in=sum(row.tokens_in for row in own),
        tokens_out=sum(row.tokens_out for row in own),
        cost_usd=round(sum(row.cost_usd for row in own), 6),
        p50_ms=middle,
        p95_ms=slow,
    )


def _reasons(stood_in: dict[str, int]) -> list[tuple[str, str, int]]:
    found: dict[tuple[str, str], int] = {}
    for detail, count in stood_in.items():
        for passed in detail.split(", "):
            engine, _, kind = passed.partition(" ")
            found[engine, kind] = found.get((engine, kind), 0) + count
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(engine, kind, count) for (engine, kind), count in ordered]


def budget(session: Session, limit: float | None, engines: Sequence[Described]) -> Budget:
    """What this month has cost and what is left of its budget."""
    moment = now()
    since = month_start(moment)
    spent = repository.cost_since(session, since)
    refused = sum(
        row.calls for row in repository.usage_since(session, since) if row.outcome == "budget"
    )
    paid = [engine.model for engine in engines if engine.paid]
    least = min((prices.cost_of(model, 0, smallest_answer()) for model in paid), default=0.0)
    return Budget(
        since=since,
        until=month_start(since + timedelta(days=32)),
        limit=limit,
        spent=round(spent, 6),
        left=None if limit is None else max(0.0, round(limit - spent, 6)),
        refused=refused,
        used_up=limit is not None and bool(paid) and spent + least > limit,
    )


def standings(
    session: Session, engines: Sequence[Described], breaker: Breaker, *, used_up: bool
) -> list[Standing]:
    """How each engine stands, in the order they are asked. used_up: the month's budget is."""
    return [_standing(session, engine, breaker, used_up=used_up) for engine in engines]


def first_asked(session: Session, settings: Settings, breaker: Breaker) -> str:
    """The engine that is asked first now, the local one while no other can be: each rests or has
    no budget left."""
    engines = described(settings)
    spent = budget(session, settings.ai_monthly_budget_usd, engines)
    rows = standings(session, engines, breaker, used_up=spent.used_up)
    return next((row.engine for row in rows if row.state in _ASKED), LOCAL)


def _standing(session: Session, engine: Described, breaker: Breaker, *, used_up: bool) -> Standing:
    stands = breaker.standing(engine.name)
    last = repository.last_called(session, engine.name)
    rest = stands.rest_seconds if stands else 0
    return Standing(
        engine=engine.name,
        model=engine.model,
        paid=engine.paid,
        state=_state(last, resting=rest > 0, no_budget=engine.paid and used_up),
        breaker=stands.state if stands else "unknown",
        failures=stands.failures if stands else 0,
        rest_seconds=rest,
        last_outcome=last.outcome if last else None,
        last_at=last.created_at if last else None,
    )


def _state(last: AiCall | None, *, resting: bool, no_budget: bool) -> State:
    if no_budget:
        return "no_budget"
    if resting:
        return "resting"
    if last is None or last.created_at < now() - _FRESH:
        return "untried"
    # What answers something that cannot be used is there all the same.
    return "failing" if last.outcome in UNWELL else "ready"


def usage_ever(session: Session) -> list[Usage]:
    """The whole ledger, summed by engine, model, task and outcome."""
    return repository.usage_since(session, None)


def newest_calls(session: Session, asked: PageRequest) -> tuple[list[AiCall], int]:
    """One page of the ledger, newest first, and how many lines it has."""
    return repository.calls(session, asked)


def usual_seconds(
    session: Session, engine: str, tasks: Sequence[str]
) -> tuple[float, float] | None:
    """How long an engine usually takes for these tasks one after the other: half of the newest
    calls take less than the first, nine of ten less than the second. None when too few are known.
    """
    since = now() - _USUAL_WITHIN
    low = high = 0.0
    for task in tasks:
        known = sorted(
            repository.newest_latencies_ms(session, engine, task, since, limit=_USUAL_OF)
        )
        if len(known) < _LEAST_FOR_USUAL:
            return None
        middle, most = (known[math.ceil(share * len(known)) - 1] for share in _USUAL_SHARES)
        low, high = low + middle / 1000, high + most / 1000
    return low, high
