"""Icons and the mark of the product, drawn inline: none of them waits for a second request."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from interview_coach.ui.icon_drawings import DRAWINGS
from interview_coach.ui.values import Flag, Text, choose

Size = Literal["s", "m", "l", "xl"]

ICON_NAMES: frozenset[str] = frozenset(DRAWINGS)

_SIZE_CLASS: dict[str, str] = {"s": "i i-14", "m": "i", "l": "i i-20", "xl": "i i-24"}


def inner_svg(markup: Any) -> dict[str, Any]:
    """Return the attribute that puts trusted markup of ours inside an svg element."""
    # A Var as a whole: what a plain dict holds is not seen as state by the compiler.
    return {"dangerouslySetInnerHTML": rx.Var.create({"__html": markup})}


def icon(
    name: Text, *, size: Size = "m", spin: Flag = False, class_name: Text = ""
) -> rx.Component:
    """Return a Lucide icon of 14, 16, 20 or 24 px (`s`, `m`, `l`, `xl`), hidden from readers.

    `name` is one of ICON_NAMES. A plain name that is not drawn raises KeyError while the page is
    built. A Var name brings all drawings into the page (about 15 kB): prefer plain names.
    """
    markup: Any = rx.Var.create(DRAWINGS)[name] if isinstance(name, rx.Var) else DRAWINGS[name]
    return rx.el.svg(
        view_box="0 0 24 24",
        class_name=[_SIZE_CLASS[size], choose(spin, "spin", ""), class_name],
        aria_hidden="true",
        custom_attrs=inner_svg(markup),
    )


def brand_mark() -> rx.Component:
    """Return the mark of the product, 22 px, in the accent colour."""
    return rx.el.svg(
        width="22",
        height="22",
        view_box="0 0 22 22",
        aria_hidden="true",
        custom_attrs=inner_svg(
            '<rect width="22" height="22" rx="6" fill="currentColor"/>'
            '<path d="M5.5 9.5v3M8.25 7v8M11 5v12M13.75 8v6M16.5 9.8v2.4" stroke="#fff"'
            ' stroke-width="1.6" stroke-linecap="round"/>'
        ),
    )
