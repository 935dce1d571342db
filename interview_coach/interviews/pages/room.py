"""The interview room: the question, the recorder or the text, and how each answer is getting on."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from interview_coach import ui
from interview_coach.interviews.pages.lobby import interview_missing
from interview_coach.interviews.pages.room_asked import answer_part, question_part
from interview_coach.interviews.pages.room_dialogs import keys_bar, room_dialogs
from interview_coach.interviews.pages.room_rail import answer_rail
from interview_coach.interviews.pages.room_typing import typing_area
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState, RoomTypingState
from interview_coach.ui.recorder import recorder, waiting_answers
from interview_coach.ui.values import choose

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_ROOM: Any = RoomState
_STEPS: Any = RoomStepsState
_TYPING: Any = RoomTypingState

KEYS = ("ArrowLeft", "ArrowRight", "h", "s", "?")


def room() -> rx.Component:
    """The page of a running interview."""
    return rx.cond(
        _ROOM.missing,
        ui.public_frame(interview_missing(), home="/dashboard"),
        rx.cond(_ROOM.loaded, _room(), _loading()),
    )


def _room() -> rx.Component:
    paused = _ROOM.room.status == "paused"
    typing = _ROOM.typing | (_ROOM.words_for != "")
    return rx.fragment(
        ui.page_address(_ROOM.address),
        ui.page_keys(KEYS, enabled=(_ROOM.dialog == "") & ~paused, on_key=_STEPS.press),
        ui.room_frame(
            rx.cond(paused, _paused(), rx.fragment()),
            rx.cond(
                _ROOM.problem,
                ui.alert(_ROOM.problem, kind="bad", urgent=True),
                rx.fragment(),
            ),
            rx.el.div(
                question_part(),
                answer_part(),
                _work(paused, typing),
                _finish(),
                hidden=paused,
                class_name="room-work",
            ),
            leave=_leave(),
            progress=_progress(),
            actions=_actions(paused),
            rail=answer_rail(),
            keys=keys_bar(typing),
        ),
        room_dialogs(),
    )


def _leave() -> rx.Component:
    return rx.fragment(
        ui.link(
            ui.icon("x"),
            rx.el.span("Leave", class_name="hide-phone"),
            href="/dashboard",
            aria_label="Leave; the interview is kept",
            class_name="btn btn-ghost btn-s",
        ),
        rx.el.span(_ROOM.room.title, class_name="muted hide-mid trunc"),
    )


def _progress() -> rx.Component:
    asked = _ROOM.room.asked
    return rx.fragment(
        ui.icon_button(
            "chevron-left",
            "Previous question",
            kind="ghost",
            size="s",
            disabled=~asked.has_earlier,
            on_click=_ROOM.go_to(asked.position - 1),
        ),
        rx.el.ol(
            rx.foreach(
                _ROOM.room.rows,
                lambda row: ui.progress_dot(
                    choose(row.position == asked.position, "now", row.dot), row.spoken
                ),
            ),
            aria_label="Progress",
            class_name="pds",
        ),
        rx.el.span(
            rx.el.span("Question ", class_name="sr"),
            f"{asked.position} of {_ROOM.room.count}",
            role="status",
            class_name="muted small nowrap",
        ),
        ui.icon_button(
            "chevron-right",
            "Next question",
            kind="ghost",
            size="s",
            disabled=~asked.has_later,
            on_click=_ROOM.go_to(asked.position + 1),
        ),
    )


def _actions(paused: rx.Var[bool]) -> list[rx.Component]:
    def step(icon_name: str, label: str, handler: Any) -> rx.Component:
        return rx.el.button(
            ui.icon(icon_name),
            rx.el.span(label, class_name="hide-phone"),
            type="button",
            aria_label=label,
            on_click=handler,
            class_name="btn btn-ghost btn-s",
        )

    return [
        rx.el.span(
            rx.cond(
                has_connection_errors,
                rx.fragment(ui.icon("wifi-off", size="s"), "Connecting again"),
                rx.fragment(ui.icon("wifi", size="s"), "Connected"),
            ),
            class_name="row row-1 small muted hide-mid",
        ),
        rx.cond(
            paused,
            step("play", "Resume interview", _STEPS.resume),
            step("pause", "Pause interview", _STEPS.pause),
        ),
        ui.button("End", size="s", class_name="hide-phone", on_click=_STEPS.ask_end),
    ]


def _work(paused: rx.Var[bool], typing: rx.Var[bool]) -> rx.Component:
    asked = _ROOM.room.asked
    return rx.cond(
        asked.closed,
        rx.fragment(_closed(), waiting_answers(_ROOM.room.interview_id)),
        rx.cond(
            typing,
            rx.fragment(
                typing_area(),
                waiting_answers(_ROOM.room.interview_id, on_sent=_ROOM.hear_sent),
            ),
            rx.el.div(
                recorder(
                    interview_id=_ROOM.room.interview_id,
                    question_id=asked.question_id,
                    limit_guide_seconds=asked.guide_seconds,
                    take=choose(
                        _ROOM.phases[asked.question_id] == "sent", asked.take - 1, asked.take
                    ),
                    disabled=paused,
                    keys_enabled=_ROOM.dialog == "",
                    captions=_ROOM.captions,
                    language=_ROOM.language,
                    on_phase=_ROOM.hear_phase,
                    on_sent=_ROOM.hear_sent,
                    on_type_instead=_TYPING.type_instead,
                    on_skip=_STEPS.ask_skip,
                    on_next=_STEPS.next_or_end,
                ),
                class_name="room-recorder",
            ),
        ),
    )


def _closed() -> rx.Component:
    return rx.fragment(
        rx.el.section(
            ui.empty(
                "check",
                "This answer is sent",
                "Live mode has one take and stays silent. The scores come with the results.",
            ),
            rx.cond(
                _ROOM.room.asked.wait,
                rx.el.p(
                    _ROOM.room.asked.wait,
                    " You need not wait for it: it will be the next question.",
                    role="status",
                    class_name="small muted room-wait",
                ),
                rx.fragment(),
            ),
            aria_label="Answer",
            class_name="scope",
        ),
        rx.el.div(
            ui.button(
                "Next question",
                kind="primary",
                size="l",
                icon_name="arrow-right",
                on_click=_STEPS.next_or_end({}),
            ),
            class_name="ctls",
        ),
    )


def _finish() -> rx.Component:
    return rx.cond(
        _ROOM.room.all_sent,
        ui.alert(
            "Every question has an answer",
            "End the interview to see the results, or record another take.",
            kind="good",
            actions=(
                ui.button(
                    "End and see the results",
                    kind="soft",
                    size="s",
                    icon_name="arrow-right",
                    on_click=_STEPS.ask_end,
                ),
            ),
        ),
        rx.fragment(),
    )


def _paused() -> rx.Component:
    return ui.card(
        ui.icon("pause", size="l"),
        rx.el.h1("Paused"),
        rx.el.p(
            "The clock stands still and nothing is recorded. What you have sent is kept and "
            "analysed meanwhile.",
            class_name="muted",
        ),
        rx.el.div(
            ui.button(
                "Resume interview",
                kind="primary",
                icon_name="play",
                on_click=_STEPS.resume,
            ),
            ui.link_button("Leave", "/dashboard"),
            class_name="row wrap",
        ),
        label="Paused",
        class_name="room-paused",
    )


def _loading() -> rx.Component:
    return ui.room_frame(
        rx.cond(
            _ROOM.problem,
            ui.load_failed(text=_ROOM.problem, on_retry=_ROOM.enter),
            ui.loading(
                ui.skeleton("180px", "20px"),
                ui.skeleton("100%", "72px"),
                ui.skeleton("100%", "300px", top="28px"),
                label="Opening the room",
            ),
        ),
        leave=ui.link(ui.icon("x"), "Leave", href="/dashboard", class_name="btn btn-ghost btn-s"),
        progress=ui.skeleton("160px", "6px"),
        rail=rx.cond(
            _ROOM.problem,
            rx.fragment(),
            ui.loading(ui.skeleton("80px", "20px"), ui.skeleton_rows(4), label="Loading"),
        ),
    )
