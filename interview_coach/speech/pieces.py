"""Where a long recording is cut, so that no cut goes through a word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from interview_coach.speech.types import Span


def cut_in_pauses(
    speech: Sequence[Span], seconds: float, *, longest: float, margin: float
) -> list[Span]:
    """A recording of `seconds`, cut in its pauses into pieces of `longest` seconds at most.

    speech: where somebody speaks, in order. margin: how many seconds of the silence around speech
    go with a piece; silence beyond is left out. A cut is made in the longest gap of the last third
    of what a piece can hold, and through the sound only where nobody stops for so long. Without
    speech there is no piece.
    """
    if not speech:
        return []
    start = max(0.0, speech[0].start - margin)
    end = min(seconds, speech[-1].end + margin)
    gaps = [Span(before.end, after.start) for before, after in pairwise(speech)]
    pieces: list[Span] = []
    while end - start > longest:
        latest = start + longest
        near = [gap for gap in gaps if gap.end > start + longest * 2 / 3 and gap.start < latest]
        widest = max(near, key=lambda gap: gap.seconds, default=None)
        if widest is None:
            pieces.append(Span(start, latest))
            start = latest
            continue
        # Half of a short gap goes to either side; the middle of a long one is left out.
        kept = min(margin, widest.seconds / 2)
        cut = min(widest.start + kept, latest)
        pieces.append(Span(start, cut))
        start = max(cut, widest.end - kept)
    pieces.append(Span(start, end))
    return pieces
