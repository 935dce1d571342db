"""Which long pauses think and which are dead.

A pause before a new clause plans what comes next, one inside a clause searches for a word
(Goldman-Eisler 1968; Kahng 2018). So a long pause is a thinking pause where a clause begins and
it is no longer than anybody needs; it is a dead one inside a clause, or when it goes on.
"""

from __future__ import annotations

from typing import Literal

from interview_coach.speech.types import SoundMeasures, Span

LONG_SECONDS = 1.0
MOST_THINKING_SECONDS = 4.0

PauseKind = Literal["short", "thinking", "dead"]


def pause_kind(pause: Span, *, at_edge: bool) -> PauseKind:
    """What a pause is. at_edge: whether a clause begins after it."""
    if round(pause.seconds, 6) < LONG_SECONDS:
        return "short"
    return "thinking" if at_edge and pause.seconds <= MOST_THINKING_SECONDS else "dead"


def response_latency(sound: SoundMeasures) -> float | None:
    """Seconds from the start of the recording to the first speech; None when nobody speaks.

    Shown, never scored: who pressed record before thinking is no worse than who did it after.
    """
    return round(min(span.start for span in sound.speech), 2) if sound.speech else None
