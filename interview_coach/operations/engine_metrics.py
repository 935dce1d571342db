"""The ledger of the language engines as Prometheus families: by engine and outcome, never by
model, task or user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.metrics_core import Metric

from interview_coach.ai.overview import Budget
from interview_coach.ai.usage import NOT_CALLED, Usage

_OUTCOME = ("engine", "outcome")


def families(usage: Sequence[Usage], budget: Budget) -> Iterable[Metric]:
    """usage: of all time, so that the counters never fall."""
    calls: dict[tuple[str, str], int] = defaultdict(int)
    tokens: dict[tuple[str, str], int] = defaultdict(int)
    cost: dict[str, float] = defaultdict(float)
    seconds: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for row in usage:
        calls[row.engine, row.outcome] += row.calls
        tokens[row.engine, "in"] += row.tokens_in
        tokens[row.engine, "out"] += row.tokens_out
        cost[row.engine] += row.cost_usd
        if row.outcome not in NOT_CALLED:
            count, spent = seconds[row.engine]
            spent += row.calls * row.latency_ms / 1000
            seconds[row.engine] = (count + row.calls, spent)
    made = CounterMetricFamily(
        "coach_ai_calls", "Calls of language engines, and why none was made", labels=_OUTCOME
    )
    for key, n in calls.items():
        made.add_metric(key, n)
    yield made
    counted = CounterMetricFamily("coach_ai_tokens", "Tokens", labels=("engine", "direction"))
    for key, n in tokens.items():
        counted.add_metric(key, n)
    yield counted
    paid = CounterMetricFamily("coach_ai_cost_usd", "Estimated USD", labels=("engine",))
    for engine, usd in cost.items():
        paid.add_metric((engine,), usd)
    yield paid
    waited = SummaryMetricFamily(
        "coach_ai_latency_seconds", "How long real calls took", labels=("engine",)
    )
    for engine, (count, spent) in seconds.items():
        waited.add_metric((engine,), count_value=count, sum_value=spent)
    yield waited
    yield from _money(budget)


def _money(budget: Budget) -> Iterable[Metric]:
    yield GaugeMetricFamily(
        "coach_ai_month_cost_usd", "Estimated USD since the month began", value=budget.spent
    )
    if budget.limit is not None and budget.left is not None:
        yield GaugeMetricFamily(
            "coach_ai_month_budget_usd", "What a month may cost", value=budget.limit
        )
        yield GaugeMetricFamily(
            "coach_ai_month_budget_left_usd", "What is left of it", value=budget.left
        )
