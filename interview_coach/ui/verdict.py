"""The verdict on a score: the one rule by which a number gets its word, shape and colour.

75 and more is Strong, 50 to 74 Developing, under 50 Needs work. When the likely range of a
score reaches over two of these bands, no word is fair: it is Between bands. A score that is
missing is Not scored, with the reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Band = Literal["good", "mid", "bad", "between", "none"]

DEVELOPING_FROM = 50
STRONG_FROM = 75

WORDS: dict[Band, str] = {
    "good": "Strong",
    "mid": "Developing",
    "bad": "Needs work",
    "between": "Between bands",
    "none": "Not scored",
}


def shown(value: float) -> int:
    """Return a score as it is shown: rounded, halves up, within 0 and 100."""
    return min(100, max(0, math.floor(value + 0.5)))


def _band(value: int) -> Band:
    """Return the band of one shown number."""
    if value >= STRONG_FROM:
        return "good"
    return "mid" if value >= DEVELOPING_FROM else "bad"


def band_of(value: float | None, low: float | None = None, high: float | None = None) -> Band:
    """Return the band of a score (0 to 100) with its likely range.

    The band follows the numbers as shown, so that the word never contradicts what one reads.
    Without a range the score stands alone.
    """
    if value is None:
        return "none"
    bands = {_band(shown(number)) for number in (value, low, high) if number is not None}
    return bands.pop() if len(bands) == 1 else "between"


def range_words(low: float | None, high: float | None) -> str:
    """Return a range in words, such as "62 to 74"; empty when there is none."""
    if low is None or high is None:
        return ""
    return f"{shown(low)} to {shown(high)}"


@dataclass(frozen=True)
class ScoreView:
    """One score as the page shows it: texts ready to read, numbers for drawing only.

    `value`, `low`, `high` are 0 to 100; all three are None when `scored` is false, and `reason`
    then says why. `word` is the verdict; `note` a small line about the measure behind it.
    """

    name: str
    scored: bool
    value: float | None
    low: float | None
    high: float | None
    value_text: str
    range_text: str
    spoken: str
    band: Band
    word: str
    note: str
    reason: str


def score_view(
    name: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    note: str = "",
    reason: str = "",
) -> ScoreView:
    """Return the view of a score; `low` and `high` are its likely range.

    Raises ValueError when a missing score comes without its reason: nothing stands unexplained.
    """
    band = band_of(value, low, high)
    if value is None:
        if not reason:
            raise ValueError(f"{name}: a score that is missing needs its reason")
        return ScoreView(
            name=name,
            scored=False,
            value=None,
            low=None,
            high=None,
            value_text="-",
            range_text="",
            spoken=f"{name} not scored: {reason}",
            band=band,
            word=f"Not scored: {reason}",
            note=note,
            reason=reason,
        )
    likely = range_words(low, high)
    spoken = f"{name} {shown(value)} of 100"
    return ScoreView(
        name=name,
        scored=True,
        value=value,
        low=value if low is None else low,
        high=value if high is None else high,
        value_text=str(shown(value)),
        range_text=likely,
        spoken=f"{spoken}, likely {likely}" if likely else spoken,
        band=band,
        word=WORDS[band],
        note=note,
        reason="",
    )
