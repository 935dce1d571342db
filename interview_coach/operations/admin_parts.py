"""What all pages of administrators show."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui

_PLACES = (
    ("Users", "/admin"),
    ("Sessions", "/admin/sessions"),
    ("Jobs", "/admin/jobs"),
    ("Engines", "/admin/engines"),
    ("Questions", "/admin/questions"),
    ("Audit log", "/admin/audit"),
)


def not_allowed() -> rx.Component:
    """What others see instead of the page."""
    return ui.card(
        ui.empty(
            "lock",
            "Only for administrators",
            "Your account may not open this page. Whoever runs this server can change that.",
            ui.link_button("Go to the dashboard", "/dashboard", kind="primary"),
        )
    )


def places(here: str) -> rx.Component:
    """The ways to the other pages; `here` is the path of the one that is marked."""
    return rx.el.nav(
        *(
            ui.link(label, href=href, **({"aria_current": "page"} if href == here else {}))
            for label, href in _PLACES
        ),
        aria_label="Administration",
        class_name="tabs",
    )
