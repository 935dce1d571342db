"""Moments, shown in the time of the person who looks: the server knows only UTC."""

from __future__ import annotations

import json

import reflex as rx

from interview_coach.ui.values import Text

_DAY_AND_TIME = {
    "weekday": "short",
    "day": "numeric",
    "month": "short",
    "hour": "2-digit",
    "minute": "2-digit",
}
_WITH_YEAR = {
    "weekday": "long",
    "day": "numeric",
    "month": "long",
    "year": "numeric",
    "hour": "2-digit",
    "minute": "2-digit",
}


def moment(iso: Text, *, long: bool = False) -> rx.Component:
    """Return a moment (ISO 8601 in UTC) as day and time where the browser is; empty for "".

    Short: "Mon, 23 Nov, 18:20"; long: "Monday 23 November 2026 at 18:20".
    """
    options = json.dumps(_WITH_YEAR if long else _DAY_AND_TIME)
    given = str(rx.Var.create(iso))
    shown = rx.Var(
        f'({given} ? new Intl.DateTimeFormat("en-GB", {options}).format(new Date({given})) : "")',
        _var_type=str,
        _var_data=rx.Var.create(iso)._get_all_var_data(),
    )
    return rx.el.time(shown, date_time=iso)
