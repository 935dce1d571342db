"""A candidate of the benchmark: the API as a program uses it, and the cookie its pages need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from interview_coach.speech.decode import SAMPLE_RATE, decode
from interview_coach.speech.encode import encode_webm
from tests.e2e.conftest import PASSWORD, Site
from tests.support.recordings import SPOKEN_ANSWER, SPOKEN_TEXT, digest_header, pieces
from tests.support.scripted_whisper import build
from tests.support.servers import wait_until

CHUNK_SECONDS = 2.0
FIXTURE_SECONDS = 23.0
# The speech of the fixture ends here; the scripted recogniser spreads its words up to it.
_SPOKEN_SECONDS = 22.0
_WORKER_WITHIN = 120.0
_MANY_A_MINUTE = "6000"  # a benchmark is no attack: nothing is to be held back


@dataclass(frozen=True)
class Candidate:
    """Somebody who is signed in. headers: of an API request. cookie: of the pages, `name=value`."""

    email: str
    headers: dict[str, str]
    cookie: str


def settings_of_site(folder: Path) -> dict[str, str]:
    """The settings a benchmark's site runs with; builds the scripted recogniser in `folder`."""
    model = build(folder / "scripted", SPOKEN_TEXT, seconds=_SPOKEN_SECONDS)
    return {
        "COACH_OFFLINE": "1",
        "COACH_WHISPER_MODEL": str(model),
        "COACH_RATE_LIMIT_PER_MINUTE": _MANY_A_MINUTE,
    }


def wait_for_worker(site: Site) -> None:
    """Return when the worker has loaded its recogniser."""
    log = site.data_dir / "logs" / "worker.log"
    wait_until(
        lambda: log.is_file() and "recogniser ready" in log.read_text(encoding="utf-8"),
        _WORKER_WITHIN,
        "the worker has its recogniser",
    )


def sign_up(url: str, email: str) -> Candidate:
    """Register from the page (for the cookie) and sign in as a program (for the token)."""
    with httpx.Client(base_url=url, timeout=30) as client:
        answer = client.post(
            "/api/v1/auth/register",
            json={"email": email, "password": PASSWORD, "full_name": "Test Candidate"},
            headers={"X-Interview-Coach": "page"},
        )
        answer.raise_for_status()
        cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        client.cookies.clear()
        signed = client.post("/api/v1/auth/login", data={"username": email, "password": PASSWORD})
        signed.raise_for_status()
    return Candidate(email, {"Authorization": f"Bearer {signed.json()['access_token']}"}, cookie)


def spoken_webm(seconds: float | None = None) -> bytes:
    """The spoken fixture as one WebM recording; repeated up to `seconds` when given."""
    samples = decode(SPOKEN_ANSWER)
    if seconds is not None:
        length = round(seconds * SAMPLE_RATE)
        samples = np.tile(samples, -(-length // len(samples)))[:length]
    return encode_webm(samples)


def chunks_of(recording: bytes, seconds: float) -> list[bytes]:
    """The recording in pieces of about two seconds, as the page's recorder sends it."""
    return pieces(recording, max(1, round(seconds / CHUNK_SECONDS)))


def chunk_headers(candidate: Candidate, chunk: bytes) -> dict[str, str]:
    """What is said of a chunk when it is sent."""
    return {
        **candidate.headers,
        "Content-Type": "audio/webm",
        "Content-Digest": digest_header(chunk),
    }


def interview_request(questions: int) -> dict[str, Any]:
    """The interview every benchmark sets up."""
    return {"type": "behavioral", "question_count": questions}
