"""Turning the pages of a list."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.buttons import button
from interview_coach.ui.values import Handler, View


def pager(
    listing: View, on_page: Handler, label: str, *, back: str = "Back", forward: str = "Next"
) -> rx.Component:
    """Return the buttons to the pages beside the one that is shown, and where it stands.

    listing: has `page`, `place` ("Page 1 of 3"), `newest` and `oldest` (no page before, none
    after). on_page: the event that takes the page's number. label: what is turned, read aloud.
    """
    return rx.el.nav(
        button(
            back,
            size="s",
            icon_name="chevron-left",
            disabled=listing.newest,
            on_click=on_page(listing.page - 1),
        ),
        rx.el.span(listing.place, class_name="muted num", role="status"),
        button(
            forward,
            size="s",
            icon_name="chevron-right",
            disabled=listing.oldest,
            on_click=on_page(listing.page + 1),
        ),
        aria_label=label,
        class_name="row between pages",
    )
