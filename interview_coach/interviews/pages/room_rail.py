"""The list of answers beside the stage: one line a question, with its status as it changes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState, RoomTypingState
from interview_coach.ui.values import choose

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_ROOM: Any = RoomState
_STEPS: Any = RoomStepsState
_TYPING: Any = RoomTypingState

# What the recorder of a question says of itself, where that is news to the list.
_PHASE_WORDS = (
    ("recording", "Recording"),
    ("paused", "Paused"),
    ("review", "Ready to send"),
    ("uploading", "Sending"),
    ("offline", "Waits for the network"),
    ("failed", "Not sent"),
)


def answer_rail() -> rx.Component:
    """The right-hand side of the room."""
    return rx.fragment(
        rx.el.div(
            rx.el.h2("Answers"),
            rx.el.span(_ROOM.room.sent_text, class_name="small muted"),
            class_name="row between",
        ),
        rx.el.ol(rx.foreach(_ROOM.room.rows, _row), class_name="stack answer-rows"),
        rx.el.div(
            _promise(
                "hard-drive",
                "Nothing is lost",
                "Each second is kept on this device until it has arrived. You may close the lid "
                "or lose the network.",
            ),
            _promise(
                "timer",
                "Take the time you need",
                "Silence never ends an answer, and the clock never cuts a word.",
            ),
            class_name="stack stack-3 rail-notes",
        ),
        rx.el.div(
            ui.button("End interview", wide=True, on_click=_STEPS.ask_end),
            class_name="only-phone",
        ),
    )


def _promise(icon_name: str, title: str, text: str) -> rx.Component:
    return ui.alert(title, rx.el.p(text, class_name="small muted"), icon_name=icon_name)


def _row(row: Any) -> rx.Component:
    current = row.position == _ROOM.room.asked.position
    phase = _ROOM.phases[row.question_id]
    words = rx.match(phase, *_PHASE_WORDS, "")
    return rx.el.li(
        rx.cond(phase == "recording", _recording_mark(), _mark(row)),
        rx.el.div(
            rx.cond(row.follow_up, rx.el.p("Follow-up", class_name="small muted"), rx.fragment()),
            rx.el.button(
                row.text,
                type="button",
                aria_current=choose(current, "step", "false"),
                on_click=_ROOM.go_to(row.position),
                class_name=[
                    "answer-go",
                    choose(current, "strong", choose(row.mark == "number", "muted", "")),
                ],
            ),
            rx.cond(
                words != "",
                rx.el.div(
                    rx.el.span(
                        words,
                        class_name=["small", choose(phase == "recording", "now-red", "muted")],
                    ),
                    class_name="row between",
                ),
                _status(row),
            ),
            class_name="grow",
        ),
        class_name=["al", choose(current, "cur", ""), choose(row.follow_up, "al-follow", "")],
    )


def _recording_mark() -> rx.Component:
    return rx.el.span(rx.el.span(class_name="rec-dot pulse"), class_name="st st-rec")


def _mark(row: Any) -> rx.Component:
    return rx.fragment(
        rx.match(
            row.mark,
            ("sent", rx.el.span(ui.icon("check", size="s"), class_name="st st-good")),
            ("working", rx.el.span(ui.icon("loader", size="s", spin=True), class_name="st st-run")),
            ("trouble", rx.el.span(ui.icon("triangle-alert", size="s"), class_name="st st-mid")),
            ("skipped", rx.el.span(ui.icon("skip-forward", size="s"), class_name="st")),
            ("unsent", rx.el.span(ui.icon("hard-drive", size="s"), class_name="st")),
            rx.el.span(row.position, class_name="st"),
        )
    )


def _status(row: Any) -> rx.Component:
    plain = rx.el.span(
        row.status, class_name=["small", choose(row.mark == "trouble", "now-mid", "muted")]
    )
    return rx.cond(
        row.status,
        rx.fragment(
            rx.el.div(
                rx.cond(row.band, ui.verdict(row.band, row.status, small=True), plain),
                rx.el.span(row.time_text, class_name="small muted num"),
                class_name="row between",
            ),
            rx.cond(row.hinted, rx.el.p(row.hinted, class_name="small muted"), rx.fragment()),
            rx.cond(row.mark == "working", _steps(row), rx.fragment()),
            rx.cond(row.wait, rx.el.p(row.wait, class_name="small muted"), rx.fragment()),
            rx.cond(row.detail, rx.el.p(row.detail, class_name="small muted"), rx.fragment()),
            rx.cond(row.can_retry | row.can_type, _ways_on(row), rx.fragment()),
        ),
        rx.fragment(),
    )


def _steps(row: Any) -> rx.Component:
    def step(words: str, number: int) -> rx.Component:
        done = row.stages >= number
        return rx.el.span(rx.cond(done, ui.icon("check", size="s"), rx.fragment()), words)

    return rx.fragment(
        ui.progress_bar(row.percent, "Analysis", class_name="answer-bar"),
        rx.el.div(
            step("Uploaded", 1),
            step("Words", 2),
            step("Scores", 3),
            class_name="steps small muted",
        ),
    )


def _ways_on(row: Any) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.can_retry,
            ui.button(
                "Try again",
                size="s",
                icon_name="refresh-cw",
                on_click=_TYPING.try_again(row.position),
            ),
            rx.fragment(),
        ),
        rx.cond(
            row.can_type,
            ui.button(
                "Type it",
                size="s",
                icon_name="keyboard",
                on_click=_TYPING.write_words(row.position),
            ),
            rx.fragment(),
        ),
        class_name="row wrap answer-acts",
    )
