"""Annotated recordings: words with known times, read from Praat's short text form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from interview_coach.speech.types import Filler, Span, Word
from tests.support.shared import speech_data

FILLERS = ("um", "uh")
SHORTEST_WORD = 0.02  # shorter intervals are slips of the annotation


@dataclass(frozen=True)
class Annotated:
    """words: without the fillers. pauses: of 0.25 s and more. silence: all between the words."""

    words: list[Word]
    fillers: list[Span]
    pauses: list[Span]
    silence: float


def annotated(name: str) -> Annotated:
    """What is known of one recording."""
    everything = _words(speech_data() / f"{name}.TextGrid")
    gaps = [Span(before.end, after.start) for before, after in pairwise(everything)]
    return Annotated(
        [word for word in everything if word.text not in FILLERS],
        [Span(word.start, word.end) for word in everything if word.text in FILLERS],
        [gap for gap in gaps if gap.seconds >= 0.25],
        sum(gap.seconds for gap in gaps),
    )


def stretched(words: Sequence[Word]) -> list[Word]:
    """The words as Whisper times them: each lasts until the next, the first reaches back to 0."""
    starts = [0.0, *(word.start for word in words[1:]), words[-1].end]
    return [
        Word(word.text, start, end)
        for word, (start, end) in zip(words, pairwise(starts), strict=True)
    ]


def matches(found: Sequence[Span], known: Sequence[Span]) -> int:
    """How many known spans have a found one of their own that shares half of their union."""
    left = list(found)
    hits = 0
    for span in known:
        for other in left:
            shared = min(span.end, other.end) - max(span.start, other.start)
            union = max(span.end, other.end) - min(span.start, other.start)
            if shared >= 0.5 * union:
                left.remove(other)
                hits += 1
                break
    return hits


def covered(found: Sequence[Filler], known: Sequence[Span]) -> int:
    """How many known spans have more than half of their time in one found filler."""
    return sum(
        any(
            item.start is not None
            and item.end is not None
            and min(item.end, span.end) - max(item.start, span.start) > span.seconds / 2
            for item in found
        )
        for span in known
    )


def read_times(file: Path) -> list[Span]:
    """The pauses of a synthetic answer."""
    rows = json.loads(file.read_text(encoding="utf-8"))["pauses_at_least_250ms"]
    return [Span(row["start"], row["end"]) for row in rows]


def _words(file: Path) -> list[Word]:
    rows = [row.strip() for row in file.read_text(encoding="utf-8-sig").splitlines()]
    rows = [row for row in rows if row]
    at = rows.index('"words"')
    count = int(rows[at + 3])
    words = []
    for place in range(at + 4, at + 4 + 3 * count, 3):
        word = Word(rows[place + 2].strip('"'), float(rows[place]), float(rows[place + 1]))
        if word.text and word.end - word.start >= SHORTEST_WORD:
            words.append(word)
    return words
