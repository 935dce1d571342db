"""The state of a list or a page that has nothing to show yet."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.icons import icon
from interview_coach.ui.values import Text


def empty(icon_name: str, title: Text, text: Text, *actions: rx.Component) -> rx.Component:
    """Return an icon, what is missing, why, and what to do about it (buttons, small)."""
    row = [rx.el.div(*actions, class_name="row")] if actions else []
    return rx.el.div(
        rx.el.span(icon(icon_name, size="l"), class_name="ic"),
        rx.el.p(title, class_name="strong empty-title"),
        rx.el.p(text),
        *row,
        class_name="empty",
    )
