"""Form fields: native controls, the label above, help below, and errors that say what to do.

Every control takes `value` (controlled, with `on_change`) or `default` (left to the browser).
Fields inside a `page_form` are `form_field` from page_form, which shows that form's errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import reflex as rx

from interview_coach.ui.icons import icon
from interview_coach.ui.values import Flag, Handler, Text, choose, each, maybe, outer

InputKind = Literal["text", "email", "password", "url", "tel", "number", "date", "time"]


@dataclass(frozen=True)
class Option:
    """One choice of a list: what is sent, what is read, and a remark."""

    value: str
    label: str
    note: str = ""


# Options as pairs (value, label), as Option objects, or a Var of a list of Option.
Options: TypeAlias = Sequence[tuple[str, str]] | Sequence[Option] | rx.Var[list[Option]]


def as_options(options: Options) -> Any:
    """Return a list of Option, or the Var as it is."""
    if isinstance(options, rx.Var):
        return options
    return [item if isinstance(item, Option) else Option(*item) for item in options]


def field(
    label: Text, control: rx.Component, *, control_id: str, help_text: Text = "", error: Text = ""
) -> rx.Component:
    """Return a control of yours with its label, help and error around it.

    Give the control `id=control_id` and `aria_describedby=f"{control_id}-note"`.
    """
    helped = maybe(help_text, lambda: rx.el.span(help_text, class_name="help"))
    wrong = rx.el.span(icon("circle-x", size="s"), error, class_name="err")
    return rx.el.div(
        rx.el.label(label, html_for=control_id),
        control,
        rx.el.div(
            choose(error, wrong, helped),
            id=f"{control_id}-note",
            aria_live="polite",
            class_name="note-line",
        ),
        class_name="field",
    )


def _content(value: Any, default: Any, on_change: Handler, props: dict[str, Any]) -> dict[str, Any]:
    """Return props with the content of a control: controlled by state, or left to the browser."""
    if value is not None:
        props["value"] = value
    elif default:
        props["default_value"] = default
    if on_change is not None:
        props["on_change"] = on_change
    return props


def _described(props: dict[str, Any], control_id: str, error: Text) -> dict[str, Any]:
    """Return props that tie a control to its note and say whether it is wrong."""
    props["id"] = control_id
    props["aria_describedby"] = f"{control_id}-note"
    if isinstance(error, rx.Var) or error:
        props["aria_invalid"] = choose(error, "true", "false")
    return props


def text_field(
    label: Text,
    name: str,
    *,
    kind: InputKind = "text",
    value: Any = None,
    default: Text = "",
    help_text: Text = "",
    error: Text = "",
    icon_name: str = "",
    control_id: str = "",
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Return a one-line field. `kind` is the input type; props go to the input.

    Use `auto_complete`, `placeholder`, `required`, `max_length` and the like as props.
    """
    used_id = control_id or f"field-{name}"
    _described(_content(value, default, on_change, props), used_id, error)
    control = rx.el.input(
        type=kind, name=name, **outer(props, "input", choose(error, "is-err", ""))
    )
    framed = rx.el.div(icon(icon_name), control, class_name="with-icon") if icon_name else control
    return field(label, framed, control_id=used_id, help_text=help_text, error=error)


def text_area(
    label: Text,
    name: str,
    *,
    rows: int = 6,
    value: Any = None,
    default: Text = "",
    help_text: Text = "",
    error: Text = "",
    control_id: str = "",
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Return a field of several lines."""
    used_id = control_id or f"field-{name}"
    _described(_content(value, default, on_change, props), used_id, error)
    control = rx.el.textarea(
        name=name, rows=str(rows), **outer(props, "input", choose(error, "is-err", ""))
    )
    return field(label, control, control_id=used_id, help_text=help_text, error=error)


def search_field(
    label: str,
    name: str,
    *,
    value: Any = None,
    default: Text = "",
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Return a search box with its icon; the label is for screen readers."""
    control_id = f"field-{name}"
    _content(value, default, on_change, props)
    return rx.el.div(
        rx.el.label(label, html_for=control_id, class_name="sr"),
        icon("search"),
        rx.el.input(type="search", name=name, id=control_id, **outer(props, "input")),
        class_name="with-icon",
    )


def select_field(
    label: Text,
    name: str,
    options: Options,
    *,
    value: Any = None,
    default: Text = "",
    help_text: Text = "",
    error: Text = "",
    hide_label: bool = False,
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Return a native drop-down list; `on_change` gets the chosen value."""
    control_id = f"field-{name}"
    _described(_content(value, default, on_change, props), control_id, error)
    control = rx.el.div(
        rx.el.select(
            *each(as_options(options), lambda item: rx.el.option(item.label, value=item.value)),
            name=name,
            **outer(props, "input", choose(error, "is-err", "")),
        ),
        icon("chevron-down"),
        class_name="pick",
    )
    if hide_label:
        return rx.el.div(rx.el.label(label, html_for=control_id, class_name="sr"), control)
    return field(label, control, control_id=control_id, help_text=help_text, error=error)


def checkbox(
    label: Text | rx.Component,
    name: str,
    *,
    checked: Any = None,
    default: bool = False,
    on_change: Handler = None,
    **props: Any,
) -> rx.Component:
    """Return a box to tick, with its label beside it; `on_change` gets true or false."""
    if checked is not None:
        props["checked"] = checked
    elif default:
        props["default_checked"] = True
    if on_change is not None:
        props["on_change"] = on_change
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, class_name="sr", **props),
        rx.el.span(icon("check", size="s"), class_name="box", aria_hidden="true"),
        rx.el.span(label),
        class_name="check",
    )


def switch(
    label: Text, *, checked: Flag, on_change: Handler, hide_label: bool = False, **props: Any
) -> rx.Component:
    """Return a switch for what takes effect at once; `on_change` gets the new flag."""
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            role="switch",
            checked=checked,
            on_change=on_change,
            class_name="sr",
            **props,
        ),
        rx.el.span(class_name="switch", aria_hidden="true"),
        rx.el.span(label, class_name="sr" if hide_label else ""),
        class_name="check",
    )
