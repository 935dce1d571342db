"""The judged lane: what a language model may add to or take from the measured content, and how
little that is.

Each criterion has a level of 1-5 and a verbatim quote. A criterion whose quote does not stand in
the transcript is dropped and counted; only the level 1, nothing there, needs none. Content moves
by half the distance to the judge and by ten points at most, so that an obedient judge moves the
overall by four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.quotes import locate
from interview_coach.scoring.types import Evidence
from interview_coach.speech.types import Word

LEVELS = (1, 5)
SHARE = 0.5
MOST = 10.0
# With fewer criteria left, chance decides.
LEAST_CRITERIA = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as judged. name: which one, level: 1-5, quote: the words that show it."""

    name: str
    level: int
    quote: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an engine has judged of one answer."""

    engine: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that was checked. value: 0-100, None when too few criteria are left."""

    engine: str
    value: float | None
    evidence: tuple[Evidence, ...]
    levels: tuple[tuple[str, int], ...]
    dropped: int


def check(judgement: Judgement, text: str, words: Sequence[Word] | None) -> Judged:
    """The criteria whose quotes were really said, and their mean as 0-100."""
    evidence: list[Evidence] = []
    levels: list[tuple[str, int]] = []
    dropped = 0
    for item in judgement.criteria:
        if not LEVELS[0] <= item.level <= LEVELS[1]:
            dropped += 1
        elif item.level == LEVELS[0] and not item.quote:
            levels.append((item.name, item.level))
        else:
            found = locate(text, words, item.quote or "", f"judge:{item.name}")
            if found is None:
                dropped += 1
                continue
            levels.append((item.name, item.level))
            evidence.append(found)
    value = None
    if len(levels) >= LEAST_CRITERIA:
        mean = sum(level for _, level in levels) / len(levels)
        value = round((mean - 1) / 4 * 100, 1)
    return Judged(judgement.engine, value, tuple(evidence), tuple(levels), dropped)


def moved_by(judged: Judged, content: float, *, limited: bool) -> float:
    """By how many points content moves, -10 to 10.

    limited: a rule has lowered content already (too short, off the question, an instruction to
    the grader); then a judge can only lower it further.
    """
    if judged.value is None:
        return 0.0
    move = max(-MOST, min(MOST, SHARE * (judged.value - content)))
    if limited:
        move = min(0.0, move)
    return round(max(-content, min(100.0 - content, move)), 2)
