"""How interviews, lengths and moments are put into words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

# Reading the question and thinking before one speaks, beside the guide time of the answer.
_SECONDS_AROUND_AN_ANSWER = 25

# Of a question's time guide: how long the interviewer lets one talk. Endless shows no clock.
_PATIENCE = {"brisk": 0.75, "usual": 1.0, "patient": 1.5}


def guide_seconds(seconds: float, patience: str) -> int:
    """The time guide in an interview of this patience; 0 where there is none."""
    return round(seconds * _PATIENCE.get(patience, 0.0))


def counted(count: int, what: str) -> str:
    """A number of things, such as "1 question" or "5 questions"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def expected_minutes(guides: Sequence[float], patience: str = "usual") -> int:
    """About how long an interview takes, in minutes: its answers at their guide times, in seconds.

    Follow-ups come on top of it. Without a clock it is taken as usual.
    """
    around = _SECONDS_AROUND_AN_ANSWER * len(guides)
    return max(1, round((sum(guides) * _PATIENCE.get(patience, 1.0) + around) / 60))


def setup_words(
    kind: str, track: str, difficulty: str | None, mode: str, *, questions: int | None = None
) -> str:
    """What an interview is, in a line: "Behavioral, Ownership, hard, 5 questions, practice mode".

    Empty parts are left out.
    """
    length = "" if questions is None else counted(questions, "question")
    parts = [kind, track, difficulty or "", length, f"{mode} mode"]
    return ", ".join(part for part in parts if part)


def clock_words(seconds: float | None) -> str:
    """A length of time as minutes and seconds, such as 1:12; empty when there is none."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def ago_words(moment: datetime, present: datetime) -> str:
    """How long before `present` a moment was, such as "2 hours ago": true in every time zone."""
    passed = max(present - moment, timedelta())
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{counted(passed.seconds // 60, 'minute')} ago"
    if passed < timedelta(days=1):
        return f"{counted(passed.seconds // 3600, 'hour')} ago"
    return f"{counted(passed.days, 'day')} ago"
