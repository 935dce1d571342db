"""Shapes of what is told of the language engines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.ai.overview import State

MAX_DAYS = 366
EngineName = Literal["gemini", "openai"]


class EnginesRequest(BaseModel):
    """days: how many days in UTC the figures cover, today with them."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(default=30, ge=1, le=MAX_DAYS)


class EngineRow(BaseModel):
    """An engine as candidates see it: no key, no address."""

    engine: str = Field(examples=["gemini"])
    name: str = Field(examples=["Gemini"])
    model: str = Field(examples=["gemini-2.5-flash"])
    writes_now: bool = Field(description="the next words come from it, if it answers")
    state: State = Field(
        description="untried: no call within a day; resting: it failed several times just now; "
        "no_budget: the month's money is spent"
    )
    told: str = Field(description="the state in words", examples=["It answered a minute ago."])


class EngineList(BaseModel):
    """The engines in the order they are asked; the local one, which always answers, is last."""

    engines: list[EngineRow]


class EngineStanding(EngineRow):
    """An engine as administrators see it. rest_seconds: left of a rest. failures: in a row."""

    paid: bool
    breaker: Literal["closed", "open", "half_open", "unknown"]
    failures: int
    rest_seconds: int
    last_outcome: str | None
    last_at: datetime | None


class EngineUsage(BaseModel):
    """What one engine did. calls: really made; p50_ms, p95_ms: of these, null without any."""

    engine: str
    calls: int
    outcomes: dict[str, int] = Field(examples=[{"ok": 40, "timeout": 2, "cached": 5}])
    tokens_in: int
    tokens_out: int
    cost_usd: float
    p50_ms: int | None
    p95_ms: int | None


class StandIn(BaseModel):
    """Why the local engine stood in: which engine failed how, and how often."""

    engine: str
    kind: str = Field(examples=["timeout"])
    count: int


class BudgetView(BaseModel):
    """This month's money in USD. limit_usd, left_usd: null without a limit. refused: calls not
    made for want of room. used_up: no paid engine is asked any more before `until`."""

    since: datetime
    until: datetime
    limit_usd: float | None
    spent_usd: float
    left_usd: float | None
    refused: int
    used_up: bool


class DayRow(BaseModel):
    """One day in UTC: real calls and cost of each engine that was called."""

    day: date
    calls: dict[str, int]
    cost_usd: dict[str, float]


class EnginesView(BaseModel):
    """All that the ledger tells since a moment.

    answered: questions that got an answer, of which `by_local` the local engine's and `cached`
    were kept from before; stood_in: of the local ones those where others were asked first.
    """

    since: datetime
    engines: list[EngineStanding]
    budget: BudgetView
    usage: list[EngineUsage]
    answered: int
    by_local: int
    stood_in: int
    stand_ins: list[StandIn]
    cached: int
    days: list[DayRow]


class EngineTest(BaseModel):
    """What came of a test. outcome: `ok`, or how it failed. usable: the answer had the shape that
    was asked for."""

    engine: str
    model: str
    outcome: str = Field(examples=["ok"])
    usable: bool
    told: str = Field(examples=["Gemini answered after 0.8 s."])
    seconds: float


class CallRow(BaseModel):
    """One line of the ledger. detail: why it failed; it holds no word of any user."""

    at: datetime
    task: str
    prompt: str
    engine: str
    model: str
    outcome: str
    attempt: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    latency_ms: int
    detail: str
