"""Answering in writing, and the round controls of the room."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState, RoomTypingState
from interview_coach.interviews.schemas import MAX_ANSWER_TEXT
from interview_coach.ui.values import choose

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_ROOM: Any = RoomState
_STEPS: Any = RoomStepsState
_TYPING: Any = RoomTypingState


def round_control(
    icon_name: str, label: str, words: str, on_click: Any, *, key: str = ""
) -> rx.Component:
    """A round control with its word and its key below."""
    keys = [ui.kbd(key)] if key else []
    return rx.el.div(
        rx.el.button(
            ui.icon(icon_name, size="l"),
            type="button",
            aria_label=label,
            on_click=on_click,
            class_name="ctl ctl-m",
        ),
        rx.el.span(words, *keys, aria_hidden="true"),
        class_name="cw",
    )


def typing_area() -> rx.Component:
    """The text of an answer, or the words of a recording that has none."""
    asked = _ROOM.room.asked
    for_recording = _ROOM.words_for != ""
    return ui.draft_area(
        round_control("mic", "Speak instead", "Speak", _TYPING.speak_instead),
        rx.cond(
            asked.take > 1,
            round_control("arrow-right", "Next question", "Next", _STEPS.next_or_end({})),
            round_control("skip-forward", "Skip this question", "Skip", _STEPS.ask_skip({})),
        ),
        draft_key=choose(for_recording, _ROOM.words_for, asked.question_id),
        label=choose(for_recording, "What you said in this recording", asked.take_label),
        placeholder=choose(
            for_recording,
            "Write it down as you said it. The sound stays and is measured as it is.",
            "Write as you would speak: what happened, what you did, what came of it.",
        ),
        send_label="Send answer",
        taken=_TYPING.taken,
        max_length=MAX_ANSWER_TEXT,
        on_send=_TYPING.send_text,
    )
