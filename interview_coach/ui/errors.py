"""What a person sees when a page is not there, did not load, or the connection is gone."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.core.banner import has_too_many_connection_errors

from interview_coach.ui.alerts import alert
from interview_coach.ui.browser import reload_button, while_offline
from interview_coach.ui.buttons import button, link_button
from interview_coach.ui.empty import empty
from interview_coach.ui.links import plain_link
from interview_coach.ui.shell import public_frame
from interview_coach.ui.values import Handler, Text


def not_found_page(home: str = "/dashboard") -> rx.Component:
    """Return the page for an address that does not exist."""
    return public_frame(
        rx.el.div(
            rx.el.span("404", class_name="muted num"),
            rx.el.h1("This page does not exist"),
            rx.el.p(
                "The address may be old or mistyped. Your interviews are where they were.",
                class_name="muted",
            ),
            rx.el.div(
                link_button("Go to the dashboard", home, kind="primary", full_load=True),
                link_button("Start page", "/", full_load=True),
                class_name="row wrap",
            ),
            class_name="lost",
        )
    )


def load_failed(
    *,
    title: Text = "This page did not load",
    text: Text = "The server did not answer. Your work is kept.",
    on_retry: Handler = None,
) -> rx.Component:
    """Return the card in place of content that did not come, with a way to try again.

    Without `on_retry` the button loads the whole page again.
    """
    again = (
        reload_button()
        if on_retry is None
        else button("Try again", size="s", icon_name="refresh-cw", on_click=on_retry)
    )
    return rx.el.div(empty("cloud-off", title, text, again), role="alert", class_name="card")


def error_fallback() -> rx.Component:
    """Return the whole page shown when its code failed in the browser."""
    return rx.el.main(
        empty(
            "cloud-off",
            "This page did not load",
            "Something in it failed. Your work is kept. Loading it again usually helps.",
            reload_button("Load again"),
            plain_link("Start page", href="/", class_name="btn btn-s btn-ghost"),
        ),
        id="main",
        class_name="page",
    )


def connection_banner(*, live: bool = True) -> rx.Component:
    """Return the banner above every page while the network or the server is gone.

    `live` is false for an application without state, which keeps no connection to lose.
    """
    offline = alert(
        "You are offline",
        "Keep going. What you recorded waits on this device and goes out by itself.",
        kind="mid",
        icon_name="wifi-off",
    )
    silent = alert(
        "The server does not answer",
        "This page keeps trying. What you recorded is safe on this device.",
        kind="mid",
        icon_name="cloud-off",
    )
    children = [while_offline(offline)]
    if live:
        children.append(rx.cond(has_too_many_connection_errors, silent, rx.fragment()))
    return rx.el.div(*children, role="status", class_name="banners")
