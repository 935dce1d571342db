"""Comments of readers, as a list."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.ui.values import View


def comment_list(comments: Any, *, on_dropped: Any = None) -> rx.Component:
    """The comments, oldest first; with `on_dropped` each can be deleted, and that is called."""
    return rx.el.ul(
        rx.foreach(comments, lambda comment: _comment(comment, on_dropped)), class_name="rows"
    )


def _comment(comment: View, on_dropped: Any) -> rx.Component:
    drop = [
        ui.request_button(
            "Delete",
            comment.drop_path,
            method="DELETE",
            spoken=f"Delete the comment of {comment.name}",
            busy_label="Deleting",
            danger=True,
            kind="ghost",
            ask=("Delete this comment?", "It goes for good, also for those who have the link."),
            focus_after="share",
            on_done=on_dropped,
        )
    ]
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.b(comment.name),
                rx.el.span(
                    " ", comment.place, ", ", ui.ago(comment.moment), class_name="muted small"
                ),
            ),
            rx.el.p(comment.text, class_name="said"),
            class_name="grow stack stack-1",
        ),
        *(drop if on_dropped is not None else []),
        class_name="row row-3 said-row",
        key=comment.id,
    )
