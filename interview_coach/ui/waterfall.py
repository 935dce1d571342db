"""Why a score is what it is: from 100 down, one bar a part, so that anyone can add them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from interview_coach.ui.values import Text, View, choose, each, maybe
from interview_coach.ui.verdict import STRONG_FROM, shown


@dataclass(frozen=True)
class Part:
    """One part of a score: what it measured and the points it cost (negative: it gave some)."""

    label: str
    measure: str
    group: str
    cost: float
    by_hand: str = ""


@dataclass(frozen=True)
class WaterfallRow:
    """One drawn row; `left` and `width` are CSS percentages of the axis."""

    label: str
    measure: str
    group: str
    left: str
    width: str
    biggest: bool
    points: str
    by_hand: str


@dataclass(frozen=True)
class Waterfall:
    """The whole table: rows from the dearest part on, the end, and the axis with its ticks."""

    rows: list[WaterfallRow]
    end_left: str
    end_text: str
    exact_text: str
    low_text: str
    strong_left: str
    strong_shown: bool


def _points(cost: float) -> str:
    """Return the points of a part as text, with a sign; a part that cost nothing shows 0.0."""
    tenths = round(cost, 1)
    if tenths == 0:
        return "0.0"
    return f"{-tenths:+.1f}"


def waterfall_view(parts: Sequence[Part], score: float, *, keep: int = 9) -> Waterfall:
    """Return the view of parts whose costs add up to 100 minus `score` (both exact, 0 to 100).

    The `keep` dearest parts have a row each; the others stand together in one row, so that the
    bars always reach the score.
    """
    dearest = sorted(parts, key=lambda part: -part.cost)
    rows, others = dearest[:keep], [part for part in dearest[keep:] if part.cost]
    if len(others) == 1:
        rows, others = [*rows, *others], []
    if others:
        rest = sum(part.cost for part in others)
        names = ", ".join(part.label.lower() for part in others[:3])
        rows.append(Part(f"{len(others)} smaller", f"{names} ...", "", rest, "sum"))
    lowest, at = 100.0, 100.0
    for part in rows:
        at -= part.cost
        lowest = min(lowest, at)
    axis = max(0, int(min(lowest, score, STRONG_FROM) // 10) * 10)
    span = 100 - axis
    drawn, at = [], 100.0
    for place, part in enumerate(rows):
        left = min(at, at - part.cost)
        at -= part.cost
        drawn.append(
            WaterfallRow(
                label=part.label,
                measure=part.measure,
                group=part.group,
                left=f"{max(0.0, (left - axis) / span * 100):.2f}%",
                width=f"{abs(part.cost) / span * 100:.2f}%",
                biggest=place == 0 and part.cost > 0,
                points=_points(part.cost),
                by_hand=part.by_hand,
            )
        )
    return Waterfall(
        rows=drawn,
        end_left=f"{(score - axis) / span * 100:.2f}%",
        end_text=str(shown(score)),
        exact_text=f"{score:.2f}, rounded",
        low_text=str(axis),
        strong_left=f"{(STRONG_FROM - axis) / span * 100:.2f}%",
        strong_shown=STRONG_FROM - axis >= 10,
    )


def _row(row: View) -> rx.Component:
    """Return one part as a table row."""
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.label, class_name="wn"),
            rx.el.span(row.measure, class_name="small muted"),
            scope="row",
        ),
        rx.el.td(rx.el.span(row.group, class_name="muted"), class_name="wg"),
        rx.el.td(
            rx.el.span(
                class_name=["wb", choose(row.biggest, "w1", "")],
                style={"left": row.left, "width": row.width},
            ),
            class_name="wc",
        ),
        rx.el.td(row.points, class_name="num right wl"),
        rx.el.td(row.by_hand, class_name="small muted num right wf"),
    )


def _head(view: View) -> rx.Component:
    """Return the head of the table with the ticks of the axis."""
    strong = rx.el.span("75, strong", style={"left": view.strong_left})
    return rx.el.thead(
        rx.el.tr(
            rx.el.th("Part", scope="col", class_name="small muted"),
            rx.el.th("Score", scope="col", class_name="small muted wg"),
            rx.el.th(
                rx.el.span("From 100 down", class_name="sr"),
                rx.el.div(
                    rx.el.span(view.low_text, class_name="ax-low"),
                    maybe(view.strong_shown, lambda: strong),
                    rx.el.span("100", class_name="ax-high"),
                    class_name="ax",
                    aria_hidden="true",
                ),
                scope="col",
            ),
            rx.el.th("Points", scope="col", class_name="small muted wp"),
            rx.el.th("By hand", scope="col", class_name="small muted wf wp"),
        )
    )


def waterfall(view: View, *, end_label: Text = "Overall", band: Text = "mid") -> rx.Component:
    """Return the table; `view` is a Waterfall or a Var of one, `band` colours the end mark."""
    return rx.el.table(
        _head(view),
        rx.el.tbody(
            *each(view.rows, _row),
            rx.el.tr(
                rx.el.th(rx.el.span(end_label, class_name="wn"), scope="row"),
                rx.el.td(class_name="wg"),
                rx.el.td(
                    rx.el.span(class_name=f"we we-{band}", style={"left": view.end_left}),
                    class_name="wc",
                ),
                rx.el.td(view.end_text, class_name="num right wl"),
                rx.el.td(view.exact_text, class_name="small muted num right wf"),
                class_name="wt",
            ),
        ),
        class_name="wtbl",
        style={"--strong-at": view.strong_left},
    )
