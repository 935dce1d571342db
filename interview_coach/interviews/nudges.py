"""Help with a question, one step after the other: first its tips, then a nudge. Pure."""

from __future__ import annotations

from typing import Any

MOST_STEPS = 2


def hint_steps(content: dict[str, Any]) -> int:
    """How many steps of help there are for a question with this content."""
    if not content.get("tips"):
        return 0
    return MOST_STEPS if nudge_of(content) else 1


def nudge_of(content: dict[str, Any]) -> str | None:
    """Why it is asked and what to begin with; None where no key point is known."""
    points = content.get("key_points") or []
    if not points:
        return None
    first = points[0]["text"].rstrip(".")
    begin = first if first[1:2].isupper() else first[:1].lower() + first[1:]
    return f"{content.get('why', '')} Begin with this: {begin}.".strip()
