"""The language engines as candidates and administrators see them, and trying one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from interview_coach.accounts import audit
from interview_coach.ai import overview
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.configured import described
from interview_coach.ai.probe import SECONDS, is_usable, probe
from interview_coach.ai.router import LOCAL, Router
from interview_coach.ai.types import EngineError
from interview_coach.ai.usage import DayUsage
from interview_coach.ai.words import FAILURES, name_of
from interview_coach.interviews.words import ago_words
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.operations.engine_schemas import (
    BudgetView,
    CallRow,
    DayRow,
    EngineList,
    EngineRow,
    EnginesRequest,
    EngineStanding,
    EnginesView,
    EngineTest,
    EngineUsage,
    StandIn,
)
from interview_coach.runtime import Runtime

_OPEN_STATES = ("ready", "untried", "failing")


def listed(house: Runtime, session: Session) -> EngineList:
    """The engines in the order they are asked, without keys and addresses."""
    rows = [
        EngineRow(**row.model_dump(include=set(EngineRow.model_fields)))
        for row in _standings(house, session, _budget(house, session))
    ]
    return EngineList(engines=rows)


def view(house: Runtime, session: Session, asked: EnginesRequest) -> EnginesView:
    """Figures of the last days, the month's budget, and how each engine stands."""
    since = first_moment(asked.days)
    found = overview.overview(session, since)
    budget = _budget(house, session)
    return EnginesView(
        since=since,
        engines=_standings(house, session, budget),
        budget=BudgetView(
            since=budget.since,
            until=budget.until,
            limit_usd=budget.limit,
            spent_usd=budget.spent,
            left_usd=budget.left,
            refused=budget.refused,
            used_up=budget.used_up,
        ),
        usage=[
            EngineUsage(**{name: getattr(row, name) for name in EngineUsage.model_fields})
            for row in found.engines
        ],
        answered=found.answered,
        by_local=found.by_local,
        stood_in=found.stood_in,
        stand_ins=[StandIn(engine=e, kind=kind, count=n) for e, kind, n in found.reasons],
        cached=found.cached,
        days=_days(found.days, since),
    )


def first_moment(days: int) -> datetime:
    """Midnight in UTC with which the last `days` days begin."""
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def _days(rows: Sequence[DayUsage], since: datetime) -> list[DayRow]:
    """Every day up to today, those without calls too."""
    count = (now().date() - since.date()).days + 1
    days = [since.date() + timedelta(days=number) for number in range(count)]
    found = {day: DayRow(day=day, calls={}, cost_usd={}) for day in days}
    for row in rows:
        if row.day in found:
            found[row.day].calls[row.engine] = row.calls
            found[row.day].cost_usd[row.engine] = round(row.cost_usd, 6)
    return list(found.values())


def _budget(house: Runtime, session: Session) -> overview.Budget:
    settings = house.settings
    return overview.budget(session, settings.ai_monthly_budget_usd, described(settings))


def _standings(house: Runtime, session: Session, budget: overview.Budget) -> list[EngineStanding]:
    found = overview.standings(
        session, described(house.settings), Breaker(house.redis), used_up=budget.used_up
    )
    writer = next((row.engine for row in found if row.state in _OPEN_STATES), LOCAL)
    rows = [
        EngineStanding(
            engine=row.engine,
            name=name_of(row.engine, first=True),
            model=row.model,
            writes_now=row.engine == writer,
            state=row.state,
            told=_told(row, budget),
            paid=row.paid,
            breaker=row.breaker,
            failures=row.failures,
            rest_seconds=row.rest_seconds,
            last_outcome=row.last_outcome,
            last_at=row.last_at,
        )
        for row in found
    ]
    return [*rows, _local(writes_now=writer == LOCAL)]


def _local(*, writes_now: bool) -> EngineStanding:
    return EngineStanding(
        engine=LOCAL,
        name=name_of(LOCAL, first=True),
        model=LOCAL,
        writes_now=writes_now,
        state="ready",
        told="It works on this server, without a key and without a network, and always answers.",
        paid=False,
        breaker="closed",
        failures=0,
        rest_seconds=0,
        last_outcome=None,
        last_at=None,
    )


def _told(row: overview.Standing, budget: overview.Budget) -> str:
    if row.state == "no_budget":
        return (
            f"This month's budget is used up. It is asked again from {budget.until:%d %B} on, "
            "or when the limit is raised."
        )
    if row.state == "resting":
        return f"It failed several times just now and is asked again in {row.rest_seconds} s."
    if row.last_at is None:
        return "It has not been asked yet."
    when = ago_words(row.last_at, now())
    if row.last_outcome == "ok":
        return f"It answered {when}."
    return f"Its last call, {when}: it {FAILURES.get(row.last_outcome or '', 'failed')}."


def calls(session: Session, asked: PageRequest) -> Page[CallRow]:
    """One page of the ledger, newest first, without users."""
    rows, total = overview.newest_calls(session, asked)
    return Page(
        items=[
            CallRow(
                at=row.created_at,
                **{n: getattr(row, n) for n in CallRow.model_fields if n != "at"},
            )
            for row in rows
        ],
        total=total,
        page=asked.page,
        page_size=asked.page_size,
    )


def try_engine(
    house: Runtime,
    router: Router,
    name: str,
    *,
    actor: str,
    address: str | None = None,
    seconds: float = SECONDS,
) -> EngineTest:
    """Make one small call to one engine, past breaker and kept answers, and write it down; a
    success ends the engine's rest.

    seconds: after which it is given up. 404 `engine` for one that is not set up.
    """
    engine = next((engine for engine in router.engines if engine.name == name), None)
    if engine is None:
        raise CoachError("engine", f"{name_of(name, first=True)} is not set up here.", 404)
    began = time.monotonic()
    usable, outcome, detail = False, "ok", ""
    try:
        usable = is_usable(router.test(name, probe(seconds), actor))
    except EngineError as error:
        outcome, detail = error.kind, error.detail
    taken = time.monotonic() - began
    with house.database.writing() as session:
        audit.record(
            session,
            "engine_tested",
            actor=actor,
            address=address,
            detail={"engine": name, "outcome": outcome},
        )
    return EngineTest(
        engine=name,
        model=engine.model,
        outcome=outcome,
        usable=usable,
        told=_test_told(name, outcome, detail, usable=usable, seconds=taken),
        seconds=round(taken, 3),
    )


def _test_told(name: str, outcome: str, detail: str, *, usable: bool, seconds: float) -> str:
    who = name_of(name, first=True)
    if outcome == "ok" and usable:
        return f"{who} answered after {seconds:.1f} s."
    if outcome == "ok":
        return (
            f"{who} answered after {seconds:.1f} s, but not with JSON of the asked shape. "
            "Its answers may be of no use; choose another model."
        )
    more = f" ({detail})" if detail else ""
    hint = " Look at its key and model." if outcome == "rejected" else ""
    return f"{who} {FAILURES[outcome]}{more}.{hint}"
