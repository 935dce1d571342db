"""The question in front with its help, and what came of the answer: score, points, a follow-up."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_ROOM: Any = RoomState
_STEPS: Any = RoomStepsState


def question_part() -> rx.Component:
    """The question, spoken on request, with the help that was asked for."""
    asked = _ROOM.room.asked
    recording = _ROOM.phases[asked.question_id] == "recording"
    hidden = (asked.help.tips.length() > 0) & ~_ROOM.hint
    return rx.el.section(
        rx.el.div(
            rx.el.span(f"Question {asked.position}", class_name="badge"),
            rx.foreach(asked.chips, lambda words: rx.el.span(words, class_name="badge")),
            rx.el.span(
                rx.cond(
                    hidden,
                    _hint_button("Show the hints", _STEPS.toggle_hint),
                    rx.cond(
                        asked.help.ask,
                        _hint_button(asked.help.ask, _STEPS.ask_hint(asked.help.step)),
                        rx.fragment(),
                    ),
                ),
                ui.read_aloud(asked.text, quiet=recording),
                class_name="row row-1 question-acts",
            ),
            class_name="row wrap question-head",
        ),
        rx.cond(
            asked.takes_up, rx.el.p(asked.takes_up, class_name="small muted trunc"), rx.fragment()
        ),
        rx.el.h1(asked.text),
        rx.cond(asked.note, _note(), rx.fragment()),
        rx.cond((asked.help.tips.length() > 0) & _ROOM.hint, _hint(), rx.fragment()),
        aria_label="Question",
        class_name="qq",
    )


def _hint_button(label: Any, handler: Any) -> rx.Component:
    return ui.button(label, kind="ghost", size="s", icon_name="lightbulb", on_click=handler)


def _note() -> rx.Component:
    """Which engine failed, what stands instead, and the way to try again."""
    asked = _ROOM.room.asked
    return rx.el.div(
        rx.el.p(asked.note, class_name="small muted"),
        rx.cond(
            asked.can_ask_again,
            ui.button(
                "Ask it again",
                kind="ghost",
                size="s",
                icon_name="refresh-cw",
                on_click=_STEPS.ask_engine_again,
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="row wrap",
    )


def _hint() -> rx.Component:
    given = _ROOM.room.asked.help
    return rx.el.div(
        ui.icon("lightbulb"),
        rx.el.div(
            rx.el.ul(rx.foreach(given.tips, rx.el.li)),
            rx.cond(given.nudge, rx.el.p(given.nudge), rx.fragment()),
            role="status",
            class_name="grow hint-words",
        ),
        rx.el.button(
            "Hide", type="button", aria_label="Hide the hint", on_click=_STEPS.toggle_hint
        ),
        class_name="hint",
    )


def answer_part() -> rx.Component:
    """What is known of the answer, and what one waits for."""
    asked = _ROOM.room.asked
    return rx.fragment(
        rx.cond(
            asked.scored,
            rx.el.div(
                rx.cond(asked.score, _score(), rx.fragment()),
                rx.cond(asked.points.length() > 0, _points(), rx.fragment()),
                class_name="card room-after",
            ),
            rx.fragment(),
        ),
        rx.cond(
            (asked.wait != "") & ~asked.closed,
            rx.el.p(
                ui.icon("loader", size="s", spin=True),
                asked.wait,
                role="status",
                class_name="row row-2 small muted room-wait",
            ),
            rx.fragment(),
        ),
        rx.cond(asked.offer, _offer(), rx.fragment()),
    )


def _score() -> rx.Component:
    asked = _ROOM.room.asked
    return rx.el.div(
        rx.el.span("This answer", class_name="strong"),
        rx.cond(
            asked.draft,
            ui.badge("Draft transcript", kind="line", title="Words from the rough recogniser"),
            rx.fragment(),
        ),
        ui.score_with_range(asked.score),
        ui.verdict_of(asked.score, small=True),
        rx.el.span("The best take counts.", class_name="small muted best-take"),
        ui.link_button("See why", asked.result_href, size="s", class_name="push"),
        role="status",
        class_name="room-score",
    )


def _points() -> rx.Component:
    asked = _ROOM.room.asked
    return rx.el.details(
        rx.el.summary(asked.points_title, ui.icon("chevron-down", size="s")),
        rx.el.ul(
            rx.foreach(
                asked.points,
                lambda row: rx.el.li(
                    rx.el.span(row.text, class_name="grow"),
                    ui.verdict(row.band, row.word, small=True),
                    class_name="row between",
                ),
            ),
            class_name="small",
        ),
        open=True,
        class_name="room-points",
    )


def _offer() -> rx.Component:
    asked = _ROOM.room.asked
    return ui.alert(
        "A follow-up",
        rx.el.p(asked.offer),
        icon_name="message-square",
        actions=(
            ui.button(
                "Answer it",
                kind="soft",
                size="s",
                icon_name="arrow-right",
                on_click=_STEPS.take_up(asked.offer_id),
            ),
            ui.button(
                "Not this one",
                kind="ghost",
                size="s",
                on_click=_STEPS.pass_over(asked.offer_id),
            ),
        ),
        class_name="room-offer",
    )
