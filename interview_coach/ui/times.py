"""Moments, shown in the time of the person who looks: the server knows only UTC."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Text

_LIBRARY = script("times.jsx", __name__)


class _Moment(rx.Component):
    """The time element."""

    library = _LIBRARY
    tag = "Moment"

    iso: rx.Var[str]
    long: rx.Var[bool]


class _Ago(rx.Component):
    """How far away it is."""

    library = _LIBRARY
    tag = "Ago"

    iso: rx.Var[str]


def moment(iso: Text, *, long: bool = False) -> rx.Component:
    """Return a moment (ISO 8601 in UTC) as day and time where the browser is; nothing for "".

    Short: "Today, 18:20" or "Mon 23 Nov, 18:20"; long: "Monday 23 November 2026, 18:20".
    """
    return _Moment.create(iso=iso, long=long)


def ago(iso: Text) -> rx.Component:
    """Return how far a moment (ISO 8601 in UTC) is away, such as "5 minutes ago"."""
    return _Ago.create(iso=iso)
