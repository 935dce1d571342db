"""The line of a measure: its stretches, its mark and the words for them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach import ui
from interview_coach.scoring import curves_of, profile_named
from interview_coach.scoring.profiles import PROFILES

_CURVES = [
    pytest.param(curve, id=f"{profile}-{name}")
    for profile in PROFILES
    for name, curve in curves_of(profile_named(profile)).items()
]


@pytest.mark.parametrize("curve", _CURVES)
@given(share=st.floats(0, 1.2))
def test_the_mark_stands_on_the_colour_of_its_verdict(curve, share: float) -> None:  # type: ignore[no-untyped-def]
    knots = curve.knots
    at = share * knots[-1][0]
    bar = ui.band_bar_view(knots, at, curve(at))
    on = [one for one in bar.stretches if one.left - 1.6 <= bar.mark <= one.left + one.width + 1.6]
    assert bar.band in {one.look for one in on}
    assert {one.look for one in bar.stretches} == {"good", "mid", "bad"}
    assert all(left.left + left.width <= right.left for left, right in pairwise(bar.stretches))


def test_the_words_say_what_the_line_shows() -> None:
    falling = ui.band_bar_view([(0, 100), (10, 0)], 2, 80, "{:.1f} per 100 words")
    assert falling.spoken == (
        "Strong: 80 of 100. Strong up to 2.5 per 100 words, needs work over 5.0 per 100 words."
    )
    assert [one.look for one in falling.stretches] == ["good", "mid", "bad"]
    rising = ui.band_bar_view([(1, 30), (3, 100)], 1.2, 37, "{:.1f} st")
    assert rising.spoken == "Needs work: 37 of 100. Strong from 2.3 st, needs work under 1.6 st."
    assert [one.look for one in rising.stretches] == ["bad", "mid", "good"]


def test_a_mark_off_the_line_stands_at_its_end() -> None:
    assert ui.band_bar_view([(0, 100), (10, 0)], 90, 0).mark == 118.5
    assert ui.band_bar_view([(5, 100), (10, 0)], 0, 100).mark == 1.5
