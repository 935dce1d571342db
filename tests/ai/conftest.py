"""Engines on local servers, with the real clients, the real ledger and the real breaker."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.gemini import Gemini
from interview_coach.ai.ledger import Ledger
from interview_coach.ai.openai_compatible import OpenAICompatible
from interview_coach.ai.router import Router
from interview_coach.ai.types import Engine
from interview_coach.runtime import Runtime
from tests.support.engines import EngineServer, engine_server


@pytest.fixture
def gemini() -> Iterator[EngineServer]:
    """A server that speaks Gemini's protocol."""
    with engine_server("gemini") as server:
        yield server


@pytest.fixture
def openai() -> Iterator[EngineServer]:
    """A server that speaks OpenAI's protocol."""
    with engine_server("openai") as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """The seconds the router has waited between tries."""
    return []


@pytest.fixture
def make_router(
    house: Runtime, gemini: EngineServer, openai: EngineServer, waits: list[float]
) -> Callable[..., Router]:
    """Gemini first, OpenAI second; what would be slept is written down instead."""

    def make(budget: float | None = None, engines: list[Engine] | None = None) -> Router:
        if engines is None:
            paid = OpenAICompatible("key-2", "gpt-4.1-mini", openai.url)
            paid.paid = True  # as OpenAI's own host would be
            engines = [Gemini("key-1", "gemini-2.5-flash", gemini.url), paid]
        return Router(
            engines,
            Ledger(house.database, budget),
            Breaker(house.redis),
            sleep=waits.append,
            chance=random.Random(7),
        )

    return make
