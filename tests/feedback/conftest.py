"""Engines and recognisers for the whole product: the settings name them, the real clients ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_coach.feedback import recogniser
from interview_coach.runtime import Runtime
from tests.support.engines import EngineServer, engine_server, reopen, set_up
from tests.support.recordings import SPOKEN_TEXT
from tests.support.scripted_whisper import build


@pytest.fixture
def gemini(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineServer]:
    """The product with Gemini as its only engine beside the local one."""
    with engine_server("gemini") as server:
        set_up(monkeypatch, server)
        yield server
    reopen()


@pytest.fixture(autouse=True)
def _fresh_recogniser() -> Iterator[None]:
    recogniser.forget()
    yield
    recogniser.forget()


@pytest.fixture(scope="session")
def whisper_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model that the real faster-whisper loads and that says the fixture's text."""
    return build(tmp_path_factory.mktemp("whisper"), SPOKEN_TEXT, seconds=22.5)


@pytest.fixture
def whisper(whisper_folder: Path, house: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of an installation with that model."""
    monkeypatch.setenv("COACH_WHISPER_MODEL", str(whisper_folder))
    reopen()


@pytest.fixture
def any_whisper(whisper_folder: Path, any_house: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on each kind of database."""
    monkeypatch.setenv("COACH_WHISPER_MODEL", str(whisper_folder))
    reopen()
