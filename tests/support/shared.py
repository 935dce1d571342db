"""The folder of shared test data, where the machine has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_dir() -> Path | None:
    """`COACH_SHARED_DIR`, else `shared` beside the project; None when there is no such folder."""
    named = os.environ.get("COACH_SHARED_DIR")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared"
    return folder if folder.is_dir() else None


def speech_data() -> Path:
    """The folder of shared speech recordings; for tests marked with `needs_shared`."""
    folder = shared_dir()
    if folder is None:
        pytest.skip(_REASON)
    return folder / "data" / "speech"


_REASON = "no shared test data (COACH_SHARED_DIR, or ../shared)"
needs_shared = pytest.mark.skipif(shared_dir() is None, reason=_REASON)
