"""The timeline of a spoken answer, laid out in rows to scale: words, pauses, fillers, story parts.

Pure. Places and widths are shares of a row in percent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from interview_coach.feedback.report import Take
from interview_coach.interviews.words import clock_words, counted

MOST_ROWS = 6
_ROW_SECONDS = (15, 30, 60, 120, 300, 600)
TOLD_PAUSE_SECONDS = 1.0
_TOLD_TIMES = 12
_NARROW = "\N{NO-BREAK SPACE}"
_STORY = (("S", "situation"), ("T", "task"), ("A", "action"), ("R", "result"))


@dataclass(frozen=True)
class Mark:
    """A stretch of a row. kind: `word`, `fill`, `probable`, `pause` or `story`; text: what is
    written at it, if anything."""

    kind: str
    left: float
    width: float
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the timeline, beginning at `at`."""

    at: str
    marks: list[Mark]


@dataclass(frozen=True)
class Timeline:
    """All rows; row_seconds: how much time a row holds. spoken: the picture in words."""

    rows: list[Row]
    row_seconds: int
    spoken: str
    has: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Stretch:
    kind: str
    start: float
    end: float
    text: str = ""


def timeline_of(take: Take) -> Timeline | None:
    """The timeline of a take; None where no word has a time."""
    stretches = list(_stretches(take))
    if not any(each.kind == "word" for each in stretches):
        return None
    metrics = (take.result or {}).get("metrics") or {}
    length = max(metrics.get("duration_seconds") or 0.0, *(each.end for each in stretches))
    row_seconds = next((s for s in _ROW_SECONDS if length <= s * MOST_ROWS), _ROW_SECONDS[-1])
    rows = [
        Row(clock_words(place * row_seconds), [])
        for place in range(max(1, math.ceil(length / row_seconds)))
    ]
    for stretch in stretches:
        _lay(rows, stretch, row_seconds)
    has = [
        kind
        for kind in ("word", "fill", "probable", "pause", "story")
        if any(each.kind == kind for each in stretches)
    ]
    return Timeline(rows, row_seconds, _spoken(take, stretches, length), has)


def _stretches(take: Take) -> Iterator[_Stretch]:
    result = take.result or {}
    fillers = [
        row
        for row in (result.get("metrics") or {}).get("fillers") or ()
        if row["start"] is not None and row["end"] is not None
    ]
    certain = [(row["start"], row["end"]) for row in fillers if row["certain"]]
    for word in take.words or ():
        middle = (word.start + word.end) / 2
        if not any(start <= middle <= end for start, end in certain):
            yield _Stretch("word", word.start, word.end)
    for row in fillers:
        yield _Stretch("fill" if row["certain"] else "probable", row["start"], row["end"])
    for pause in take.pauses:
        told = f"{pause.seconds:.1f}{_NARROW}s" if pause.seconds >= TOLD_PAUSE_SECONDS else ""
        yield _Stretch("pause", pause.start, pause.end, told)
    star = result.get("star") or {}
    for letter, name in _STORY:
        part = star.get(name) or {}
        if part.get("start") is not None and part.get("end") is not None:
            yield _Stretch("story", part["start"], part["end"], letter)


def _lay(rows: Sequence[Row], stretch: _Stretch, row_seconds: int) -> None:
    """Put a stretch into the rows it reaches over; what is written stands at its longest piece."""
    pieces: list[tuple[int, float, float]] = []
    first = max(0, int(stretch.start // row_seconds))
    for place in range(first, len(rows)):
        begin = max(stretch.start, place * row_seconds)
        end = min(stretch.end, (place + 1) * row_seconds)
        if end <= begin:
            break
        pieces.append((place, begin - place * row_seconds, end - begin))
    longest = max((width for _, _, width in pieces), default=0.0)
    for place, left, width in pieces:
        text = stretch.text if width == longest or stretch.kind == "story" else ""
        rows[place].marks.append(
            Mark(
                stretch.kind,
                round(left / row_seconds * 100, 2),
                round(width / row_seconds * 100, 2),
                text,
            )
        )


def _spoken(take: Take, stretches: Sequence[_Stretch], length: float) -> str:
    """What the picture shows, for those who do not see it."""
    told = [
        f"{clock_words(length)} of recording",
        counted(len(take.words or ()), "word"),
        counted(len(take.pauses), "pause"),
    ]
    sentences = [f"Timeline: {', '.join(told)}."]
    long = [each for each in stretches if each.kind == "pause" and each.text]
    if long:
        sentences.append(f"Pauses of a second or more: {_times(long)}.")
    for kind, name in (("fill", "Fillers heard"), ("probable", "Probable fillers")):
        found = [each for each in stretches if each.kind == kind]
        if found:
            sentences.append(f"{name}: {_times(found)}.")
    names = dict(_STORY)
    story = [each for each in stretches if each.kind == "story"]
    if story:
        parts = [f"{names[each.text]} at {clock_words(each.start)}" for each in story]
        sentences.append(f"Story parts: {', '.join(parts)}.")
    return " ".join(sentences)


def _times(stretches: Sequence[_Stretch]) -> str:
    """Where they stand, and how long those are that say so."""
    told = [
        f"{clock_words(each.start)}{f' for {each.text}' if each.text else ''}"
        for each in sorted(stretches, key=lambda each: each.start)[:_TOLD_TIMES]
    ]
    rest = len(stretches) - len(told)
    return f"{', '.join(told)}{f' and {rest} more' if rest else ''}"
