"""Choosing an interview: type, level, length and mode, or the same as last time."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.pages.job_ad import job_ad
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.interviews.practice_view import (
    FOLLOW_UPS,
    LENGTHS,
    LEVELS,
    PATIENCE,
    PATIENCE_NOTES,
)
from interview_coach.navigation import signed_in_page
from interview_coach.questions.bank import load_types

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_CHOICE: Any = PracticeState

_ICONS = {
    "technical": "code",
    "behavioral": "users",
    "hr": "message-square",
    "system_design": "workflow",
    "situational": "route",
    "leadership": "flag",
}
_PRACTICE_TEXT = "Hints when you ask, feedback after each answer, as many takes as you like."
_LIVE_TEXT = "One take, no hints, silent until the end. Like the real one."


def practice() -> rx.Component:
    """The page where an interview is set up."""
    return signed_in_page(
        ui.page_head("Practice", "Choose an interview, or start at once with your last choice."),
        rx.cond(
            _CHOICE.loaded & (_CHOICE.problem != ""),
            ui.alert(_CHOICE.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        rx.cond(_CHOICE.loaded, _choice(), _loading()),
        rx.cond(_CHOICE.loaded, _phone_start(), rx.fragment()),
        current="/practice",
    )


def _choice() -> rx.Component:
    return rx.fragment(
        _same_again(),
        job_ad(),
        ui.two_columns(
            rx.el.div(
                _types(),
                rx.el.hr(class_name="hr"),
                _details(),
                class_name="stack practice-steps",
            ),
            _summary(),
        ),
    )


def _same_again() -> rx.Component:
    return ui.card(
        rx.el.span(ui.icon("repeat", size="l"), class_name="ic"),
        rx.el.div(
            rx.el.div(_CHOICE.same.title, class_name="strong"),
            rx.el.div(_CHOICE.same.text, class_name="muted"),
            class_name="grow",
        ),
        ui.button(
            "Start in 10 seconds",
            icon_name="mic",
            disabled=_CHOICE.starting,
            on_click=_CHOICE.start_same,
        ),
        label="Start at once",
        class_name="same",
    )


def _types() -> rx.Component:
    return ui.step(
        1,
        "Type",
        ui.choice_grid(
            "Type",
            *(
                ui.choice_card(
                    "type",
                    item.type,
                    chosen=_CHOICE.kind == item.type,
                    title=item.title,
                    text=item.description,
                    note=_count(item.type),
                    icon_name=_ICONS[item.type],
                    on_choose=_CHOICE.choose_kind,
                )
                for item in load_types()
            ),
        ),
        rx.el.div(
            rx.el.span(_CHOICE.tracks_label, class_name="label", id="tracks-label"),
            rx.el.div(
                rx.foreach(
                    _CHOICE.tracks,
                    lambda choice: ui.chip(
                        choice.title,
                        count=choice.count,
                        pressed=_CHOICE.track == choice.id,
                        on_click=_CHOICE.choose_track(choice.id),
                    ),
                ),
                role="group",
                aria_labelledby="tracks-label",
                class_name="chips",
            ),
            class_name="field",
        ),
    )


def _count(kind: str) -> rx.Component:
    count = _CHOICE.counts[kind]
    return rx.fragment(rx.el.b(count.questions), " questions, ", count.tracks)


def _details() -> rx.Component:
    return ui.step(
        2,
        "Level, length, mode",
        rx.el.div(
            ui.segmented(
                "Level",
                "level",
                LEVELS,
                value=_CHOICE.level,
                on_change=_CHOICE.choose_level,
            ),
            ui.segmented(
                "Questions",
                "length",
                [(length, length) for length in LENGTHS],
                value=_CHOICE.length,
                on_change=_CHOICE.choose_length,
            ),
            class_name="set",
        ),
        ui.choice_grid(
            "Mode",
            ui.mode_card(
                "mode",
                "practice",
                chosen=_CHOICE.mode == "practice",
                title="Practice",
                text=_PRACTICE_TEXT,
                on_choose=_CHOICE.choose_mode,
            ),
            ui.mode_card(
                "mode",
                "live",
                chosen=_CHOICE.mode == "live",
                title="Live",
                text=_LIVE_TEXT,
                on_choose=_CHOICE.choose_mode,
            ),
            columns=2,
        ),
        _manner(),
    )


def _manner() -> rx.Component:
    """How the interviewer goes about it."""
    return rx.fragment(
        rx.el.div(
            ui.segmented(
                "Follow-up questions",
                "follow_ups",
                FOLLOW_UPS,
                value=_CHOICE.follow_ups,
                on_change=_CHOICE.choose_follow_ups,
            ),
            ui.segmented(
                "Patience",
                "patience",
                PATIENCE,
                value=_CHOICE.patience,
                on_change=_CHOICE.choose_patience,
            ),
            class_name="set",
        ),
        rx.el.p(
            rx.match(_CHOICE.patience, *PATIENCE_NOTES.items(), ""),
            " Nothing ever ends on silence, and no word is cut.",
            class_name="small muted",
        ),
    )


def _summary() -> rx.Component:
    chosen = _CHOICE.summary
    return ui.summary_card(
        "Your interview",
        ui.definition_rows(
            (
                ("Type", chosen.kind),
                ("Track", chosen.track),
                ("Level", chosen.level),
                ("Questions", chosen.questions),
                ("Mode", chosen.mode),
                ("Follow-ups", chosen.follow_ups),
                ("Patience", chosen.patience),
            )
        ),
        footer=(
            ui.button(
                "Start interview",
                kind="primary",
                size="l",
                icon_name="mic",
                wide=True,
                busy=_CHOICE.starting,
                busy_label="Setting it up",
                disabled=~chosen.possible,
                on_click=_CHOICE.start,
            ),
            rx.cond(
                chosen.note,
                rx.el.p(chosen.note, class_name="small", role="status"),
                rx.fragment(),
            ),
            rx.el.p(
                "The microphone check comes first. You can type instead.", class_name="small muted"
            ),
        ),
    )


def _phone_start() -> rx.Component:
    return ui.start_bar(
        ui.button(
            _CHOICE.summary.start_label,
            kind="primary",
            size="l",
            icon_name="mic",
            wide=True,
            busy=_CHOICE.starting,
            busy_label="Setting it up",
            disabled=~_CHOICE.summary.possible,
            on_click=_CHOICE.start,
        )
    )


def _loading() -> rx.Component:
    return rx.cond(
        _CHOICE.problem,
        ui.load_failed(text=_CHOICE.problem, on_retry=_CHOICE.load),
        ui.loading(
            ui.skeleton("100%", "74px"),
            ui.two_columns(
                rx.el.div(
                    ui.skeleton("96px", "24px"),
                    rx.el.div(
                        *(ui.skeleton("100%", "132px") for _ in load_types()), class_name="tcs"
                    ),
                    ui.skeleton("60%", "32px"),
                    class_name="stack stack-4",
                ),
                ui.skeleton("100%", "380px"),
            ),
            label="Loading the question bank",
        ),
    )
