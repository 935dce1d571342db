"""What asks or explains above the room: skipping, ending, the keys."""

from __future__ import annotations

from typing import Any, TypeAlias

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_ROOM: Any = RoomState
_STEPS: Any = RoomStepsState

_Keys: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
_KEYS: _Keys = (
    (("Space",), "Record or stop"),
    (("P",), "Pause or go on with the recording"),
    (("R",), "Record this answer again"),
    (("M",), "Give me a moment"),
    (("Enter",), "Send the recording you have listened to"),
    (("Ctrl", "Enter"), "Send the text you have typed"),
    (("\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"), "Previous or next question"),
    (("H",), "Ask for a hint, then show or hide it"),
    (("S",), "Skip the question, after asking"),
    (("?",), "All keys"),
)
_ARROWS = (("\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"), "question")
_TYPING_BAR: _Keys = ((("Ctrl", "Enter"), "send"), _ARROWS)
_SPEAKING_BAR: _Keys = (
    (("Space",), "record or stop"),
    (("P",), "pause"),
    (("R",), "again"),
    (("H",), "hint"),
    _ARROWS,
)


def room_dialogs() -> rx.Component:
    """The dialogs of the room; one of them at a time."""
    return rx.fragment(
        ui.confirm(
            _ROOM.dialog == "skip",
            "Skip this question?",
            "It stays without an answer for now. You can come back to it until the end.",
            confirm_label="Skip it",
            cancel_label="Stay",
            on_confirm=_STEPS.skip,
            on_cancel=_STEPS.close_dialog,
        ),
        ui.confirm(
            _ROOM.dialog == "end",
            "End the interview?",
            _STEPS.ending_text,
            confirm_label="End and see the results",
            cancel_label="Go on",
            on_confirm=_STEPS.end,
            on_cancel=_STEPS.close_dialog,
        ),
        ui.dialog(
            rx.el.dl(
                *(
                    rx.el.div(rx.el.dt(*(ui.kbd(key) for key in keys)), rx.el.dd(words))
                    for keys, words in _KEYS
                ),
                class_name="key-list",
            ),
            open_now=_ROOM.dialog == "keys",
            title="Keys",
            on_close=_STEPS.close_dialog,
            actions=(ui.button("Close", on_click=_STEPS.close_dialog),),
        ),
    )


def keys_bar(typing: rx.Var[bool]) -> list[rx.Component]:
    """The bar below the room with the most used keys of speaking or of typing."""
    return [
        rx.cond(typing, _named_keys(_TYPING_BAR), _named_keys(_SPEAKING_BAR)),
        rx.el.button(ui.kbd("?"), "all keys", type="button", on_click=_STEPS.open_keys),
    ]


def _named_keys(bar: _Keys) -> rx.Component:
    return rx.fragment(*(rx.el.span(*(ui.kbd(key) for key in keys), words) for keys, words in bar))
