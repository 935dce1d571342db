"""The lobby: the microphone is checked before anything counts; typing is always offered."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.lobby_state import LobbyState
from interview_coach.navigation import signed_in_page
from interview_coach.ui.recorder import microphone_check
from interview_coach.ui.values import choose

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_LOBBY: Any = LobbyState


def lobby() -> rx.Component:
    """The page before an interview."""
    return signed_in_page(
        rx.cond(
            _LOBBY.missing,
            interview_missing(),
            rx.cond(
                _LOBBY.loaded,
                _lobby(),
                _loading(),
            ),
        ),
        current="/practice",
    )


def interview_missing() -> rx.Component:
    """What stands in place of an interview that is not there, or is somebody else's."""
    return ui.card(
        rx.el.h1("Not found", class_name="sr"),
        ui.empty(
            "file-x",
            "This interview is not here",
            "The address may be old or mistyped. Your own interviews are where they were.",
            ui.link_button("Go to the dashboard", "/dashboard", size="s"),
            ui.link_button("Start a new one", "/practice", size="s", kind="soft"),
        ),
        role="status",
    )


def _lobby() -> rx.Component:
    return rx.fragment(
        ui.page_head(
            choose(_LOBBY.lobby.running, "Your interview is waiting", "Before you start"),
            choose(
                _LOBBY.lobby.running,
                "It goes on where you left it. What you have sent is kept.",
                "Check that you are heard. Nothing counts yet.",
            ),
            crumbs=(("Practice", "/practice"), ("Lobby", "")),
        ),
        rx.cond(
            _LOBBY.problem,
            ui.alert(_LOBBY.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        ui.two_columns(
            rx.el.div(_microphone(), _typing(), _notes(), class_name="stack stack-4"),
            _summary(),
        ),
        ui.start_bar(_start_button()),
    )


def _microphone() -> rx.Component:
    return ui.section_card(
        "Microphone",
        rx.el.div(
            microphone_check(
                on_ready=_LOBBY.hear_microphone,
                on_type_instead=_LOBBY.begin_typing,
            ),
            class_name="lobby-check",
        ),
        lead="Allow it, look at the level, listen to five seconds of yourself.",
        heading_id="lobby-microphone",
    )


def _typing() -> rx.Component:
    return ui.alert(
        "No microphone, or not the place to talk?",
        "Type your answers. Content is scored in the same way; delivery is then not scored.",
        icon_name="keyboard",
        actions=(
            ui.button(
                "Type instead",
                size="s",
                icon_name="keyboard",
                disabled=_LOBBY.starting,
                on_click=_LOBBY.begin_typing,
            ),
        ),
    )


def _notes() -> rx.Component:
    return rx.el.ul(
        _note("hard-drive", "Each second you record is kept on this device until it has arrived."),
        _note("timer", "Silence never ends an answer, and the clock never cuts a word."),
        rx.cond(
            _LOBBY.lobby.live,
            _note("mic-off", "Live mode: one take, no hints, silent until the end."),
            _note(
                "repeat",
                "Practice mode: hints, feedback after each answer, as many takes as you like.",
            ),
        ),
        class_name="stack stack-2 muted",
    )


def _note(icon_name: str, text: str) -> rx.Component:
    return rx.el.li(ui.icon(icon_name), text, class_name="row")


def _start_button() -> rx.Component:
    label = choose(_LOBBY.lobby.running, "Go on", "Start interview")
    return ui.button(
        label,
        kind="primary",
        size="l",
        icon_name="arrow-right",
        wide=True,
        busy=_LOBBY.starting,
        busy_label="Opening the room",
        on_click=_LOBBY.begin,
    )


def _summary() -> rx.Component:
    shown = _LOBBY.lobby
    return ui.summary_card(
        "Your interview",
        ui.definition_rows(
            (
                ("Type", shown.kind),
                ("Track", shown.track),
                ("Level", shown.level),
                ("Questions", shown.questions),
                ("Mode", shown.mode),
                ("Microphone", _LOBBY.microphone_words),
            )
        ),
        footer=(
            _start_button(),
            rx.el.p(
                "The room asks for the microphone again only if it has to.",
                class_name="small muted",
            ),
        ),
    )


def _loading() -> rx.Component:
    return rx.cond(
        _LOBBY.problem,
        ui.load_failed(text=_LOBBY.problem, on_retry=_LOBBY.arrive),
        ui.loading(
            ui.skeleton("220px", "30px"),
            ui.two_columns(ui.skeleton("100%", "320px"), ui.skeleton("100%", "380px")),
            label="Loading your interview",
        ),
    )
