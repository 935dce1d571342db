"""Words for numbers and scores, the same on every page of the report."""

from __future__ import annotations

SCORE_TITLES: dict[str, str] = {
    "overall": "Overall",
    "content": "Content",
    "clarity": "Clarity",
    "fluency": "Fluency",
    "confidence": "Confidence",
}


def plain_number(value: float) -> str:
    """A number with no more than two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def points(cost: float) -> str:
    """The points a part cost, with its sign; 0.0 when it cost nothing."""
    tenths = round(cost, 1)
    return f"{-tenths:+.1f}" if tenths else "0.0"


def inside_sentence(label: str) -> str:
    """A label as it stands inside a sentence."""
    return label[:1].lower() + label[1:]
