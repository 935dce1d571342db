"""Sounds as a browser sends them."""

from __future__ import annotations

import base64
import hashlib
import io
import wave
from pathlib import Path
from typing import Any

import numpy as np

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SPOKEN_ANSWER = FIXTURES / "spoken_answer.webm"
SPOKEN_TEXT = (
    "Last spring our checkout service failed every Friday evening. I was the engineer on call, "
    "and I owned the fix. First I traced the slow queries and found one missing index. Then I "
    "added the index and a dashboard, and I wrote a short guide for the team. As a result, failed "
    "payments went down from nine percent to one percent in two weeks."
)


def pieces(content: bytes, count: int) -> list[bytes]:
    """The content cut into `count` pieces of about the same size."""
    size = -(-len(content) // count)
    return [content[at : at + size] for at in range(0, len(content), size)]


def digest_header(content: bytes) -> str:
    """The Content-Digest of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def wav(samples: np.ndarray, rate: int = 16000) -> bytes:
    """Samples between -1 and 1 as a mono 16-bit WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def silence(seconds: float) -> bytes:
    """A silent WAV file."""
    return wav(np.zeros(int(16000 * seconds)))


def put_chunks(api: Any, interview_id: str, answer_id: str, chunks: list[bytes]) -> None:
    """Send the chunks as the recorder does."""
    for number, chunk in enumerate(chunks):
        answer = api.put(
            f"/api/v1/interviews/{interview_id}/answers/{answer_id}/chunks/{number}",
            content=chunk,
            headers={"Content-Type": "audio/webm", "Content-Digest": digest_header(chunk)},
        )
        assert answer.status_code == 200, answer.text
