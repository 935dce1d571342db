"""Engines for the whole product: the settings name them, the real clients ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interview_coach.runtime import Runtime
from tests.support.engines import EngineServer, engine_server, reopen, set_up


@pytest.fixture
def gemini(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineServer]:
    """The product with Gemini as its only engine beside the local one."""
    with engine_server("gemini") as server:
        set_up(monkeypatch, server)
        yield server
    reopen()


@pytest.fixture
def openai(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineServer]:
    """The product with a server of OpenAI's kind as its only engine beside the local one."""
    with engine_server("openai") as server:
        monkeypatch.setenv("COACH_OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("COACH_OPENAI_MODEL", "model-1")
        reopen()
        yield server
    reopen()
