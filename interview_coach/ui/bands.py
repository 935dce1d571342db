"""Where a measure stands between bad and good: a line in the colours of the verdicts, with a mark.

The stretches are those of the curve the measure is scored by, so that the mark always stands on
the colour of its verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import reflex as rx

from interview_coach.ui.scores import verdict
from interview_coach.ui.values import View, attribute, choose, each, number
from interview_coach.ui.verdict import DEVELOPING_FROM, STRONG_FROM, WORDS, band_of, shown

WIDTH = 120
_GAP = 1.5
# How far the line goes on beyond the outer knots, where the curve is flat, in parts of its span.
_BEYOND = 0.3
# A value is shown rounded, so that a verdict begins half a point below its number.
_BORDERS = (DEVELOPING_FROM - 0.5, STRONG_FROM - 0.5)


@dataclass(frozen=True)
class Stretch:
    """A part of the line under one verdict; left and width in 0-120."""

    left: float
    width: float
    look: str


@dataclass(frozen=True)
class BandBar:
    """The line of one measure. drawn: False for a measure that is not scored by itself.

    spoken: all it shows, in words.
    """

    drawn: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    mark: float = 0.0
    band: str = "none"
    spoken: str = ""


def band_bar_view(
    knots: Sequence[tuple[float, float]], at: float, value: float, form: str = "{:g}"
) -> BandBar:
    """The line of a measure that stands at `at` and is worth `value` (0-100).

    knots: of its curve, which only rises or only falls. form: how the measure is written.
    """
    first, last = knots[0][0], knots[-1][0]
    span = last - first
    # No measure that is scored is below zero.
    low, high = max(0.0, first - _BEYOND * span), last + _BEYOND * span
    scale = WIDTH / (high - low)
    rising = knots[-1][1] > knots[0][1]
    borders = sorted(_crossing(knots, border) for border in _BORDERS)
    looks = ["bad", "mid", "good"] if rising else ["good", "mid", "bad"]
    edges = [0.0, *((border - low) * scale for border in borders), float(WIDTH)]
    stretches = [
        Stretch(round(left + _GAP / 2, 2), round(max(0.0, right - left - _GAP), 2), look)
        for (left, right), look in zip(pairwise(edges), looks, strict=True)
    ]
    band = band_of(value)
    return BandBar(
        drawn=True,
        stretches=stretches,
        mark=round(min(WIDTH - 1.5, max(1.5, (at - low) * scale)), 2),
        band=band,
        spoken=f"{WORDS[band]}: {shown(value)} of 100. {_told(borders, form, rising=rising)}",
    )


def _told(borders: Sequence[float], form: str, *, rising: bool) -> str:
    near, far = (form.format(border) for border in borders)
    if rising:
        return f"Strong from {far}, needs work under {near}."
    return f"Strong up to {near}, needs work over {far}."


def _crossing(knots: Sequence[tuple[float, float]], border: float) -> float:
    """The measure at which the curve passes the border; the outer knot where it never does."""
    for (left, before), (right, after) in pairwise(knots):
        if before != after and min(before, after) <= border <= max(before, after):
            return left + (right - left) * (border - before) / (after - before)
    return knots[0][0] if abs(knots[0][1] - border) < abs(knots[-1][1] - border) else knots[-1][0]


def band_bar(view: View) -> rx.Component:
    """The line, and the verdict's shape after it. Screen readers are told it in words."""
    mark = attribute(number(view.mark))
    return rx.el.span(
        rx.el.svg(
            *each(view.stretches, _stretch),
            rx.el.svg.line(x1=mark, x2=mark, y1="1", y2="13", class_name="here"),
            view_box=f"0 0 {WIDTH} 14",
            preserve_aspect_ratio="none",
            aria_hidden="true",
            class_name="bl",
        ),
        verdict(view.band, ""),
        rx.el.span(view.spoken, class_name="sr"),
        title=view.spoken,
        class_name="band-bar",
    )


def _stretch(one: View) -> rx.Component:
    look = choose(one.look == "good", "f-good", choose(one.look == "mid", "f-mid", "f-bad"))
    left, width = attribute(number(one.left)), attribute(number(one.width))
    return rx.el.svg.rect(x=left, y="5", width=width, height="4", rx="1", class_name=look)
