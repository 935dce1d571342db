"""The full table behind a score."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.values import View


def parts_table(parts: View) -> rx.Component:
    """All parts with weight, value and points; wide tables scroll inside their own frame."""
    heads = ("Part", "Score", "What was measured", "Weight", "Value", "Points")
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(head, scope="col", class_name="right" if place > 2 else "")
                        for place, head in enumerate(heads)
                    )
                )
            ),
            rx.el.tbody(
                rx.foreach(
                    parts,
                    lambda row: rx.el.tr(
                        rx.el.td(row.label),
                        rx.el.td(row.group, class_name="muted"),
                        rx.el.td(row.measure, class_name="muted"),
                        rx.el.td(row.weight, class_name="num right"),
                        rx.el.td(row.value, class_name="num right"),
                        rx.el.td(row.points, class_name="num right strong"),
                    ),
                )
            ),
            class_name="tbl",
        ),
        class_name="scroll-x",
        tab_index=0,
        role="region",
        aria_label="All parts",
    )
