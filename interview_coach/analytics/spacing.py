"""When something practised is due again: the SM-2 schedule, computed from past scores. Pure.

SM-2 is P. A. Wozniak's algorithm of 1987 ("Optimization of learning", 1990, chapter 3.2;
https://super-memory.com/english/ol/sm2.htm). It grades a review from 0 to 5; here the grade is the
score divided by 20, so that 60 points are a pass, and the answers of one day are one review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

_FIRST_EASE = 2.5
_LEAST_EASE = 1.3
_PASS = 3.0
_POINTS_A_GRADE = 20.0
_FIRST_INTERVALS = (1, 6)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day of the last review and how many days later the next one is due."""

    last: date
    interval_days: int

    @property
    def due(self) -> date:
        """The day from which it is due."""
        return self.last + timedelta(days=self.interval_days)


def schedule(reviews: Iterable[tuple[date, float]]) -> Schedule:
    """When to practise again after these reviews, in any order.

    reviews: the day and the score (0-100) of each; at least one, else ValueError.
    """
    by_day: dict[date, list[float]] = defaultdict(list)
    for day, score in reviews:
        by_day[day].append(score)
    if not by_day:
        raise ValueError("there is no review to go by")
    ease, passed, interval = _FIRST_EASE, 0, 1
    for day in sorted(by_day):
        grade = fmean(by_day[day]) / _POINTS_A_GRADE
        if grade < _PASS:
            passed, interval = 0, _FIRST_INTERVALS[0]
            continue
        passed += 1
        if passed <= len(_FIRST_INTERVALS):
            interval = _FIRST_INTERVALS[passed - 1]
        else:
            interval = round(interval * ease)
        ease = max(_LEAST_EASE, ease + 0.1 - (5 - grade) * (0.08 + (5 - grade) * 0.02))
    return Schedule(max(by_day), interval)
