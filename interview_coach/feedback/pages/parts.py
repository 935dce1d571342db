"""What several pages of the room show alike: how a score adds up, and what is not there."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.ui.values import Text, View


def missing(title: str, what: str) -> rx.Component:
    """What stands in place of a page whose interview or answer there is none of, or is not
    this candidate's."""
    return ui.card(
        rx.el.h1(title, class_name="sr"),
        ui.empty(
            "search",
            f"There is no such {what} here",
            f"The address may be old or mistyped, or the {what} belongs to another account. "
            "Yours are on the dashboard.",
            ui.link_button("Go to the dashboard", "/dashboard", kind="primary"),
        ),
    )


def why_card(head: Any, *below: rx.Component, lead: str) -> rx.Component:
    """From 100 down to the score of an interview, and every part as a table."""
    return ui.section_card(
        head.why_title,
        ui.waterfall(head.why, band=head.overall.band),
        parts_fold(head.parts_label, head.parts),
        *below,
        lead=lead,
        flush=True,
        heading_id="sec-why",
    )


def parts_fold(label: Text, parts: View, *, class_name: str = "fold") -> rx.Component:
    """All parts of a score, folded away below their label."""
    return rx.el.details(
        rx.el.summary(label, ui.icon("chevron-down", size="s")),
        _parts_table(parts),
        class_name=class_name,
    )


def _parts_table(parts: View) -> rx.Component:
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


def stood_in(view: View, ask_again: Any) -> rx.Component:
    """What failed, what was used instead, and another try; nothing where nothing failed."""
    return rx.cond(
        view.problem,
        ui.alert(
            view.problem,
            view.problem_text,
            kind="mid",
            actions=(ui.button("Ask again", size="s", icon_name="refresh-cw", on_click=ask_again),),
        ),
        rx.fragment(),
    )
