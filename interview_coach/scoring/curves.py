"""Piecewise linear curves: from a measure to a value of 0-100."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between knots `(measure, value)`, flat outside them.

    Knots stand in rising order of the measure.
    """

    knots: tuple[tuple[float, float], ...]

    def __call__(self, measure: float) -> float:
        """The value at a measure, rounded to one decimal as it is shown; never NaN."""
        return round(self.exact(measure), 1)

    def exact(self, measure: float) -> float:
        """The value at a measure, not rounded."""
        if math.isnan(measure):
            raise ValueError("a curve has no value at NaN")
        places = [place for place, _ in self.knots]
        index = bisect_right(places, measure)
        if index == 0:
            return self.knots[0][1]
        if index == len(places):
            return self.knots[-1][1]
        (left, low), (right, high) = self.knots[index - 1], self.knots[index]
        return low + (high - low) * (measure - left) / (right - left)


def curve(*knots: tuple[float, float]) -> Curve:
    """A curve through the given knots."""
    return Curve(tuple((float(place), float(value)) for place, value in knots))


def whole(value: float) -> int:
    """A score as it is shown: rounded half up, 0-100, the same on every machine."""
    return max(0, min(100, math.floor(round(value, 6) + 0.5)))
