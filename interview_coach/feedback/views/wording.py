"""Words for times, kinds and scores, the same on every page of the report."""

from __future__ import annotations

TYPE_TITLES: dict[str, str] = {
    "technical": "Technical",
    "behavioral": "Behavioral",
    "hr": "HR",
    "system_design": "System design",
    "situational": "Situational",
    "leadership": "Leadership",
}
SCORE_TITLES: dict[str, str] = {
    "overall": "Overall",
    "content": "Content",
    "clarity": "Clarity",
    "fluency": "Fluency",
    "confidence": "Confidence",
}


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds, such as 1:05."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun, such as "1 answer" or "3 answers"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


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
