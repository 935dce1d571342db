"""Badges, progress bars."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach.ui.icons import icon
from interview_coach.ui.values import Number, Text, outer


def badge(
    text: Text, *, kind: Text = "", icon_name: str = "", spin: bool = False, **props: Any
) -> rx.Component:
    """Return a small label. `kind`: empty, `good`, `mid`, `bad`, `accent` or `line`."""
    look = f"badge-{kind}" if isinstance(kind, rx.Var) or kind else ""
    mark = [icon(icon_name, spin=spin)] if icon_name else []
    return rx.el.span(*mark, text, **outer(props, "badge", look))


def progress_bar(percent: Number, label: Text, **props: Any) -> rx.Component:
    """Return a bar filled to `percent` (0 to 100), named by `label` for screen readers."""
    return rx.el.div(
        rx.el.i(style={"width": f"{percent}%"}),
        role="progressbar",
        aria_label=label,
        aria_valuenow=percent,
        aria_valuemin=0,
        aria_valuemax=100,
        **outer(props, "bar"),
    )
