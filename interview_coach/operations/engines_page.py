"""The administrators' page of the language engines: what they did, what it cost, how they stand."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.navigation import signed_in_page
from interview_coach.operations.admin_parts import not_allowed, places
from interview_coach.operations.engines_section import engine_line
from interview_coach.operations.engines_state import EnginesState
from interview_coach.operations.engines_view import RANGES

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = EnginesState
_SHOWN = _STATE.shown


def engines() -> rx.Component:
    """Standing, figures and a test of each engine."""
    return signed_in_page(
        rx.el.div(
            ui.page_head(
                "Engines",
                "What writes feedback and questions here, what it costs, and whether it is well. "
                "No word of any user is in these figures.",
            ),
            rx.cond(
                _STATE.refused,
                not_allowed(),
                rx.fragment(
                    places("/admin/engines"),
                    rx.cond(
                        _STATE.loaded,
                        _loaded(),
                        rx.cond(
                            _STATE.problem != "",
                            ui.load_failed(text=_STATE.problem, on_retry=_STATE.open_engines),
                            ui.loading(ui.skeleton_stats(4), ui.skeleton_rows(6)),
                        ),
                    ),
                ),
            ),
            class_name="stack stack-6",
        ),
        current="/admin",
    )


def _loaded() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _STATE.problem != "",
            ui.alert(_STATE.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        rx.cond(
            _SHOWN.alert != "",
            rx.cond(
                _SHOWN.used_up,
                ui.alert(_SHOWN.alert, _SHOWN.alert_text, kind="bad"),
                ui.alert(_SHOWN.alert, _SHOWN.alert_text, kind="mid"),
            ),
            rx.fragment(),
        ),
        rx.el.div(
            ui.segmented(
                "Range",
                "engines-range",
                RANGES,
                value=_STATE.days,
                on_change=_STATE.choose,
                small=True,
                hide_label=True,
            ),
            class_name="row wrap admin-filters",
        ),
        ui.grid(rx.foreach(_SHOWN.figures, _figure)),
        _standings(),
        ui.section_card(
            "Calls and cost a day",
            ui.chart(_SHOWN.chart, spoken=_SHOWN.chart_spoken, table_label="Show as a table"),
            lead="Real calls in days of UTC; what was kept from before is no call.",
            flush=True,
        ),
        _usage(),
        _stand_ins(),
        _calls(),
    )


def _figure(figure: Any) -> rx.Component:
    return ui.stat(figure.label, figure.value, note=figure.note, class_name="c3")


def _standings() -> rx.Component:
    return ui.section_card(
        "Engines",
        ui.rows(
            rx.foreach(_SHOWN.lines, lambda row: engine_line(row, _STATE.refresh)),
            class_name="settings-rows",
        ),
        lead="In the order they are asked. A test is one small call; when it works, a rest ends.",
    )


def _usage() -> rx.Component:
    heads = ("Engine", "Calls", "Outcomes", "Tokens in / out", "Cost", "p50", "p95")

    def line(row: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(row.engine, class_name="nowrap"),
            rx.el.td(row.calls, class_name="num right nowrap"),
            rx.el.td(row.outcomes, class_name="muted"),
            rx.el.td(row.tokens, class_name="num right nowrap"),
            rx.el.td(row.cost, class_name="num right nowrap"),
            rx.el.td(row.p50, class_name="num right nowrap"),
            rx.el.td(row.p95, class_name="num right nowrap"),
        )

    table = rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(head, scope="col", class_name="" if place in (0, 2) else "right")
                        for place, head in enumerate(heads)
                    )
                )
            ),
            rx.el.tbody(rx.foreach(_SHOWN.usage, line)),
            class_name="tbl",
        ),
        class_name="scroll-x",
        tab_index=0,
        role="region",
        aria_label="Figures of each engine",
    )
    return ui.section_card(
        "By engine",
        rx.cond(
            _SHOWN.usage,
            table,
            ui.empty("cpu", "Nothing asked", "No engine was asked in this range."),
        ),
        lead=(
            "Latency of real calls, failed ones too: half took less than p50, 95 of 100 less than "
            "p95."
        ),
        flush=True,
    )


def _stand_ins() -> rx.Component:
    return ui.section_card(
        "Why the local engine stood in",
        rx.cond(
            _SHOWN.stand_ins,
            ui.rows(
                rx.foreach(_SHOWN.stand_ins, lambda told: rx.el.li(told, class_name="drl")),
                class_name="settings-rows",
            ),
            rx.fragment(),
        ),
        note=_SHOWN.stand_in_note,
    )


def _calls() -> rx.Component:
    def line(row: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.span(
                    rx.el.span(row.title, class_name="strong"),
                    ui.badge(row.mark, kind=row.mark_kind),
                    class_name="row wrap",
                ),
                rx.el.span(row.note, class_name="small muted blk"),
                class_name="grow",
            ),
            rx.el.span(ui.ago(row.moment), class_name="small muted"),
            class_name="drl",
            key=row.id,
        )

    return ui.section_card(
        "Newest calls",
        rx.cond(
            _SHOWN.calls,
            ui.rows(rx.foreach(_SHOWN.calls, line), class_name="settings-rows"),
            ui.empty("cpu", "Nothing asked yet", "Calls appear here as they are made."),
        ),
        lead="The whole ledger: GET /api/v1/admin/engines/calls.",
    )
