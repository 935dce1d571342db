"""Dialogs and menus, on the browser's own <dialog> and popover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from interview_coach.ui.buttons import button, button_classes
from interview_coach.ui.icons import icon
from interview_coach.ui.links import link, plain_link
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Flag, Handler, Text


class _ModalDialog(rx.Component):
    """The dialog element."""

    library = script("dialog.jsx", __name__)
    tag = "ModalDialog"

    open: rx.Var[bool]
    title: rx.Var[str]
    # The specification of the event is a function, which type checkers do not take as a type.
    on_close: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def dialog(
    *children: rx.Component,
    open_now: Flag,
    title: Text,
    on_close: Handler,
    actions: Sequence[rx.Component] = (),
    **props: Any,
) -> rx.Component:
    """Return a dialog that is there while `open_now`, a flag of your state.

    `on_close` is called for Esc and for a press outside; it must clear the flag. Actions stand
    at the right below: the quiet ones first, the one primary or danger button last.
    """
    row = [rx.el.div(*actions, class_name="actions")] if actions else []
    return _ModalDialog.create(
        *children, *row, open=open_now, title=title, on_close=on_close, **props
    )


def confirm(
    open_now: Flag,
    title: Text,
    text: Text,
    *,
    confirm_label: Text,
    on_confirm: Handler,
    on_cancel: Handler,
    cancel_label: Text = "Cancel",
    danger: bool = False,
) -> rx.Component:
    """Return a question with two answers; say in `text` what is kept and what is lost."""
    return dialog(
        rx.el.p(text, class_name="muted"),
        open_now=open_now,
        title=title,
        on_close=on_cancel,
        actions=(
            button(cancel_label, on_click=on_cancel),
            button(confirm_label, kind="danger" if danger else "primary", on_click=on_confirm),
        ),
    )


def menu_item(
    label: Text,
    *,
    icon_name: str = "",
    href: Text = "",
    danger: bool = False,
    download: bool = False,
    **props: Any,
) -> rx.Component:
    """Return one line of a menu: a link when it has `href`, else a button with `on_click`.

    download: the link is a file to be saved, and the page stays.
    """
    mark = [icon(icon_name)] if icon_name else []
    look = "menu-item menu-danger" if danger else "menu-item"
    if download:
        return plain_link(*mark, label, href=href, download="", class_name=look, **props)
    if isinstance(href, rx.Var) or href:
        return link(*mark, label, href=href, class_name=look, **props)
    return rx.el.button(*mark, label, type="button", class_name=look, **props)


def popover(
    menu_id: str, *children: rx.Component, label: Text, class_name: str = ""
) -> rx.Component:
    """Return a floating panel that `popover_trigger(menu_id)` opens; Esc or a press closes it."""
    return rx.el.div(
        *children,
        id=menu_id,
        role="group",
        aria_label=label,
        class_name=f"menu {class_name}".strip(),
        custom_attrs={"popover": "auto"},
    )


def popover_trigger(menu_id: str) -> dict[str, Any]:
    """Return the props of a button that opens the panel `menu_id`."""
    return {"custom_attrs": {"popoverTarget": menu_id}}


def menu(
    menu_id: str, label: Text, *items: rx.Component, trigger_label: Text = "More"
) -> rx.Component:
    """Return a button with three dots that opens the items; `menu_id` is unique in the page."""
    return rx.el.div(
        rx.el.button(
            icon("ellipsis"),
            type="button",
            aria_label=trigger_label,
            class_name=f"{button_classes('ghost', 's')} btn-icon",
            **popover_trigger(menu_id),
        ),
        popover(menu_id, *items, label=label, class_name="menu-near"),
        class_name="menu-box",
    )
