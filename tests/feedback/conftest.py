"""Engines on local servers for the whole product: the settings name them, the real clients ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interview_coach import runtime as runtime_module
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.support.engines import EngineServer, engine_server


@pytest.fixture
def gemini(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineServer]:
    """The product with Gemini as its only engine beside the local one."""
    with engine_server("gemini") as server:
        monkeypatch.setenv("COACH_GEMINI_API_KEY", "key-1")
        monkeypatch.setenv("COACH_GEMINI_BASE_URL", server.url)
        _reopen()
        yield server
    _reopen()


def _reopen() -> None:
    load_settings.cache_clear()
    runtime_module.runtime.cache_clear()
    runtime_module.router.cache_clear()
