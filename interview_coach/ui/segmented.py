"""Choices of one among few: segments, cards, tabs; and chips that toggle.

All choices are real radio inputs, so arrow keys, forms and screen readers work by themselves.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach.ui.badges import badge
from interview_coach.ui.fields import Option, Options, as_options
from interview_coach.ui.icons import icon
from interview_coach.ui.values import Flag, Handler, Text, choose, each, maybe, outer


def segmented(
    label: Text,
    name: str,
    options: Options,
    *,
    value: Text,
    on_change: Handler,
    small: bool = False,
    hide_label: bool = False,
    **props: Any,
) -> rx.Component:
    """Return a row of segments, one of them chosen; `on_change` gets the chosen value.

    `name` must be unique in the page.
    """

    def segment(item: Any) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name=name,
                value=item.value,
                checked=item.value == value,
                on_change=on_change,
                class_name="sr",
            ),
            item.label,
        )

    row = rx.el.div(
        *each(as_options(options), segment),
        role="radiogroup",
        aria_label=label,
        **outer(props, "seg", "seg-s" if small else ""),
    )
    if hide_label:
        return row
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"), row, class_name="field"
    )


def _radio(name: str, value: Text, chosen: Flag, on_choose: Handler) -> rx.Component:
    """Return the hidden radio input of a card."""
    return rx.el.input(
        type="radio",
        name=name,
        value=value,
        checked=chosen,
        on_change=on_choose,
        class_name="sr",
    )


def _ring(chosen: Flag) -> rx.Component:
    """Return the drawn radio mark of a card."""
    return rx.el.span(class_name=["box radio", choose(chosen, "on", "")], aria_hidden="true")


def choice_grid(label: Text, *cards: rx.Component, columns: int = 3, **props: Any) -> rx.Component:
    """Return a group of choice cards (3 columns) or mode cards (2); `label` names the group."""
    return rx.el.div(
        *cards,
        role="radiogroup",
        aria_label=label,
        **outer(props, "modes" if columns == 2 else "tcs"),
    )


def choice_card(
    name: str,
    value: Text,
    *,
    chosen: Flag,
    title: Text,
    on_choose: Handler,
    text: Text = "",
    note: Text | rx.Component = "",
    icon_name: Text = "",
) -> rx.Component:
    """Return a card with an icon that is one choice; `on_choose` gets its value.

    `note` is the small line below, such as "146 questions, 7 tracks".
    """
    mark = icon(icon_name, size="l") if isinstance(icon_name, rx.Var) or icon_name else ""
    return rx.el.label(
        _radio(name, value, chosen, on_choose),
        rx.el.span(rx.el.span(mark, class_name="ic"), _ring(chosen), class_name="row between"),
        rx.el.span(title, class_name="strong tn"),
        maybe(text, lambda: rx.el.span(text, class_name="muted")),
        maybe(note, lambda: rx.el.span(note, class_name="small muted tcn")),
        class_name=["tc", choose(chosen, "on", "")],
    )


def mode_card(
    name: str, value: Text, *, chosen: Flag, title: Text, text: Text, on_choose: Handler
) -> rx.Component:
    """Return a wide card that is one choice, with a sentence about it."""
    return rx.el.label(
        _radio(name, value, chosen, on_choose),
        _ring(chosen),
        rx.el.span(title, class_name="strong"),
        rx.el.span(text, class_name="mo-text"),
        class_name=["mo", choose(chosen, "on", "")],
    )


def chip(
    label: Text, *, pressed: Flag, on_click: Handler, count: Text = "", **props: Any
) -> rx.Component:
    """Return a chip that is on or off, with a check while on; `count` follows the label."""
    return rx.el.button(
        choose(pressed, icon("check", size="s"), rx.fragment()),
        label,
        maybe(count, lambda: rx.el.span(count, class_name="chip-count")),
        type="button",
        aria_pressed=choose(pressed, "true", "false"),
        on_click=on_click,
        **outer(props, "chip"),
    )


def chips(*children: rx.Component, label: Text = "") -> rx.Component:
    """Return chips in rows, with a label above when given."""
    row = rx.el.div(*children, role="group", aria_label=label, class_name="chips")
    if not (isinstance(label, rx.Var) or label):
        return rx.el.div(*children, class_name="chips")
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"), row, class_name="field"
    )


def tabs(
    label: Text, name: str, options: Options, *, value: Text, on_change: Handler
) -> rx.Component:
    """Return tabs drawn over radio inputs; an option's note becomes its count badge."""

    def tab(item: Any) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name=name,
                value=item.value,
                checked=item.value == value,
                on_change=on_change,
                class_name="sr",
            ),
            item.label,
            maybe(item.note, lambda: badge(item.note)),
        )

    return rx.el.div(
        *each(as_options(options), tab), role="radiogroup", aria_label=label, class_name="tabs"
    )


__all__ = [
    "Option",
    "chip",
    "chips",
    "choice_card",
    "choice_grid",
    "mode_card",
    "segmented",
    "tabs",
]
