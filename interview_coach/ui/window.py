"""What a page asks of its window: keys, the address it shows, the browser's voice."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from interview_coach.ui.buttons import button_classes
from interview_coach.ui.icons import icon
from interview_coach.ui.scripts import script
from interview_coach.ui.values import Flag, Handler, Text

_LIBRARY = script("window.jsx", __name__)
for _imported in ("preferences.js", "send.js"):
    script(_imported, __name__)
_passes_name = rx.event.passthrough_event_spec(str)


class _PageKeys(rx.Component):
    """Listens to keys; draws nothing."""

    library = _LIBRARY
    tag = "PageKeys"

    keys: rx.Var[list[str]]
    enabled: rx.Var[bool]
    on_key: rx.EventHandler[_passes_name]  # type: ignore[type-arg, valid-type]


class _PageAddress(rx.Component):
    """Keeps the address; draws nothing."""

    library = _LIBRARY
    tag = "PageAddress"

    path: rx.Var[str]


class _PageReturn(rx.Component):
    """Notices that somebody is back; draws nothing."""

    library = _LIBRARY
    tag = "PageReturn"

    on_return: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class _PageClock(rx.Component):
    """Ticks; draws nothing."""

    library = _LIBRARY
    tag = "PageClock"

    seconds: rx.Var[float]
    running: rx.Var[bool]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class _ReadAloud(rx.Component):
    """The button of the browser's voice."""

    library = _LIBRARY
    tag = "ReadAloud"

    text: rx.Var[str]
    label: rx.Var[str]
    stop_label: rx.Var[str]
    quiet: rx.Var[bool]


def page_keys(keys: Sequence[str], *, enabled: Flag, on_key: Handler) -> rx.Component:
    """Return a listener for keys of the whole page; `on_key` gets the key's name.

    Names are those of the browser ("ArrowLeft", "?"), letters in lower case. What is typed into
    fields, or while a dialog is open, is left alone.
    """
    return _PageKeys.create(keys=list(keys), enabled=enabled, on_key=on_key)


def page_address(path: Text) -> rx.Component:
    """Return what makes the browser show `path` (of the same page) without loading anything."""
    return _PageAddress.create(path=path)


def page_return(on_return: Handler) -> rx.Component:
    """Return what calls `on_return` when this tab is seen again, or its theme was changed."""
    return _PageReturn.create(on_return=on_return)


def page_clock(seconds: float, *, running: Flag, on_tick: Handler) -> rx.Component:
    """Return what calls `on_tick` every `seconds` while it is `running` and the tab is seen."""
    return _PageClock.create(seconds=seconds, running=running, on_tick=on_tick)


def read_aloud(
    text: Text, *, quiet: Flag = False, label: Text = "Read aloud", stop_label: Text = "Stop"
) -> rx.Component:
    """Return a button that has the browser read `text`; nothing where there is no voice.

    `quiet` (a recording runs) stops the voice and keeps it silent.
    """
    return _ReadAloud.create(
        icon("volume-2"),
        text=text,
        label=label,
        stop_label=stop_label,
        quiet=quiet,
        class_name=button_classes("ghost", "s"),
    )
