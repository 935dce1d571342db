"""Small parts that live in the browser alone: theme, network, clipboard, reload."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.buttons import Kind, Size, button_classes
from interview_coach.ui.icons import icon
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Text

_LIBRARY = script("browser.jsx", __name__)
for _imported in ("preferences.js", "send.js"):
    script(_imported, __name__)


class _ThemeChoice(rx.Component):
    """The three themes."""

    library = _LIBRARY
    tag = "ThemeChoice"

    kept_at: rx.Var[str]


class _ShowPreferences(rx.Component):
    """Shows what was chosen; draws nothing."""

    library = _LIBRARY
    tag = "ShowPreferences"

    theme: rx.Var[str]
    motion: rx.Var[str]


class _AddressNote(rx.Component):
    """What the address says has just been done."""

    library = _LIBRARY
    tag = "AddressNote"

    messages: rx.Var[dict[str, str]]


class _WhileOffline(rx.Component):
    """What stands there only without a network."""

    library = _LIBRARY
    tag = "WhileOffline"


class _CopyButton(rx.Component):
    """The button that copies."""

    library = _LIBRARY
    tag = "CopyButton"

    text: rx.Var[str]
    label: rx.Var[str]
    done: rx.Var[str]


class _ReloadButton(rx.Component):
    """The button that loads the page again."""

    library = _LIBRARY
    tag = "ReloadButton"

    label: rx.Var[str]


def theme_choice(kept_at: str = "") -> rx.Component:
    """Return the choice of System, Light or Dark; remembered in this browser.

    `kept_at` is the API path of the preferences of who is signed in: there it is kept too.
    """
    return _ThemeChoice.create(class_name="seg-s", kept_at=kept_at)


def show_preferences(theme: Text, motion: Text) -> rx.Component:
    """Return what shows theme ("system", "light", "dark") and motion ("system", "reduced").

    Both are kept in this browser, so that the next page is right from its first paint.
    """
    return _ShowPreferences.create(theme=theme, motion=motion)


def address_note(messages: dict[str, str]) -> rx.Component:
    """Return the message whose name stands in the address as `?told=`; nothing for other names."""
    return _AddressNote.create(messages=messages)


def while_offline(*children: rx.Component) -> rx.Component:
    """Return the children, shown only while the browser has no network."""
    return _WhileOffline.create(*children)


def copy_button(
    text: Text,
    *,
    label: Text = "Copy",
    done: Text = "Copied",
    kind: Kind = "default",
    size: Size = "m",
) -> rx.Component:
    """Return a button that copies `text` and says so, or says that the browser refused."""
    return _CopyButton.create(
        icon("copy"),
        text=text,
        label=label,
        done=done,
        class_name=button_classes(kind, size),
    )


def reload_button(
    label: Text = "Try again", *, kind: Kind = "default", size: Size = "s"
) -> rx.Component:
    """Return a button that loads the page again."""
    return _ReloadButton.create(
        icon("refresh-cw", size="s"), label=label, class_name=button_classes(kind, size)
    )
