"""The dashboard: how much has been practised, how it went, where to go on."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.analytics.recommended_part import recommended
from interview_coach.analytics.state import DashboardState
from interview_coach.navigation import signed_in_page
from interview_coach.ui.recorder import waiting_answers
from interview_coach.ui.times import moment
from interview_coach.ui.values import View, choose

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = DashboardState

_LISTING = DashboardState.listing
_ICONS = (
    ("technical", "code"),
    ("behavioral", "users"),
    ("hr", "message-square"),
    ("system_design", "workflow"),
    ("situational", "route"),
    ("leadership", "flag"),
)


def dashboard() -> rx.Component:
    """The first page after signing in."""
    return signed_in_page(
        rx.el.div(
            ui.page_head(
                "Dashboard",
                "Your interviews, and how they went.",
                rx.cond(
                    DashboardState.first_run,
                    rx.fragment(),
                    ui.link_button("Start practice", "/practice", kind="primary", icon_name="mic"),
                ),
            ),
            rx.cond(
                DashboardState.loaded & (_STATE.problem != ""),
                ui.alert(DashboardState.problem, kind="bad", urgent=True),
                rx.fragment(),
            ),
            # What any interview left on this device goes out from here too.
            waiting_answers(on_sent=_STATE.hear_sent),
            rx.cond(
                DashboardState.loaded,
                rx.cond(
                    DashboardState.first_run,
                    rx.fragment(_first_run(), recommended()),
                    _overview(),
                ),
                rx.cond(
                    DashboardState.problem,
                    ui.load_failed(text=DashboardState.problem, on_retry=DashboardState.load),
                    ui.loading(ui.skeleton_stats(4), ui.skeleton_rows(5)),
                ),
            ),
            class_name="stack stack-6",
        ),
        current="/dashboard",
    )


def _first_run() -> rx.Component:
    return ui.card(
        ui.empty(
            "mic",
            "Your first interview",
            "Five behavioral questions, answered aloud or typed. You can pause and stop at any "
            "time, and nothing you say is lost.",
            ui.button(
                "Start your first interview",
                kind="primary",
                icon_name="mic",
                busy=DashboardState.starting,
                busy_label="One moment",
                on_click=DashboardState.start_first,
            ),
            ui.link_button("Choose another kind", "/practice", icon_name="sliders-horizontal"),
        )
    )


def _overview() -> rx.Component:
    return rx.fragment(
        ui.grid(rx.foreach(DashboardState.figures, _figure)),
        rx.cond(_STATE.drills.length() > 0, _drills(), rx.fragment()),
        rx.cond(
            _STATE.calibration,
            ui.section_card("Your own ratings", rx.el.p(_STATE.calibration)),
            rx.fragment(),
        ),
        recommended(),
        ui.section_card(
            "Interviews",
            rx.el.ul(
                rx.foreach(_LISTING.rows, lambda row: rx.el.li(_row(row), key=row.href)),
                class_name="rows",
            ),
            ui.pager(
                _LISTING.turn, _STATE.go_to, "Pages of interviews", back="Newer", forward="Older"
            ),
            note=_LISTING.total,
            flush=True,
        ),
        rx.el.p("Refreshes by itself every 30 seconds.", class_name="small muted"),
    )


def _drills() -> rx.Component:
    def row(drill: View) -> rx.Component:
        return rx.el.li(
            rx.el.span(
                rx.el.span(drill.text, class_name="strong blk"),
                rx.el.span(drill.about, class_name="small muted blk"),
                rx.el.span(drill.why, class_name="small blk"),
                class_name="grow",
            ),
            ui.link_button(
                "Go to the answer",
                drill.href,
                size="s",
                aria_label=f"Go to the answer: {drill.text}",
            ),
            class_name="drl",
            key=drill.href,
        )

    return ui.section_card(
        "Due today",
        ui.rows(rx.foreach(_STATE.drills, row)),
        lead="One short drill for each weak spot that is due again. A new take moves its day on.",
        flush=True,
        class_name="recs",
    )


def _figure(figure: View) -> rx.Component:
    return ui.stat(figure.label, figure.value, note=figure.note, class_name="c3")


def _row(row: View) -> rx.Component:
    """An interview; the whole row leads where its button leads."""
    return rx.el.div(
        rx.el.span(_icon(row.kind), class_name="ic"),
        rx.el.span(
            ui.link(row.title, href=row.href, class_name="strong cover", aria_label=row.spoken),
            rx.el.span(row.note, class_name="small muted blk"),
            class_name="grow",
        ),
        rx.el.span(moment(row.moment), class_name="when muted"),
        rx.el.span(row.lasted, class_name="dur muted num"),
        rx.cond(
            row.open_now,
            rx.el.span(
                rx.el.span(row.action, class_name="only-phone strong", aria_hidden="true"),
                class_name="sc",
            ),
            rx.el.span(
                rx.el.b(row.score.value_text),
                rx.el.span(row.score.range_text, class_name="small muted"),
                class_name="sc num",
            ),
        ),
        rx.el.span(_state(row), class_name="vv"),
        rx.el.span(row.action, class_name="go-on", aria_hidden="true"),
        class_name="recent recent-go",
    )


def _icon(kind: Any) -> rx.Component:
    drawn = rx.match(kind, *((name, ui.icon(drawing)) for name, drawing in _ICONS), ui.icon("list"))
    return rx.fragment(drawn)


def _state(row: View) -> rx.Component:
    """The verdict of a finished interview, else where it stands."""
    return rx.cond(
        row.status,
        ui.badge(row.status, kind=choose(row.open_now, "accent", "line")),
        rx.cond(
            row.score.scored,
            ui.verdict_of(row.score, small=True),
            ui.verdict("none", "Not scored", small=True),
        ),
    )
