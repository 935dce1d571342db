"""Sums over the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Outcomes without a call behind them.
NOT_CALLED = ("cached", "resting", "budget")


@dataclass(frozen=True, slots=True)
class Usage:
    """What one engine and model did for one task: calls by outcome, tokens, USD, mean ms."""

    engine: str
    model: str
    task: str
    outcome: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    latency_ms: float


@dataclass(frozen=True, slots=True)
class DayUsage:
    """What one engine did on one day in UTC: real calls and USD."""

    day: date
    engine: str
    calls: int
    cost_usd: float
