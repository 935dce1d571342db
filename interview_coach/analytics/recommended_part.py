"""The part of the dashboard that says what to practise next."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.analytics.recommended_state import RecommendedState
from interview_coach.ui.values import View

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = RecommendedState


def recommended() -> rx.Component:
    """The recommended questions, each with its reasons and a way to practise it at once."""
    return ui.section_card(
        "Recommended for you",
        rx.cond(
            _STATE.loaded,
            rx.fragment(
                rx.cond(
                    _STATE.problem,
                    ui.alert(_STATE.problem, kind="bad", urgent=True),
                    rx.fragment(),
                ),
                rx.cond(
                    _STATE.rows,
                    ui.rows(rx.foreach(_STATE.rows, _row)),
                    ui.empty("list", "Nothing to recommend", "The question bank is empty."),
                ),
            ),
            rx.cond(
                _STATE.problem,
                ui.load_failed(text=_STATE.problem, on_retry=RecommendedState.load),
                ui.loading(ui.skeleton_rows(5)),
            ),
        ),
        flush=True,
        class_name="recs",
        lead=_STATE.lead,
        action=rx.cond(
            _STATE.all_label,
            ui.button(
                _STATE.all_label,
                icon_name="mic",
                busy=_STATE.starting,
                busy_label="One moment",
                on_click=RecommendedState.practise_all,
            ),
            rx.fragment(),
        ),
    )


def _row(row: View) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.text, class_name="strong blk"),
            rx.el.span(row.about, class_name="small muted blk"),
            rx.el.span(row.why, class_name="small blk"),
            class_name="grow",
        ),
        ui.button(
            "Practise",
            size="s",
            icon_name="mic",
            disabled=_STATE.starting,
            aria_label=f"Practise: {row.text}",
            on_click=_STATE.practise_one(row.id),
        ),
        class_name="drl",
        key=row.id,
    )
