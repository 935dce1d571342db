"""Forms that go to the API of this site: sign in, register, reset, sign out.

Cookies that scripts cannot read are set by the API alone, so these forms are sent by `fetch`
(header `X-Interview-Coach: page`) and followed by a full page load, after which states read the
new session. An answer of `application/problem+json` is shown above the fields, and its `errors`
at the fields they name.
"""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

import reflex as rx

from interview_coach.ui.buttons import Kind, Size, button_classes
from interview_coach.ui.icons import icon
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Text

_LIBRARY = script("page_form.jsx", __name__)
script("same_path.js", __name__)  # imported by page_form.jsx


class _PageForm(rx.Component):
    """The form itself."""

    library = _LIBRARY
    tag = "PageForm"

    action: rx.Var[str]
    next: rx.Var[str]
    method: rx.Var[str]
    encoding: rx.Var[str]
    extra: rx.Var[dict[str, Any]]
    label: rx.Var[str]


class _FormField(rx.Component):
    """A field that knows the errors of its form."""

    library = _LIBRARY
    tag = "FormField"

    label: rx.Var[str]
    name: rx.Var[str]
    kind: rx.Var[str]
    help: rx.Var[str]
    rows: rx.Var[int]
    default_value: rx.Var[str]
    placeholder: rx.Var[str]
    auto_complete: rx.Var[str]
    auto_focus: rx.Var[bool]
    required: rx.Var[bool]
    min_length: rx.Var[int]
    max_length: rx.Var[int]
    input_mode: rx.Var[str]


class _SubmitButton(rx.Component):
    """The button that sends, and shows that it is sending."""

    library = _LIBRARY
    tag = "SubmitButton"

    label: rx.Var[str]
    busy_label: rx.Var[str]


class _PostButton(rx.Component):
    """A button that posts by itself."""

    library = _LIBRARY
    tag = "PostButton"

    action: rx.Var[str]
    next: rx.Var[str]
    label: rx.Var[str]


def safe_next(path: str, fallback: str = "/") -> str:
    """Return `path` when it is a path of this site, else `fallback`.

    The same rule as in same_path.js: one leading slash, no backslash, space or control sign, no
    scheme and no host, so that nobody can be sent elsewhere after signing in.
    """
    wrong = not path.startswith("/") or path[1:2] in ("/", "\\")
    if wrong or "\\" in path or any(ord(letter) <= 0x20 for letter in path):
        return fallback
    parts = urlsplit(path)
    return fallback if parts.scheme or parts.netloc else path


def page_form(
    *children: rx.Component,
    action: str,
    next_path: Text = "/dashboard",
    encoding: Literal["json", "form"] = "json",
    method: Literal["POST", "PUT", "PATCH"] = "POST",
    extra: dict[str, Any] | None = None,
    label: Text = "",
    **props: Any,
) -> rx.Component:
    """Return a form of `form_field`s and a `submit_button`, sent to the API path `action`.

    The values go as JSON, or urlencoded; boxes to tick as true or false; `extra` is sent along.
    On success the browser loads `?next=` of the page's own address, or `next_path`: paths of
    this site only. On failure the reason stands above the fields and what was entered stays.
    Raises ValueError for an `action` of another site.
    """
    if safe_next(action, "") != action:
        raise ValueError(f"not a path of this site: {action}")
    return _PageForm.create(
        *children,
        action=action,
        next=next_path,
        encoding=encoding,
        method=method,
        extra=extra or {},
        label=label,
        **props,
    )


def form_field(
    label: Text, name: str, *, kind: str = "text", help_text: Text = "", **props: Any
) -> rx.Component:
    """Return a field for a `page_form`. `kind` is the input type; a password can be shown.

    Props: `auto_complete` ("username", "current-password", "new-password"), `required`,
    `min_length`, `max_length`, `placeholder`, `default_value`, `input_mode`, `auto_focus`,
    `rows` (several lines).
    """
    return _FormField.create(label=label, name=name, kind=kind, help=help_text, **props)


def submit_button(
    label: Text, busy_label: Text = "One moment", *, kind: Kind = "primary", size: Size = "m"
) -> rx.Component:
    """Return the wide button that sends its form and shows `busy_label` while it does."""
    return _SubmitButton.create(
        label=label, busy_label=busy_label, class_name=button_classes(kind, size, wide=True)
    )


def sign_out_button(
    *, action: str = "/api/v1/auth/logout", next_path: str = "/login", class_name: str = "menu-item"
) -> rx.Component:
    """Return a button that ends the session and loads the sign-in page."""
    return _PostButton.create(
        icon("log-out"), "Sign out", action=action, next=next_path, class_name=class_name
    )
