"""The shape of a question with the sentences test answers are joined from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Topic:
    """A question and three pools of sentences: how answers open, go on and end."""

    question: dict[str, Any]
    opening: tuple[str, ...]
    middle: tuple[str, ...]
    ending: tuple[str, ...]


def question(kind: str, text: str, *points: str) -> dict[str, Any]:
    """A question; a key point is written "text: phrase|phrase"."""
    parted = [point.partition(": ") for point in points]
    key_points = [{"text": name, "phrases": row.split("|")} for name, _, row in parted]
    return {"type": kind, "text": text, "key_points": key_points}
