"""The frame of every signed-in page: where one can go, and who is signed in."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.state import SessionState

ENTRIES = (
    ui.NavEntry("Dashboard", "/dashboard", "layout-dashboard", phone_label="Home"),
    ui.NavEntry("Practice", "/practice", "mic"),
    ui.NavEntry("Questions", "/questions", "list"),
)
ACCOUNT = (
    ui.NavEntry("Settings", "/settings", "settings"),
    ui.NavEntry("Admin", "/admin", "users", shown=SessionState.user_is_admin),
)
PREFERENCES = "/api/v1/users/me/preferences"


def signed_in_page(*children: rx.Component, current: str) -> rx.Component:
    """Return a page with sidebar and phone bars; `current` is the path of the entry marked as here.

    The page's state greets the user (`SessionState._greet`) in its on_load handler.
    """
    return ui.shell(
        *children,
        entries=ENTRIES,
        current=current,
        account=ACCOUNT,
        preferences=PREFERENCES,
        engine_note=SessionState.engine_note,
        user=ui.UserBlock(
            name=SessionState.user_name,
            role=SessionState.user_role,
            initials=SessionState.user_initials,
        ),
    )
