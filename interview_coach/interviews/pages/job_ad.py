"""Questions from a job ad: the form, the wait with what is happening, the preview."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.job_ad_state import JobAdState
from interview_coach.interviews.job_ad_view import COUNTS, LEVELS
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.questions.tailored_schemas import MAX_AD, MAX_RESUME, MAX_ROLE
from interview_coach.ui.values import View

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_MADE: Any = JobAdState
_CHOICE: Any = PracticeState


def job_ad() -> rx.Component:
    """The folded part of the practice page."""
    return ui.card(
        rx.el.details(
            rx.el.summary(
                ui.icon("file-text"),
                rx.el.span(
                    rx.el.span("From a job ad", class_name="strong blk"),
                    rx.el.span(
                        "Paste an ad or your resume, and get questions on what they name.",
                        class_name="muted blk",
                    ),
                    class_name="grow",
                ),
                ui.icon("chevron-down", size="s"),
            ),
            rx.el.div(
                rx.cond(
                    _MADE.problem,
                    ui.alert("That did not work", _MADE.problem, kind="bad", urgent=True),
                    rx.fragment(),
                ),
                rx.el.div(_form(), hidden=_MADE.phase == "preview"),
                rx.cond(_MADE.phase == "preview", _preview(), rx.fragment()),
                class_name="stack stack-4 ad-in",
            ),
            class_name="fold ad",
        ),
        flush=True,
        label="Questions from a job ad",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            ui.text_field(
                "Role",
                "role",
                max_length=MAX_ROLE,
                placeholder="Backend engineer",
                auto_complete="organization-title",
            ),
            rx.el.div(
                ui.select_field("Level", "level", LEVELS, default=""),
                ui.select_field(
                    "Questions", "count", [(count, count) for count in COUNTS], default="5"
                ),
                class_name="mat",
            ),
            class_name="mat",
        ),
        rx.el.div(
            ui.text_area("Job ad", "job_description", rows=8, max_length=MAX_AD),
            ui.text_area(
                "Resume, as text (optional)",
                "resume_text",
                rows=8,
                max_length=MAX_RESUME,
            ),
            class_name="mat",
        ),
        rx.el.p(
            "The type and the mode that are chosen below count here too. What you paste is used "
            "for these questions and kept only in their words.",
            class_name="small muted",
        ),
        rx.el.div(
            ui.button(
                "Make questions",
                kind="primary",
                icon_name="file-text",
                submit=True,
                busy=_MADE.phase == "waiting",
                busy_label="Making questions",
            ),
            rx.el.span(
                rx.cond(_MADE.phase == "waiting", _MADE.waiting, ""),
                role="status",
                class_name="muted grow",
            ),
            class_name="row row-3 wrap",
        ),
        on_submit=_MADE.make,
        class_name="stack stack-4",
    )


def _preview() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.p(_MADE.told, role="status"),
            rx.cond(
                _MADE.found,
                rx.el.p(rx.el.b("Found: "), _MADE.found, class_name="small muted"),
                rx.fragment(),
            ),
            class_name="stack stack-1",
        ),
        rx.cond(
            _MADE.stood_in,
            ui.alert(
                "Made on this machine instead",
                _MADE.stood_in,
                kind="mid",
                actions=(
                    ui.button("Ask again", size="s", icon_name="refresh-cw", on_click=_MADE.again),
                ),
            ),
            rx.fragment(),
        ),
        rx.foreach(_MADE.notes, lambda note: ui.alert(note, kind="info")),
        rx.el.ul(rx.foreach(_MADE.rows, _row), class_name="rows ad-rows"),
        rx.el.div(
            ui.button(
                _MADE.start_label,
                kind="primary",
                icon_name="mic",
                busy=_MADE.starting,
                busy_label="Setting it up",
                disabled=_MADE.start_label == "Choose a question",
                on_click=_MADE.start,
            ),
            ui.button("Change the ad", kind="ghost", on_click=_MADE.back),
            class_name="row row-3 wrap",
        ),
        aria_label="Questions made from the ad",
        class_name="stack stack-4",
    )


def _row(row: View) -> rx.Component:
    return rx.el.li(
        ui.checkbox(
            rx.el.span(
                rx.el.span(row.text, class_name="strong blk"),
                rx.el.span(row.about, ", ", row.maker, class_name="small muted blk"),
            ),
            "ad-chosen",
            checked=row.chosen,
            on_change=lambda _checked: _MADE.toggle(row.id),
        ),
        rx.el.p(
            row.origin,
            rx.cond(row.quote, rx.el.q(row.quote, class_name="q"), rx.fragment()),
            class_name="small muted ad-origin",
        ),
        class_name="bank-row",
        key=row.id,
    )
