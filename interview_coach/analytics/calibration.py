"""How well candidates judge their own interviews: their rating less the measured score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

Trend = Literal["closer", "further", "the same"]
LEAST_FOR_TREND = 4
_NOTICEABLE = 2.0  # points; ranges of scores are wider than that


@dataclass(frozen=True, slots=True)
class Rated:
    """One interview: the own rating and the measured score with its range, all 0-100."""

    rating: int
    score: float
    low: float | None
    high: float | None

    @property
    def difference(self) -> float:
        """Own rating less score: above zero is too high."""
        return round(self.rating - self.score, 1)

    @property
    def within(self) -> bool | None:
        """Whether the rating lies in the score's likely range; None without one."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.rating <= self.high


@dataclass(frozen=True, slots=True)
class Calibration:
    """Over all rated interviews, in order of time.

    mean_difference: None without any. within_range: how many ratings lay in the likely range.
    trend: whether the later half of the ratings missed by less than the earlier one; None for
    fewer than four.
    """

    mean_difference: float | None
    within_range: int
    trend: Trend | None
    words: str


def calibrate(rated: Sequence[Rated]) -> Calibration:
    """How own ratings compare with the measure, and whether they come closer."""
    if not rated:
        return Calibration(None, 0, None, "You have not rated an interview yet.")
    mean = round(fmean(one.difference for one in rated), 1)
    trend = _trend(rated)
    within = sum(one.within is True for one in rated)
    return Calibration(mean, within, trend, _words(rated, mean, within, trend))


def _trend(rated: Sequence[Rated]) -> Trend | None:
    if len(rated) < LEAST_FOR_TREND:
        return None
    half = len(rated) // 2
    before = fmean(abs(one.difference) for one in rated[:half])
    after = fmean(abs(one.difference) for one in rated[-half:])
    if abs(after - before) < _NOTICEABLE:
        return "the same"
    return "closer" if after < before else "further"


def _words(rated: Sequence[Rated], mean: float, within: int, trend: Trend | None) -> str:
    count = len(rated)
    over = "one interview" if count == 1 else f"{count} interviews"
    if abs(mean) < _NOTICEABLE:
        told = f"Over {over} your own ratings are as high as the measure."
    else:
        way = "above" if mean > 0 else "below"
        told = f"Over {over} you rated yourself {abs(mean):.0f} points {way} the measure."
    if count == 1:
        told += f" It lay {'inside' if within else 'outside'} the likely range."
    else:
        told += f" {within} of {count} lay in the likely range."
    if trend == "the same":
        told += " The later ones are as close as the earlier ones."
    elif trend is not None:
        told += f" The later ones are {trend} than the earlier ones."
    return told
