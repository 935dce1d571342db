"""Charts over days, drawn by Plotly, each with its table.

The smallest bundle of Plotly (bars and lines, 0.37 MB compressed) is loaded by the browser when a
chart comes into view, on no other page. A page gives numbers and names; colours, fonts and the
dark look are the chart's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import reflex as rx

from interview_coach.ui.icons import icon
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Text, View, each

_LIBRARY = script("charts.jsx", __name__)
PLOTLY = "plotly.js-basic-dist-min@3.7.0"


@dataclass(frozen=True)
class Series:
    """One row of numbers, one for each label. as_line: drawn as a line on the right axis, else as
    bars that stand on each other. before: what stands before its numbers, such as "$"."""

    name: str
    values: list[float]
    as_line: bool = False
    before: str = ""


@dataclass(frozen=True)
class Chart:
    """Labels from left to right, the series over them, and the same as rows of texts."""

    labels: list[str] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def chart_view(
    labels: Sequence[str], series: Sequence[Series], *, first_head: str = "Day"
) -> Chart:
    """A chart with its table, the last label first, as what is newest is looked for.

    Raises ValueError when a series has not one number for each label.
    """
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series needs one number for each label")
    rows = [[label, *(_cell(one, place) for one in series)] for place, label in enumerate(labels)]
    return Chart(list(labels), list(series), [first_head, *(s.name for s in series)], rows[::-1])


def _cell(series: Series, place: int) -> str:
    value = series.values[place]
    return f"{series.before}{value:,.4f}" if series.as_line else f"{series.before}{value:,.0f}"


class _Plot(rx.Component):
    """The drawing."""

    library = _LIBRARY
    tag = "Plot"
    lib_dependencies: list[str] = [PLOTLY]

    labels: rx.Var[list[str]]
    series: rx.Var[list[Series]]
    spoken: rx.Var[str]


def chart(view: View, *, spoken: Text, table_label: Text) -> rx.Component:
    """Return the drawing and, folded below it, the table. `view` is a Chart or a Var of one.

    `spoken` says what is drawn, for those who do not see it; `table_label` opens the table.
    """
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*each(view.heads, lambda head: rx.el.th(head, scope="col")))),
        rx.el.tbody(
            *each(view.rows, lambda row: rx.el.tr(*each(row, lambda cell: rx.el.td(cell))))
        ),
        class_name="tbl num",
    )
    return rx.fragment(
        _Plot.create(labels=view.labels, series=view.series, spoken=spoken),
        rx.el.details(
            rx.el.summary(table_label, icon("chevron-down", size="s")),
            rx.el.div(
                table,
                class_name="scroll-x plot-table",
                tab_index=0,
                role="region",
                aria_label=table_label,
            ),
            class_name="fold",
        ),
    )
