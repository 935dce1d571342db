"""Alerts inside a page, and notices that float above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from interview_coach.ui.buttons import icon_button
from interview_coach.ui.icons import icon
from interview_coach.ui.values import Flag, Handler, Text, choose, maybe, outer

Kind = Literal["", "info", "good", "mid", "bad"]

_ICONS: dict[str, str] = {
    "": "info",
    "info": "info",
    "good": "circle-check",
    "mid": "triangle-alert",
    "bad": "circle-x",
}


def alert(
    title: Text,
    text: Text | rx.Component = "",
    *,
    kind: Kind = "",
    icon_name: str = "",
    actions: Sequence[rx.Component] = (),
    urgent: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a framed message: what happened, what is safe, what to do.

    `urgent` makes screen readers read it at once (`role="alert"`); use it for what just failed.
    """
    if urgent:
        props["role"] = "alert"
    inside: list[rx.Component] = [rx.el.p(title, class_name="t")]
    if isinstance(text, rx.Component):
        inside.append(text)
    else:
        inside.append(maybe(text, lambda: rx.el.p(text, class_name="muted")))
    if actions:
        inside.append(rx.el.div(*actions, class_name="row wrap"))
    return rx.el.div(
        icon(icon_name or _ICONS[kind]),
        rx.el.div(*inside, class_name="grow"),
        **outer(props, "alert", f"alert-{kind}" if kind else ""),
    )


def notice(
    text: Text,
    *,
    shown: Flag,
    icon_name: str = "check",
    action: rx.Component | None = None,
    on_close: Handler = None,
) -> rx.Component:
    """Return a short message above the page while `shown` (a flag of your state).

    The live region is always in the page, so that screen readers tell of the change.
    """
    ends = [action] if action is not None else []
    if on_close is not None:
        ends.append(icon_button("x", "Close", kind="ghost", size="s", on_click=on_close))
    toast = rx.el.div(
        icon(icon_name), rx.el.span(text, class_name="grow"), *ends, class_name="toast"
    )
    return rx.el.div(choose(shown, toast, rx.fragment()), role="status", class_name="notices")
