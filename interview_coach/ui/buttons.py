"""Buttons, links that look like buttons, and keys."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from interview_coach.ui.icons import Size as IconSize
from interview_coach.ui.icons import icon
from interview_coach.ui.links import link, plain_link
from interview_coach.ui.values import Flag, Text, choose, outer

Kind = Literal["default", "primary", "soft", "ghost", "danger"]
Size = Literal["s", "m", "l"]

_KIND_CLASS: dict[str, str] = {
    "default": "",
    "primary": "btn-primary",
    "soft": "btn-soft",
    "ghost": "btn-ghost",
    "danger": "btn-danger",
}
_SIZE_CLASS: dict[str, str] = {"s": "btn-s", "m": "", "l": "btn-l"}
_ICON_SIZE: dict[str, IconSize] = {"s": "s", "m": "m", "l": "l"}


def button_classes(kind: Kind, size: Size, *, wide: bool = False) -> str:
    """Return the class names of a button, for elements that only look like one."""
    names = ("btn", _KIND_CLASS[kind], _SIZE_CLASS[size], "btn-wide" if wide else "")
    return " ".join(name for name in names if name)


def button(
    label: Text,
    *,
    kind: Kind = "default",
    size: Size = "m",
    icon_name: str = "",
    busy: Flag = False,
    busy_label: Text = "",
    disabled: Flag = False,
    wide: bool = False,
    submit: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a button, 36 px high (32 small, 48 large; 44 on a phone).

    While `busy` it shows a turning mark and `busy_label` (or the label) and cannot be pressed.
    One primary button in a view.
    """
    mark = icon(icon_name, size=_ICON_SIZE[size]) if icon_name else rx.fragment()
    turning = icon("loader", size=_ICON_SIZE[size], spin=True)
    if isinstance(busy, rx.Var) or busy:
        props["aria_busy"] = choose(busy, "true", "false")
        props["disabled"] = busy if disabled is False else busy | disabled
    elif isinstance(disabled, rx.Var) or disabled:
        props["disabled"] = disabled
    return rx.el.button(
        choose(busy, turning, mark),
        choose(busy, busy_label or label, label),
        type="submit" if submit else "button",
        **outer(props, button_classes(kind, size, wide=wide)),
    )


def icon_button(
    icon_name: str,
    label: Text,
    *,
    kind: Kind = "default",
    size: Size = "m",
    round_shape: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a square button with an icon alone; `label` is its name and its tooltip.

    Only for icons everyone knows: play, close, more, copy.
    """
    if round_shape:
        props["style"] = {"border_radius": "50%", **props.get("style", {})}
    return rx.el.button(
        icon(icon_name, size="m"),
        type="button",
        aria_label=label,
        title=label,
        **outer(props, button_classes(kind, size), "btn-icon"),
    )


def link_button(
    label: Text,
    href: Text,
    *,
    kind: Kind = "default",
    size: Size = "m",
    icon_name: str = "",
    wide: bool = False,
    full_load: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a link that looks like a button; `full_load` loads the whole page anew."""
    children = [icon(icon_name, size=_ICON_SIZE[size])] if icon_name else []
    named = outer(props, button_classes(kind, size, wide=wide))
    if full_load:
        return plain_link(*children, label, href=href, **named)
    return link(*children, label, href=href, **named)


def kbd(key: str) -> rx.Component:
    """Return a key of the keyboard, such as `Space`."""
    return rx.el.kbd(key, class_name="kbd")
