"""Choosing an interview: type, level, length and mode, or the same as last time."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.practice_state import LENGTHS, LEVELS, PracticeState
from interview_coach.navigation import signed_in_page
from interview_coach.questions.bank import load_types

_ICONS = {
    "technical": "code",
    "behavioral": "users",
    "hr": "message-square",
    "system_design": "workflow",
    "situational": "route",
    "leadership": "flag",
}
_PRACTICE_TEXT = (
    "Hints while you think, feedback after each answer, as many takes as you like."
)
_LIVE_TEXT = "One take, no hints, silent until the end. Like the real one."


def practice() -> rx.Component:
    """The page where an interview is set up."""
    return signed_in_page(
        ui.page_head("Practice", "Choose an interview, or start at once with your last choice."),
        rx.cond(
            PracticeState.problem,
            ui.alert(PracticeState.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        rx.cond(PracticeState.loaded, _choice(), _loading()),
        rx.cond(PracticeState.loaded, _phone_start(), rx.fragment()),
        current="/practice",
    )


def _choice() -> rx.Component:
    return rx.fragment(
        _same_again(),
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
            rx.el.div(PracticeState.same.title, class_name="strong"),
            rx.el.div(PracticeState.same.text, class_name="muted"),
            class_name="grow",
        ),
        ui.button(
            "Start in 10 seconds",
            icon_name="mic",
            disabled=PracticeState.starting,
            on_click=PracticeState.start_same,
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
                    chosen=PracticeState.kind == item.type,
                    title=item.title,
                    text=item.description,
                    note=_count(item.type),
                    icon_name=_ICONS[item.type],
                    on_choose=PracticeState.choose_kind,
                )
                for item in load_types()
            ),
        ),
        rx.el.div(
            rx.el.span(PracticeState.tracks_label, class_name="label", id="tracks-label"),
            rx.el.div(
                rx.foreach(
                    PracticeState.tracks,
                    lambda choice: ui.chip(
                        choice.title,
                        count=choice.count,
                        pressed=PracticeState.track == choice.id,
                        on_click=PracticeState.choose_track(choice.id),
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
    count = PracticeState.counts[kind]
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
                value=PracticeState.level,
                on_change=PracticeState.choose_level,
            ),
            ui.segmented(
                "Questions",
                "length",
                [(length, length) for length in LENGTHS],
                value=PracticeState.length,
                on_change=PracticeState.choose_length,
            ),
            class_name="set",
        ),
        ui.choice_grid(
            "Mode",
            ui.mode_card(
                "mode",
                "practice",
                chosen=PracticeState.mode == "practice",
                title="Practice",
                text=_PRACTICE_TEXT,
                on_choose=PracticeState.choose_mode,
            ),
            ui.mode_card(
                "mode",
                "live",
                chosen=PracticeState.mode == "live",
                title="Live",
                text=_LIVE_TEXT,
                on_choose=PracticeState.choose_mode,
            ),
            columns=2,
        ),
    )


def _summary() -> rx.Component:
    chosen = PracticeState.summary
    return ui.summary_card(
        "Your interview",
        ui.definition_rows(
            (
                ("Type", chosen.kind),
                ("Track", chosen.track),
                ("Level", chosen.level),
                ("Questions", chosen.length),
                ("Mode", chosen.mode),
            )
        ),
        footer=(
            ui.button(
                "Start interview",
                kind="primary",
                size="l",
                icon_name="mic",
                wide=True,
                busy=PracticeState.starting,
                busy_label="Setting it up",
                disabled=~chosen.possible,
                on_click=PracticeState.start,
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
            PracticeState.summary.start_label,
            kind="primary",
            size="l",
            icon_name="mic",
            wide=True,
            busy=PracticeState.starting,
            busy_label="Setting it up",
            disabled=~PracticeState.summary.possible,
            on_click=PracticeState.start,
        )
    )


def _loading() -> rx.Component:
    return rx.cond(
        PracticeState.problem,
        ui.load_failed(on_retry=PracticeState.load),
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
