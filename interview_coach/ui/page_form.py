"""Forms that go to the API of this site: sign in, register, reset, settings, sign out.

Cookies that scripts cannot read are set by the API alone, so these forms are sent by `fetch`
(header `X-Interview-Coach: page`) and followed by a full page load, after which states read the
new session; or they stay and say that it is done. An answer of `application/problem+json` is
shown above the fields, and its `errors` at the fields they name.
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
# The fields share a context with the form: one folder, or there would be two of it.
FIELDS_LIBRARY = script("form_fields.jsx", __name__)
for _imported in ("form_body.js", "send.js", "same_path.js", "preferences.js"):  # by page_form.jsx
    script(_imported, __name__)


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
    stays: rx.Var[bool]
    done: rx.Var[str]
    values: rx.Var[dict[str, Any]]
    secret: rx.Var[str]
    preferences: rx.Var[str]
    settle: rx.Var[str]
    # The specification of the event is a function, which type checkers do not take as a type.
    on_done: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class _FormPart(rx.Component):
    """What stands there in one phase of its form."""

    library = _LIBRARY
    tag = "FormPart"

    when: rx.Var[str]


class _FormTold(rx.Component):
    """The word that it is saved."""

    library = _LIBRARY
    tag = "FormTold"


class _FormSecret(rx.Component):
    """A secret of the answer."""

    library = _LIBRARY
    tag = "FormSecret"

    field: rx.Var[str]
    label: rx.Var[str]
    help: rx.Var[str]
    done_label: rx.Var[str]
    copy_label: rx.Var[str]
    copied_label: rx.Var[str]


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


Method = Literal["POST", "PUT", "PATCH", "DELETE"]
Phase = Literal["open", "done", "expired", "missing"]


def own_path(action: str) -> str:
    """Return `action`, a path of this site; raise ValueError for any other."""
    if safe_next(action, "") != action:
        raise ValueError(f"not a path of this site: {action}")
    return action


def page_form(
    *children: rx.Component,
    action: Text,
    next_path: Text = "/dashboard",
    encoding: Literal["json", "form"] = "json",
    method: Method = "POST",
    extra: dict[str, Any] | None = None,
    label: Text = "",
    **props: Any,
) -> rx.Component:
    """Return a form of `form_field`s and a `submit_button`, sent to the API path `action`.

    The values go as JSON, or urlencoded; boxes to tick as true or false; `extra` is sent along.
    On success the browser loads `?next=` of the page's own address, or `next_path`: paths of
    this site only. On failure the reason stands above the fields and what was entered stays.
    Raises ValueError for a plain `action` of another site.

    Further props: `secret` is the name of a query parameter that is taken out of the address bar
    and sent along under that name (the link of a mail); `preferences` with `settle` ("bring" or
    "take") is the path of the choice of theme that is brought into this browser or taken from it.
    """
    return _PageForm.create(
        *children,
        action=action if isinstance(action, rx.Var) else own_path(action),
        next=next_path,
        encoding=encoding,
        method=method,
        extra=extra or {},
        label=label,
        **props,
    )


def stay_form(
    *children: rx.Component,
    action: Text,
    label: Text,
    done: Text = "",
    method: Method = "POST",
    **props: Any,
) -> rx.Component:
    """Return a `page_form` that stays where it is: `form_told` says `done`, `on_done` is called.

    `values`, a Var of {name: value}, is what the server has: it is put into the fields, also when
    it changes later, but never over an edit; then a note says so and offers it. Without `values`
    the fields are empty again after success.
    """
    return page_form(
        *children, action=action, label=label, method=method, stays=True, done=done, **props
    )


def form_part(when: Phase, *children: rx.Component, **props: Any) -> rx.Component:
    """Return what stands in a form only in one phase.

    "done": it was accepted (of a `stay_form`); with a `secret` also "missing" (the address has
    none) and "expired" (the server does not take it any more). It gets the focus when it comes.
    """
    return _FormPart.create(*children, when=when, **props)


def form_told() -> rx.Component:
    """Return the place beside the button of a `stay_form` where "Saved" appears."""
    return _FormTold.create()


def form_secret(field: str, label: Text, *, help_text: Text, done_label: Text) -> rx.Component:
    """Return the value `field` of the answer, to be copied, and the button that puts it away.

    For the "done" phase of a `stay_form`. The value is never sent to a state.
    """
    return _FormSecret.create(
        field=field,
        label=label,
        help=help_text,
        done_label=done_label,
        copy_label="Copy",
        copied_label="Copied",
    )


def submit_button(
    label: Text,
    busy_label: Text = "One moment",
    *,
    kind: Kind = "primary",
    size: Size = "m",
    wide: bool = True,
) -> rx.Component:
    """Return the button that sends its form and shows `busy_label` while it does."""
    return _SubmitButton.create(
        label=label, busy_label=busy_label, class_name=button_classes(kind, size, wide=wide)
    )


def save_row(label: Text = "Save", busy_label: Text = "Saving") -> rx.Component:
    """Return the last line of a form of settings: its button, and "Saved" beside it."""
    return rx.el.div(
        submit_button(label, busy_label, kind="soft", wide=False),
        form_told(),
        class_name="row row-3 wrap",
    )


def sign_out_button(
    *, action: str = "/api/v1/auth/logout", next_path: str = "/login", class_name: str = "menu-item"
) -> rx.Component:
    """Return a button that ends the session and loads the sign-in page."""
    return _PostButton.create(
        icon("log-out"), "Sign out", action=action, next=next_path, class_name=class_name
    )
