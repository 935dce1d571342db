"""A browser that hears a tone instead of a microphone."""

from __future__ import annotations

import math
import shutil
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

_QUIET = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]


def write_sound(path: Path) -> None:
    """Ten seconds of a swelling tone, 16 kHz mono."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        for index in range(10 * 16000):
            swell = 0.5 + 0.5 * math.sin(index / 4000)
            value = int(9000 * swell * math.sin(index * 2 * math.pi * 220 / 16000))
            sound.writeframesraw(struct.pack("<h", value))


def start_browser(play: Playwright, arguments: list[str]) -> Iterator[Browser]:
    """Yield a running Chromium with these arguments; it is closed afterwards."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None and not Path(play.chromium.executable_path).exists():
        pytest.skip("no Chromium on this machine")
    started = play.chromium.launch(executable_path=program, args=_QUIET + arguments)
    yield started
    started.close()
