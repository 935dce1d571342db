"""What the administrators' page of the engines shows. Pure: texts made of the shapes of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interview_coach import ui
from interview_coach.ai.router import LOCAL
from interview_coach.ai.usage import NOT_CALLED
from interview_coach.ai.words import FAILURES, name_of
from interview_coach.interviews.words import counted
from interview_coach.kit.clock import iso
from interview_coach.kit.pagination import Page
from interview_coach.operations.engine_schemas import (
    BudgetView,
    CallRow,
    DayRow,
    EngineList,
    EngineRow,
    EngineStanding,
    EnginesView,
    EngineUsage,
    StandIn,
)

API = "/api/v1/admin/engines"
RANGES = (("1", "Today"), ("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("366", "A year"))
_STATES = {
    "ready": ("Answers", "good"),
    "untried": ("Not asked lately", "line"),
    "failing": ("Failed last", "mid"),
    "resting": ("Rests", "bad"),
    "no_budget": ("No budget left", "bad"),
}
_BREAKER = {
    "closed": "Breaker closed",
    "open": "Breaker open",
    "half_open": "Breaker half open: one call at a time",
    "unknown": "Breaker not known, as Redis is away",
}
_OUTCOMES = {"ok": "answered", "cached": "kept from before"}


@dataclass(frozen=True)
class Figure:
    """A stat card."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class EngineLine:
    """One engine. path: where a test of it goes, empty for the local one and for candidates."""

    id: str
    title: str
    note: str
    more: str
    mark: str
    mark_kind: str
    writes: bool
    path: str


@dataclass(frozen=True)
class UsageLine:
    """One engine's figures as texts."""

    engine: str
    calls: str
    outcomes: str
    tokens: str
    cost: str
    p50: str
    p95: str


@dataclass(frozen=True)
class CallLine:
    """One line of the ledger. moment: ISO 8601."""

    id: str
    title: str
    note: str
    mark: str
    mark_kind: str
    moment: str


@dataclass(frozen=True)
class EnginesShown:
    """The whole page. alert: what has to be known first, empty for nothing. used_up: the month's
    budget is."""

    used_up: bool = False
    alert: str = ""
    alert_text: str = ""
    figures: list[Figure] = field(default_factory=list)
    lines: list[EngineLine] = field(default_factory=list)
    usage: list[UsageLine] = field(default_factory=list)
    stand_ins: list[str] = field(default_factory=list)
    stand_in_note: str = ""
    chart: ui.Chart = field(default_factory=ui.Chart)
    chart_spoken: str = ""
    calls: list[CallLine] = field(default_factory=list)


def engines_shown(view: EnginesView, newest: Page[CallRow]) -> EnginesShown:
    """The page of these figures and the newest calls."""
    alert, alert_text = _alert(view.budget)
    return EnginesShown(
        used_up=view.budget.used_up,
        alert=alert,
        alert_text=alert_text,
        figures=_figures(view),
        lines=[_line(row) for row in view.engines],
        usage=[_usage(row) for row in view.usage],
        stand_ins=[_stand_in(row) for row in view.stand_ins],
        stand_in_note=_stand_in_note(view),
        chart=_chart(view.days),
        chart_spoken=_chart_spoken(view),
        calls=[_call(row, place) for place, row in enumerate(newest.items)],
    )


def dollars(usd: float) -> str:
    """USD with cents, and with more digits where cents would say nothing."""
    return f"${usd:,.2f}" if usd == 0 or usd >= 0.995 else f"${usd:.4f}"


def _alert(budget: BudgetView) -> tuple[str, str]:
    if budget.limit_usd is None or not (budget.used_up or budget.refused):
        return "", ""
    spent = f"{dollars(budget.spent_usd)} of {dollars(budget.limit_usd)} are spent"
    refused = f"{counted(budget.refused, 'call')} of this month had no room."
    if not budget.used_up:
        return (
            "Some calls had no room in the budget",
            f"{spent}. {refused} The next engine took over.",
        )
    told = (
        f"{spent}, and no further call has room. Engines that cost money are not asked before "
        f"{budget.until:%d %B %Y}, unless COACH_AI_MONTHLY_BUDGET_USD is raised. Feedback goes on "
        f"with the engines that cost nothing. {refused}"
    )
    return "This month's budget is used up", told


def _figures(view: EnginesView) -> list[Figure]:
    budget = view.budget
    money = "no monthly budget is set"
    if budget.limit_usd is not None and budget.left_usd is not None:
        money = f"of {dollars(budget.limit_usd)}, {dollars(budget.left_usd)} left"
    answered = view.answered
    share = f"{100 * view.by_local / answered:.0f} %" if answered else "-"
    calls = sum(row.calls for row in view.usage)
    cost = sum(row.cost_usd for row in view.usage)
    return [
        Figure("Cost this month", dollars(budget.spent_usd), money),
        Figure(
            "Cost in this range",
            dollars(cost),
            f"{counted(calls, 'call')}, estimated by list price",
        ),
        Figure(
            "Written locally",
            share,
            f"of {counted(answered, 'question')} put to engines"
            if answered
            else "nothing was asked in this range",
        ),
        Figure("Stand-ins", str(view.stood_in), "others were asked first and gave nothing"),
    ]


def lines_for_candidates(engines: EngineList, *, may_test: bool) -> list[EngineLine]:
    """The engines as anybody sees them; the way to a test only for those who may."""
    return [_shown_line(row, row.model, may_test=may_test) for row in engines.engines]


def _line(row: EngineStanding) -> EngineLine:
    breaker = _BREAKER[row.breaker]
    failures = f", {counted(row.failures, 'failure')} in a row" if row.failures else ""
    price = "paid by use" if row.paid else "costs nothing here"
    return _shown_line(row, f"{row.model}, {price}. {breaker}{failures}.", may_test=True)


def _shown_line(row: EngineRow, more: str, *, may_test: bool) -> EngineLine:
    mark, kind = _STATES[row.state]
    local = row.engine == LOCAL
    return EngineLine(
        id=row.engine,
        title=row.name,
        note=row.told,
        more="" if local else more,
        mark="Always answers" if local else mark,
        mark_kind=kind,
        writes=row.writes_now,
        path=f"{API}/{row.engine}/test" if may_test and not local else "",
    )


def _usage(row: EngineUsage) -> UsageLine:
    ordered = sorted(row.outcomes.items(), key=lambda item: (item[0] != "ok", -item[1], item[0]))
    return UsageLine(
        engine=name_of(row.engine, first=True),
        calls=f"{row.calls:,}",
        outcomes=", ".join(f"{_outcome(name)} {count:,}" for name, count in ordered),
        tokens=f"{row.tokens_in:,} / {row.tokens_out:,}",
        cost=dollars(row.cost_usd),
        p50=_seconds(row.p50_ms),
        p95=_seconds(row.p95_ms),
    )


def _outcome(name: str) -> str:
    return _OUTCOMES.get(name, name.replace("_", " "))


def _seconds(ms: int | None) -> str:
    if ms is None:
        return "-"
    return f"{ms} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def _stand_in(row: StandIn) -> str:
    times = "once" if row.count == 1 else f"{row.count} times"
    return f"{name_of(row.engine, first=True)} {FAILURES.get(row.kind, row.kind)}: {times}"


def _stand_in_note(view: EnginesView) -> str:
    if view.stood_in:
        return f"{counted(view.stood_in, 'time')} of {counted(view.answered, 'question')}"
    return "Never in this range."


def _chart(days: Sequence[DayRow]) -> ui.Chart:
    names = sorted({name for day in days for name in day.calls}, key=lambda n: (n == LOCAL, n))
    series = [
        ui.Series(f"Calls, {name_of(name)}", [float(day.calls.get(name, 0)) for day in days])
        for name in names
    ]
    cost = [sum(day.cost_usd.values()) for day in days]
    if any(cost):
        series.append(ui.Series("Cost in USD", cost, as_line=True, before="$"))
    return ui.chart_view([f"{day.day:%d %b}" for day in days], series, first_head="Day (UTC)")


def _chart_spoken(view: EnginesView) -> str:
    busiest = max(view.days, key=lambda day: sum(day.calls.values()))
    count = sum(busiest.calls.values())
    if not count:
        return "No calls in this range."
    total = sum(row.calls for row in view.usage)
    span = f"{counted(total, 'call')} in {counted(len(view.days), 'day')}"
    return (
        f"Calls and cost of each day: {span}, most of them, {count}, on {busiest.day:%d %B}. "
        "The table below has every figure."
    )


def _call(row: CallRow, place: int) -> CallLine:
    good = row.outcome in _OUTCOMES
    tokens = f", {row.tokens_in:,} / {row.tokens_out:,} tokens" if row.tokens_in else ""
    cost = f", {dollars(row.cost_usd)}" if row.cost_usd else ""
    instead = f": instead of {row.detail.replace('_', ' ')}"
    detail = "" if not row.detail else instead if row.engine == LOCAL else f": {row.detail}"
    took = f", {_seconds(row.latency_ms)}" if row.outcome not in NOT_CALLED else ""
    attempt = f", try {row.attempt}" if row.attempt > 1 else ""
    return CallLine(
        id=str(place),
        title=f"{name_of(row.engine, first=True)}, {row.task.replace('_', ' ')}",
        note=f"{row.model}{attempt}{took}{tokens}{cost}{detail}",
        mark=_outcome(row.outcome).capitalize(),
        mark_kind="good" if good else "bad",
        moment=iso(row.at) or "",
    )
