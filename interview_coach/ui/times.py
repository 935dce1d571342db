"""Moments, shown in the time of the person who looks: the server knows only UTC."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Text


class _Moment(rx.Component):
    """The time element."""

    library = script("times.jsx", __name__)
    tag = "Moment"

    iso: rx.Var[str]
    long: rx.Var[bool]


def moment(iso: Text, *, long: bool = False) -> rx.Component:
    """Return a moment (ISO 8601 in UTC) as day and time where the browser is; nothing for "".

    Short: "Today, 18:20" or "Mon 23 Nov, 18:20"; long: "Monday 23 November 2026, 18:20".
    """
    return _Moment.create(iso=iso, long=long)
