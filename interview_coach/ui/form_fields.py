"""Fields of a `page_form`: they show that form's errors and belong to the browser alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from interview_coach.ui.page_form import FIELDS_LIBRARY
from interview_coach.ui.values import Text

# Pairs of what is sent and what is read.
Pairs = Sequence[tuple[str, str]]


class _Named(rx.Component):
    """What all fields have."""

    library = FIELDS_LIBRARY

    label: rx.Var[str]
    name: rx.Var[str]
    help: rx.Var[str]


class _FormField(_Named):
    """A field of one line or of several."""

    tag = "FormField"

    kind: rx.Var[str]
    rows: rx.Var[int]
    lines: rx.Var[bool]
    default_value: rx.Var[str]
    placeholder: rx.Var[str]
    auto_complete: rx.Var[str]
    auto_focus: rx.Var[bool]
    required: rx.Var[bool]
    min_length: rx.Var[int]
    max_length: rx.Var[int]
    min: rx.Var[int]
    max: rx.Var[int]
    input_mode: rx.Var[str]
    empty_is_null: rx.Var[bool]


class _FormSelect(_Named):
    """A drop-down list."""

    tag = "FormSelect"

    options: rx.Var[list[list[str]]]
    default_value: rx.Var[str]
    empty_is_null: rx.Var[bool]


class _FormChoice(_Named):
    """A row of segments."""

    tag = "FormChoice"

    options: rx.Var[list[list[str]]]
    default_value: rx.Var[str]


class _FormSwitch(_Named):
    """A switch."""

    tag = "FormSwitch"


class _FormBoxes(_Named):
    """Boxes to tick."""

    tag = "FormBoxes"

    options: rx.Var[list[list[str]]]
    default_values: rx.Var[list[str]]


class _FormAccount(rx.Component):
    """Whose password it is."""

    library = FIELDS_LIBRARY
    tag = "FormAccount"

    email: rx.Var[str]


def _listed(options: Pairs) -> list[list[str]]:
    return [list(pair) for pair in options]


def form_field(
    label: Text, name: str, *, kind: str = "text", help_text: Text = "", **props: Any
) -> rx.Component:
    """Return a field for a `page_form`. `kind` is the input type; a password can be shown.

    Props: `auto_complete` ("username", "current-password", "new-password"), `required`,
    `min_length`, `max_length`, `min`, `max`, `placeholder`, `default_value`, `input_mode`,
    `auto_focus`, `rows` (several lines), `lines` (with them: sent as a list, an item a line),
    `empty_is_null` (left empty it is sent as null; a number always is). A `name` such as
    "points.0.text" is the `text` of the first item of the list `points`.
    """
    return _FormField.create(label=label, name=name, kind=kind, help=help_text, **props)


def form_select(
    label: Text, name: str, options: Pairs, *, help_text: Text = "", **props: Any
) -> rx.Component:
    """Return a drop-down list for a `page_form`; props `default_value`, `empty_is_null`."""
    return _FormSelect.create(
        label=label, name=name, options=_listed(options), help=help_text, **props
    )


def form_choice(
    label: Text, name: str, options: Pairs, *, default: str = "", help_text: Text = ""
) -> rx.Component:
    """Return a row of segments for a `page_form`, one of them chosen."""
    return _FormChoice.create(
        label=label, name=name, options=_listed(options), default_value=default, help=help_text
    )


def form_switch(label: Text, name: str, *, help_text: Text = "") -> rx.Component:
    """Return a switch for a `page_form`; it takes effect when the form is saved."""
    return _FormSwitch.create(label=label, name=name, help=help_text)


def form_boxes(
    label: Text, name: str, options: Pairs, *, default: Sequence[str] = (), help_text: Text = ""
) -> rx.Component:
    """Return boxes to tick for a `page_form`; the ticked ones go as one list."""
    return _FormBoxes.create(
        label=label,
        name=name,
        options=_listed(options),
        default_values=list(default),
        help=help_text,
    )


def form_account(email: Text) -> rx.Component:
    """Return the hidden name that tells a password manager whose password a form sets."""
    return _FormAccount.create(email=email)
