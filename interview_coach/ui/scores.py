"""Scores, drawn: a number never stands without its range, and colour never alone.

Every function takes a `ScoreView` (see `verdict.score_view`) or a Var of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from interview_coach.ui.icons import inner_svg
from interview_coach.ui.values import (
    Number,
    Text,
    View,
    attribute,
    choose,
    each,
    maybe,
    number,
    outer,
)
from interview_coach.ui.verdict import DEVELOPING_FROM, STRONG_FROM

_SURFACE = 'stroke="var(--surface)" stroke-linecap="round"'

# One shape a band, on a 14 by 14 field.
_SHAPES: dict[str, str] = {
    "good": (
        '<circle cx="7" cy="7" r="6.5" fill="currentColor"/><path d="M4.2 7.2 6.2 9.2 9.9 5.2"'
        f' fill="none" stroke-width="1.6" stroke-linejoin="round" {_SURFACE}/>'
    ),
    "mid": (
        '<rect x="2.2" y="2.2" width="9.6" height="9.6" rx="1.6" transform="rotate(45 7 7)"'
        f' fill="currentColor"/><path d="M4.6 7h4.8" stroke-width="1.6" {_SURFACE}/>'
    ),
    "bad": (
        '<path d="M7 1.1c.5 0 .9.25 1.15.7l5.1 9.1c.5.9-.1 1.9-1.1 1.9H1.85c-1 0-1.6-1-1.1-1.9'
        'l5.1-9.1c.25-.45.65-.7 1.15-.7Z" fill="currentColor"/>'
        f'<path d="M7 5.2v3.2M7 10.4v.1" stroke-width="1.5" {_SURFACE}/>'
    ),
    "between": (
        '<circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M7 1.4a5.6 5.6 0 0 1 0 11.2Z" fill="currentColor"/>'
    ),
    "none": (
        '<circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.6"'
        ' stroke-dasharray="2.4 2"/>'
    ),
}
# The look of each band: the two bands without a verdict share the quiet one.
_LOOKS: dict[str, str] = {
    "good": "good",
    "mid": "mid",
    "bad": "bad",
    "between": "none",
    "none": "none",
}


def _look(band: Text) -> Any:
    """Return the class suffix of a band: good, mid, bad or none."""
    if isinstance(band, rx.Var):
        return rx.match(band, ("good", "good"), ("mid", "mid"), ("bad", "bad"), "none")
    return _LOOKS[band]


def band_shape(band: Text) -> rx.Component:
    """Return the shape of a band alone, hidden from screen readers."""
    markup: Any = (
        rx.match(band, *_SHAPES.items(), "") if isinstance(band, rx.Var) else _SHAPES[band]
    )
    return rx.el.svg(view_box="0 0 14 14", aria_hidden="true", custom_attrs=inner_svg(markup))


def verdict(band: Text, word: Text, *, small: bool = False, **props: Any) -> rx.Component:
    """Return shape, word and colour of a band together."""
    return rx.el.span(
        band_shape(band), word, **outer(props, "v", f"v-{_look(band)}", "v-s" if small else "")
    )


def verdict_of(view: View, *, small: bool = False, **props: Any) -> rx.Component:
    """Return the verdict of a score; "Not scored: why" when there is none."""
    return verdict(view.band, view.word, small=small, **props)


def _rect(look: Any, x: Number, y: Number, width: Number, height: Number, radius: Number) -> Any:
    """Return a rectangle of a range bar."""
    return rx.el.svg.rect(
        class_name=look,
        x=attribute(x),
        y=attribute(y),
        width=attribute(width),
        height=attribute(height),
        rx=attribute(radius),
    )


def range_bar(view: View, **props: Any) -> rx.Component:
    """Return a line from 0 to 100 with gaps at 50 and 75, the likely range and the score on it.

    Draws the empty line when there is no score.
    """
    look = _look(view.band)

    def marks() -> rx.Component:
        value, low, high = number(view.value), number(view.low), number(view.high)
        return rx.fragment(
            _rect(f"w f-{look}", low * 2, 3, (high - low) * 2, 8, 2),
            rx.el.svg.line(
                x1=attribute(value * 2),
                x2=attribute(value * 2),
                y1="1.5",
                y2="12.5",
                class_name=f"mark s-{look}",
            ),
        )

    first, second = DEVELOPING_FROM * 2, STRONG_FROM * 2
    return rx.el.svg(
        _rect("t", 0, 5, first - 1, 4, 2),
        _rect("t", first + 1, 5, second - first - 2, 4, 0),
        _rect("t", second + 1, 5, 199 - second, 4, 2),
        maybe(view.scored, marks),
        view_box="0 0 200 14",
        preserve_aspect_ratio="none",
        role="img",
        aria_label=view.spoken,
        **outer(props, "rb"),
    )


@dataclass(frozen=True)
class _Ring:
    """Measures of a ring in px: the drawing is square, the range stands outside the stroke."""

    size: int
    radius: int
    stroke: int

    @property
    def middle(self) -> float:
        """Return the coordinate of the centre."""
        return self.size / 2

    @property
    def rail(self) -> float:
        """Return the radius of the line that shows the range."""
        return self.radius + self.stroke / 2 + 5

    def arc(self, radius: float, look: Any, start: Number, length: Number, width: float) -> Any:
        """Return an arc; start and length are points of a circle of 100 points."""
        return rx.el.svg.circle(
            cx=attribute(self.middle),
            cy=attribute(self.middle),
            r=attribute(radius),
            class_name=f"s-{look}",
            custom_attrs={
                "pathLength": "100",
                "strokeWidth": width,
                "strokeDasharray": rx.Var.create(f"{attribute(length)} 100"),
                "strokeDashoffset": rx.Var.create(attribute(start * -1)),
            },
        )

    def tick(
        self, at: Number, middle: float, reach: float, attributes: dict[str, Any], look: Any = ""
    ) -> Any:
        """Return a short line across the radius `middle`, at a number of points from the top."""
        x, y = self.middle, self.middle - middle
        return rx.el.svg.path(
            d=f"M{x:g} {y - reach:g}V{y + reach:g}",
            class_name=look,
            custom_attrs={
                "transform": rx.Var.create(f"rotate({attribute(at * 3.6)} {x:g} {x:g})"),
                **attributes,
            },
        )

    def draw(self, view: View) -> rx.Component:
        """Return the ring without its number; only the empty ring when there is no score."""
        look, middle = _look(view.band), f"{self.middle:g}"

        def score() -> rx.Component:
            value, low, high = number(view.value), number(view.low), number(view.high)
            thin = {"strokeWidth": 1.5}
            return rx.fragment(
                rx.el.svg.g(
                    self.arc(self.radius, look, 0, value, self.stroke),
                    self.arc(self.rail, look, low, high - low, 1.5),
                    transform=f"rotate(-90 {middle} {middle})",
                ),
                self.tick(low, self.rail, 3, thin, f"s-{look}"),
                self.tick(high, self.rail, 3, thin, f"s-{look}"),
            )

        gap = {"stroke": "var(--surface)", "strokeWidth": 2.5}
        reach = self.stroke / 2 + 1
        return rx.el.svg(
            rx.el.svg.circle(
                cx=middle,
                cy=middle,
                r=str(self.radius),
                custom_attrs={"stroke": "var(--slate-4)", "strokeWidth": self.stroke},
            ),
            maybe(view.scored, score),
            self.tick(DEVELOPING_FROM, self.radius, reach, gap),
            self.tick(STRONG_FROM, self.radius, reach, gap),
            width=str(self.size),
            height=str(self.size),
            view_box=f"0 0 {self.size} {self.size}",
            role="img",
            aria_label=view.spoken,
            class_name="ring",
            custom_attrs={"fill": "none"},
        )


_RINGS: dict[str, _Ring] = {"l": _Ring(184, 77, 14), "m": _Ring(120, 47, 10), "s": _Ring(88, 33, 8)}


def ring(view: View, *, size: Literal["s", "m", "l"] = "l", caption: bool = True) -> rx.Component:
    """Return a score as a ring with its likely range outside; with the verdict below it.

    Sizes 88, 120 and 184 px; the large one is for the overall score, once a page.
    """
    of_100 = [rx.el.span("of 100", class_name="muted small")] if size == "l" else []
    drawn = rx.el.div(
        _RINGS[size].draw(view),
        rx.el.div(
            rx.el.span(view.value_text, class_name="n"),
            *of_100,
            class_name="in",
            aria_hidden="true",
        ),
        class_name="rg" if size == "l" else f"rg rg-{size}",
    )
    if not caption:
        return drawn
    return rx.el.div(
        drawn,
        rx.el.div(
            verdict_of(view),
            maybe(
                view.range_text,
                lambda: rx.el.span("likely ", view.range_text, class_name="small muted"),
            ),
            class_name="stack stack-1 middle",
        ),
        class_name="ring-block",
    )


def hero(view: View, lead: Text, *extra: rx.Component, label: str = "Overall") -> rx.Component:
    """Return the first card of a report: the overall ring, the lead sentence, what follows it."""
    return rx.el.section(
        rx.el.div(ring(view), class_name="hero-ring"),
        rx.el.div(rx.el.p(lead, class_name="lead"), *extra, class_name="hero-text"),
        aria_label=label,
        class_name="card hero",
    )


def score_card(view: View) -> rx.Component:
    """Return one score: name, number with range, bar, verdict, the measure behind it."""
    return rx.el.div(
        rx.el.h3(view.name),
        rx.el.div(
            rx.el.span(view.value_text, class_name="sn"),
            rx.el.span(view.range_text, class_name="small muted"),
            class_name="row between bl0",
        ),
        range_bar(view),
        verdict_of(view, small=True),
        maybe(view.note, lambda: rx.el.p(view.note, class_name="small muted")),
        class_name="card scd",
    )


def score_cards(views: Sequence[View] | Any, *, label: str = "Scores") -> rx.Component:
    """Return the row of score cards (six in a report); a sequence or a Var of a list of views."""
    return rx.el.section(
        rx.el.h2(label, class_name="sr"),
        *each(views, score_card),
        aria_label=label,
        class_name="five",
    )


def score_row(view: View) -> rx.Component:
    """Return a score as a list row: name, bar, number, shape."""
    return score_row_with(view, rx.el.span())


def score_row_with(view: View, end: rx.Component) -> rx.Component:
    """Return a score as a list row with something of yours after the number, such as a change."""
    return rx.el.li(
        rx.el.span(view.name),
        range_bar(view),
        rx.el.b(view.value_text, class_name="num right"),
        end,
        rx.el.span(
            band_shape(view.band),
            rx.el.span(view.word, class_name="sr"),
            class_name=f"v v-{_look(view.band)}",
        ),
        class_name="skl",
    )


def score_with_range(view: View) -> rx.Component:
    """Return number and range in a line, for rows; a dash when there is no score."""
    return rx.el.span(
        rx.el.b(view.value_text),
        choose(view.scored, rx.el.span(view.range_text, class_name="small muted"), rx.fragment()),
        class_name="qs num",
    )
