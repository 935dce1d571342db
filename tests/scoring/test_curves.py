"""Curves go through their knots and are flat outside them."""

from __future__ import annotations

import math

import pytest

from interview_coach.scoring.confidence import HEDGES, PITCH
from interview_coach.scoring.curves import curve, whole
from interview_coach.scoring.fluency import FILLERS
from interview_coach.scoring.profiles import RATE


def test_a_curve_is_linear_between_knots_and_flat_outside() -> None:
    line = curve((0, 100), (10, 50))
    assert [line(measure) for measure in (-1, 0, 2, 10, 99)] == [100, 100, 90, 50, 50]


def test_a_curve_has_no_value_at_nan() -> None:
    with pytest.raises(ValueError, match="NaN"):
        curve((0, 0), (1, 1))(math.nan)


@pytest.mark.parametrize(
    ("line", "measure", "value"),
    [(RATE, 100, 65), (RATE, 200, 100), (FILLERS, 3.3, 90), (FILLERS, 20, 0), (HEDGES, 0, 100),
     (HEDGES, 5.5, 50), (PITCH, 2.3, 77.5)],
)  # fmt: skip
def test_the_published_knots(line: object, measure: float, value: float) -> None:
    assert callable(line)
    assert line(measure) == value


def test_scores_are_rounded_half_up_and_kept_in_range() -> None:
    assert [whole(value) for value in (67.5, 67.49, -3, 130, 66.49999999)] == [68, 67, 0, 100, 67]
