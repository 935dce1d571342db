"""The words of an answer, written by its candidate where the recogniser was wrong."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.ui.values import Text


def rough_transcript(*actions: rx.Component) -> rx.Component:
    """What must be known of words from the rough recogniser."""
    return ui.alert(
        "Rough transcript",
        "Many of these words are wrong. Correct them before you trust content and clarity; pace, "
        "pauses and voice come from the sound and stay.",
        kind="mid",
        actions=actions,
    )


def words_editor(
    state: Any, label: Text, *above: rx.Component, rows: int, **props: Any
) -> rx.Component:
    """The words in a form: saved, they are scored again.

    state: the page's, with `edit_text`, `edit_problem`, `save_words` and `close_editor`.
    """
    return rx.el.form(
        *above,
        ui.text_area(
            label,
            "words",
            rows=rows,
            default_value=state.edit_text,
            help_text=(
                "Write it word for word, with every um. It is scored again when you save it; pace, "
                "pauses and voice of a recording stay as the sound has them."
            ),
            error=state.edit_problem,
            auto_focus=True,
            required=True,
            **props,
        ),
        rx.el.div(
            ui.button("Save and score again", kind="primary", submit=True),
            ui.button("Cancel", kind="ghost", on_click=state.close_editor),
            class_name="row wrap",
        ),
        on_submit=state.save_words,
        class_name="stack stack-3",
    )
