"""Buttons that ask the API of this site for one thing, some after a question; choosing a picture.

They go by `fetch` as the forms of `page_form` do, say themselves when it failed, and tell the
page by `on_done` that something is different now.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach.ui.buttons import Kind, Size, button_classes
from interview_coach.ui.page_form import Method, own_path
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Handler, Text

_LIBRARY = script("requests.jsx", __name__)
for _imported in ("send.js", "dialog.jsx"):
    script(_imported, __name__)


class _RequestButton(rx.Component):
    """The button."""

    library = _LIBRARY
    tag = "RequestButton"

    action: rx.Var[str]
    method: rx.Var[str]
    values: rx.Var[dict[str, Any]]
    label: rx.Var[str]
    spoken: rx.Var[str]
    busy_label: rx.Var[str]
    done: rx.Var[str]
    told_by: rx.Var[str]
    ask_title: rx.Var[str]
    ask_text: rx.Var[str]
    ask_label: rx.Var[str]
    ask_class: rx.Var[str]
    focus_after: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class _OpenDialog(rx.Component):
    """The button and its dialog."""

    library = _LIBRARY
    tag = "OpenDialog"

    label: rx.Var[str]
    title: rx.Var[str]


class _PictureField(rx.Component):
    """The picture and its buttons."""

    library = _LIBRARY
    tag = "PictureField"

    src: rx.Var[str]
    initials: rx.Var[str]
    label: rx.Var[str]
    action: rx.Var[str]
    accept: rx.Var[str]
    max_bytes: rx.Var[int]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def request_button(
    label: Text,
    action: Text,
    *,
    method: Method = "POST",
    on_done: Handler = None,
    values: dict[str, Any] | None = None,
    kind: Kind = "default",
    size: Size = "s",
    danger: bool = False,
    ask: tuple[Text, Text] | None = None,
    **props: Any,
) -> rx.Component:
    """Return a button that sends one request to the API path `action`.

    `ask` is (title, text) of a question that comes first, `danger` makes its yes a red button.
    Props: `spoken` (the whole name for screen readers), `busy_label`, `done` (said afterwards),
    `told_by` (the field of the answer whose words are said instead of `done`), `focus_after` (id
    of the element that gets the focus when this button goes with its row).
    Raises ValueError for a plain `action` of another site.
    """
    if not isinstance(action, rx.Var):
        own_path(action)
    if ask is not None:
        title, text = ask
        props |= {"ask_title": title, "ask_text": text, "ask_label": label}
        props["ask_class"] = button_classes("danger" if danger else "primary", "m")
    return _RequestButton.create(
        action=action,
        method=method,
        values=values or {},
        label=label,
        class_name=button_classes(kind, size),
        **({} if on_done is None else {"on_done": on_done}),
        **props,
    )


def open_dialog(
    label: Text, title: Text, *children: rx.Component, kind: Kind = "default"
) -> rx.Component:
    """Return a button and the dialog it opens: its children, such as a form, and Cancel."""
    return _OpenDialog.create(
        *children, label=label, title=title, class_name=button_classes(kind, "m")
    )


def picture_field(
    label: Text,
    *remove: rx.Component,
    src: Text,
    initials: Text,
    action: str,
    max_bytes: int,
    on_done: Handler,
) -> rx.Component:
    """Return a picture with the buttons that choose, show and send another one (PUT, `file`).

    `src` is empty without a picture: then the initials stand there. `remove` stands beside the
    buttons. A file above `max_bytes`, or that the browser cannot draw, is refused at once.
    """
    return _PictureField.create(
        *remove,
        label=label,
        src=src,
        initials=initials,
        action=own_path(action),
        accept="image/jpeg,image/png,image/webp,image/gif",
        max_bytes=max_bytes,
        on_done=on_done,
    )
