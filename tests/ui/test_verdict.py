"""The one rule by which a number gets its word."""

from __future__ import annotations

import pytest

from interview_coach.ui.verdict import band_of, range_words, score_view


@pytest.mark.parametrize(
    ("value", "low", "high", "band"),
    [
        (68, 62, 74, "mid"),
        (76, 70, 82, "between"),
        (83, 77, 89, "good"),
        (43, 37, 49, "bad"),
        (52, 46, 58, "between"),
        (50, 50, 60, "mid"),
        (75, 75, 80, "good"),
        (60, 40, 80, "between"),
        (49, None, None, "bad"),
        (50, None, None, "mid"),
        (75, None, None, "good"),
        (None, None, None, "none"),
    ],
)
def test_band_follows_score_and_range(
    value: float | None, low: float | None, high: float | None, band: str
) -> None:
    assert band_of(value, low, high) == band


def test_band_follows_the_numbers_as_shown() -> None:
    assert band_of(74.5, 74.5, 80) == "good"
    assert score_view("Overall", 74.5, 74.5, 80).value_text == "75"
    assert band_of(74.4, 62, 74.4) == "mid"


def test_range_in_words() -> None:
    assert range_words(61.6, 74.2) == "62 to 74"
    assert range_words(None, 74) == ""


def test_view_says_number_range_and_verdict() -> None:
    view = score_view("Content", 76, 70, 82, note="17 of 19 key points met")
    assert (view.value_text, view.range_text, view.word) == ("76", "70 to 82", "Between bands")
    assert view.spoken == "Content 76 of 100, likely 70 to 82"


def test_missing_score_is_a_dash_with_its_reason() -> None:
    view = score_view("Pace", None, reason="typed answer")
    assert (view.value_text, view.value, view.low, view.high) == ("-", None, None, None)
    assert view.word == "Not scored: typed answer"
    assert not view.scored


def test_missing_score_without_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its reason"):
        score_view("Pace", None)
