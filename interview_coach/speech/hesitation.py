"""Probable fillers: voice that no word covers.

Recognisers tidy speech up and drop many an "um". What they drop is still in the sound: voice, in
a gap between two words. It stays a guess (`certain=False`) and is shown and weighed as one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interview_coach.speech.activity import Sound
from interview_coach.speech.decode import SAMPLE_RATE
from interview_coach.speech.framing import HOP, HOP_SECONDS, WINDOW, runs
from interview_coach.speech.types import Filler, Span, Word

PROBABLE_TEXT = "(um)"  # what it is called where its words are listed: the sound is not spelled
LEAST_GAP_SECONDS = 0.15
LEAST_SECONDS = 0.2
MOST_SECONDS = 1.2  # longer voice without a word is words the recogniser lost, not a filler

_LEAST_VOICED_SHARE = 0.15  # of the stretch: a hoarse "uh" shows little pitch, a breath none
_LEAST_VOICED_SECONDS = 0.08
_HOARSE_DB = 4.0  # above the gate
_HOARSE_SONORITY = 0.6  # vowels even without pitch; breath and room noise stay below
_BREAK_SECONDS = 0.15  # nobody pauses this long inside a word, so a longer word is stretched
_NEXT_WORD_SECONDS = 0.25  # what follows the pause may be the next word, begun early
_SHORTEST_PART_SECONDS = 0.05


def probable_fillers(sound: Sound, words: Sequence[Word]) -> tuple[Filler, ...]:
    """Voiced stretches of 0.2 to 1.2 s, in gaps of 0.15 s or more, that no word covers.

    In order, all with `certain=False`. Words may last until the next one begins, as Whisper's do
    (see `spoken_extents`). Without words there is nothing to compare with: empty.
    """
    if not words:
        return ()
    count = len(sound.levels)
    free = np.ones(count, np.bool_)
    for extent in spoken_extents(words, sound.spans):
        free[_frame(extent.start) : max(0, _frame(extent.end))] = False
    for first, last in runs(free):
        if (last - first) * HOP_SECONDS < LEAST_GAP_SECONDS:
            free[first:last] = False
    found = []
    for first, last in runs(free & sound.speaking):
        if _is_filler(first, last, sound):
            found.append(Filler(PROBABLE_TEXT, _second(first), _second(last), certain=False))
    return tuple(found)


def spoken_extents(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Span, ...]:
    """Where each word is really spoken, one span a word, in order.

    Whisper lets a word last until the next one begins, so a pause shows as a long word and an
    "um" after the pause hides in it. A word with a silence of 0.15 s or more inside it is cut
    down to the voice before that silence; the very first word, which reaches back to the
    beginning, to what it can need of the voice after the silence. Other words are taken as they
    are.
    """
    return tuple(_extent(word, speech, first=number == 0) for number, word in enumerate(words))


def _extent(word: Word, speech: Sequence[Span], *, first: bool) -> Span:
    whole = Span(word.start, max(word.start, word.end))
    parts = _parts(whole, speech)
    if not parts:
        return whole
    if first and parts[0].start - whole.start >= _BREAK_SECONDS:
        end = parts[-1].end
        return Span(max(parts[-1].start, end - _longest_seconds(word)), end)
    if len(parts) == 1:
        return parts[0] if _silence_around(whole, parts[0]) >= _BREAK_SECONDS else whole
    start, end = parts[0].start, parts[0].end
    if parts[-1].seconds < _NEXT_WORD_SECONDS and len(parts) == 2:
        return Span(start, whole.end)
    return Span(start, end)


def _longest_seconds(word: Word) -> float:
    """How long a word takes when it is spoken slowly, from its letters."""
    return 0.25 + 0.1 * sum(letter.isalnum() for letter in word.text)


def _parts(whole: Span, speech: Sequence[Span]) -> list[Span]:
    """The voice within a span, as pieces with at least 0.15 s of silence between them."""
    parts: list[Span] = []
    for span in speech:
        start, end = max(span.start, whole.start), min(span.end, whole.end)
        if end <= start:
            continue
        if parts and start - parts[-1].end < _BREAK_SECONDS:
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    return [part for part in parts if part.seconds >= _SHORTEST_PART_SECONDS]


def _silence_around(whole: Span, part: Span) -> float:
    return max(part.start - whole.start, whole.end - part.end)


def _is_filler(first: int, last: int, sound: Sound) -> bool:
    """True for a stretch of the right length that is voiced, or a hoarse vowel well above noise."""
    seconds = (last - first) * HOP_SECONDS
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        return False
    heard = int(sound.track.voiced[first:last].sum()) * HOP_SECONDS
    if heard >= max(_LEAST_VOICED_SECONDS, _LEAST_VOICED_SHARE * seconds):
        return True
    loud = float(np.median(sound.levels[first:last])) >= sound.gate + _HOARSE_DB
    return loud and float(np.median(sound.track.sonority[first:last])) >= _HOARSE_SONORITY


def _frame(second: float) -> int:
    """The frame whose middle is nearest to a time."""
    return max(0, round((second - WINDOW / 2 / SAMPLE_RATE) / HOP_SECONDS))


def _second(frame: int) -> float:
    """Where the 10 ms that a frame stands for begin."""
    return float(frame) * HOP_SECONDS + (WINDOW - HOP) / 2 / SAMPLE_RATE
