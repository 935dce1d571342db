"""Turning the pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from interview_coach.kit.pagination import Page
from interview_coach.ui.buttons import button
from interview_coach.ui.values import Handler, View, maybe


@dataclass(frozen=True)
class PageTurn:
    """Where a page of a list stands. place: such as "Page 1 of 3", empty when there is only one.
    newest, oldest: there is no page before it, none after it."""

    place: str = ""
    page: int = 1
    newest: bool = True
    oldest: bool = True


def page_turn(page: Page[Any]) -> PageTurn:
    """Where this page stands among all of its list."""
    pages = max(1, -(-page.total // page.page_size))
    return PageTurn(
        place=f"Page {page.page} of {pages}" if pages > 1 else "",
        page=page.page,
        newest=page.page <= 1,
        oldest=page.page >= pages,
    )


def pager(
    turn: View, on_page: Handler, label: str, *, back: str = "Back", forward: str = "Next"
) -> rx.Component:
    """Return the buttons to the pages beside the one shown, nothing when it is the only one.

    turn: a PageTurn or a Var of one. on_page: the event that takes a page's number. label: what is
    turned, read aloud.
    """

    def draw() -> rx.Component:
        return rx.el.nav(
            button(
                back,
                size="s",
                icon_name="chevron-left",
                disabled=turn.newest,
                on_click=on_page(turn.page - 1),
            ),
            rx.el.span(turn.place, class_name="muted num", role="status"),
            button(
                forward,
                size="s",
                icon_name="chevron-right",
                class_name="icon-end",
                disabled=turn.oldest,
                on_click=on_page(turn.page + 1),
            ),
            aria_label=label,
            class_name="row between pages",
        )

    return maybe(turn.place, draw)
