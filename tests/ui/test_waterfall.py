"""The table that explains a score adds up."""

from __future__ import annotations

from itertools import pairwise

import pytest

from interview_coach.ui.waterfall import Part, waterfall_view


def percent(text: str) -> float:
    """Return a CSS percentage as a number."""
    return float(text.removesuffix("%"))


def test_bars_lead_from_100_to_the_score() -> None:
    parts = [Part("Hedges", "55", "Confidence", 8), Part("Fillers", "9", "Fluency", 12.5)]
    view = waterfall_view(parts, 79.5)
    assert [row.label for row in view.rows] == ["Fillers", "Hedges"]
    first, last = view.rows[0], view.rows[-1]
    assert percent(first.left) + percent(first.width) == pytest.approx(100, abs=0.02)
    assert percent(last.left) == pytest.approx(percent(view.end_left), abs=0.02)
    for above, below in pairwise(view.rows):
        assert percent(below.left) + percent(below.width) == pytest.approx(
            percent(above.left), abs=0.02
        )
    assert (view.end_text, view.exact_text) == ("80", "79.50, rounded")


def test_points_carry_a_sign_and_a_gain_comes_last() -> None:
    view = waterfall_view([Part("A", "", "", 4.14), Part("B", "", "", -1.5)], 97.36)
    assert [row.points for row in view.rows] == ["-4.1", "+1.5"]
    assert view.rows[1].left == view.rows[0].left


def test_smaller_parts_stand_together() -> None:
    parts = [Part(f"Part {number}", "", "", float(number)) for number in range(1, 7)]
    view = waterfall_view(parts, 79, keep=3)
    assert [row.label for row in view.rows] == ["Part 6", "Part 5", "Part 4", "3 smaller"]
    assert view.rows[-1].points == "-6.0"


def test_a_single_small_part_keeps_its_name() -> None:
    parts = [Part("A", "", "", 3), Part("B", "", "", 1)]
    assert [row.label for row in waterfall_view(parts, 96, keep=1).rows] == ["A", "B"]


def test_axis_begins_below_the_lowest_point() -> None:
    view = waterfall_view([Part("A", "", "", 57)], 43)
    assert view.low_text == "40"
    assert view.strong_left == "58.33%"
