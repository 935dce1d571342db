"""Frames of pages: the sidebar that becomes a rail and then two bars, and the frames without it.

The entries are handed in: the frame knows no page of the application by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from interview_coach.ui.browser import theme_choice
from interview_coach.ui.buttons import link_button
from interview_coach.ui.dialogs import menu_item, popover, popover_trigger
from interview_coach.ui.icons import brand_mark, icon
from interview_coach.ui.links import link, plain_link
from interview_coach.ui.page_form import sign_out_button
from interview_coach.ui.values import Flag, Text, maybe

PRODUCT = "Interview Coach"
ENGINE_NOTE = "Speech and scores run on this machine."


@dataclass(frozen=True)
class NavEntry:
    """One place to go. `phone` puts it in the bottom bar, which has room for four.

    `count` is a short text at the right, such as "3 due"; empty for none. `shown` may be a flag
    of your state: it hides the entry, which keeps nobody out.
    """

    label: str
    href: str
    icon_name: str
    count: Text = ""
    phone: bool = True
    phone_label: str = ""
    shown: Flag = True


@dataclass(frozen=True)
class UserBlock:
    """Who is signed in: name, a second line, and initials for the round mark."""

    name: Text
    role: Text
    initials: Text


def brand(href: str, *, full_load: bool = False) -> rx.Component:
    """Return the mark and the name of the product, as a link."""
    inside = (brand_mark(), rx.el.span(PRODUCT))
    if full_load:
        return plain_link(*inside, href=href, class_name="brand", aria_label=PRODUCT)
    return link(*inside, href=href, class_name="brand", aria_label=PRODUCT)


def _skip_link() -> rx.Component:
    """Return the link that jumps over the navigation."""
    return plain_link("Skip to content", href="#main", class_name="skip")


def _nav_link(entry: NavEntry, current: str) -> rx.Component:
    """Return one entry of the sidebar."""
    here: dict[str, Any] = {"aria_current": "page"} if entry.href == current else {}
    drawn = link(
        icon(entry.icon_name),
        rx.el.span(entry.label, class_name="lbl"),
        maybe(entry.count, lambda: rx.el.span(entry.count, class_name="count")),
        href=entry.href,
        title=entry.label,
        **here,
    )
    return _if_shown(entry, drawn)


def _if_shown(entry: NavEntry, drawn: rx.Component) -> rx.Component:
    return drawn if entry.shown is True else rx.cond(entry.shown, drawn, rx.fragment())


def _bottom_link(entry: NavEntry, current: str) -> rx.Component:
    """Return one entry of the phone's bottom bar."""
    here: dict[str, Any] = {"aria_current": "page"} if entry.href == current else {}
    return link(icon(entry.icon_name), entry.phone_label or entry.label, href=entry.href, **here)


def _account_menu(user: UserBlock, sign_out_action: str, preferences: str) -> rx.Component:
    """Return the user block at the foot of the sidebar with its menu."""
    return rx.el.div(
        rx.el.button(
            rx.el.span(user.initials, class_name="avatar", aria_hidden="true"),
            rx.el.span(
                rx.el.span(user.name, class_name="strong trunc blk"),
                rx.el.span(user.role, class_name="small muted trunc blk"),
                class_name="grow",
            ),
            icon("ellipsis"),
            rx.el.span("Account menu", class_name="sr"),
            type="button",
            class_name="me",
            **popover_trigger("account-menu"),
        ),
        popover(
            "account-menu",
            rx.el.div("Theme", class_name="menu-label"),
            theme_choice(preferences),
            rx.el.hr(class_name="hr"),
            sign_out_button(action=sign_out_action),
            label="Account",
            class_name="menu-account",
        ),
    )


def _sidebar(
    entries: Sequence[NavEntry],
    current: str,
    user: UserBlock,
    account: Sequence[NavEntry],
    engine_note: Text,
    home: str,
    sign_out_action: str,
    preferences: str,
) -> rx.Component:
    """Return the sidebar: brand, entries, engine note, account."""
    account_links = [_nav_link(entry, current) for entry in account]
    return rx.el.aside(
        brand(home),
        rx.el.nav(
            *(_nav_link(entry, current) for entry in entries), aria_label="Main", class_name="nav"
        ),
        rx.el.div(
            rx.el.div(icon("cpu"), rx.el.span(engine_note), class_name="engine", title=engine_note),
            rx.el.nav(*account_links, aria_label="Account", class_name="nav")
            if account_links
            else rx.fragment(),
            _account_menu(user, sign_out_action, preferences),
            class_name="side-foot",
        ),
        class_name="side",
        aria_label="Sidebar",
    )


def _bottom_bar(
    entries: Sequence[NavEntry],
    current: str,
    account: Sequence[NavEntry],
    engine_note: Text,
    sign_out_action: str,
    preferences: str,
) -> rx.Component:
    """Return the phone's bottom bar; what has no room in it stands in the sheet behind More."""
    first = [entry for entry in entries if entry.phone and entry.shown is True][:4]
    others = [entry for entry in (*entries, *account) if entry not in first]
    inside = current in {entry.href for entry in others}
    more_here: dict[str, Any] = {"aria_current": "page"} if inside else {}
    return rx.el.nav(
        *(_bottom_link(entry, current) for entry in first),
        rx.el.button(
            icon("ellipsis"),
            "More",
            type="button",
            **more_here,
            **popover_trigger("more-sheet"),
        ),
        popover(
            "more-sheet",
            *(
                _if_shown(entry, menu_item(entry.label, icon_name=entry.icon_name, href=entry.href))
                for entry in others
            ),
            rx.el.div("Theme", class_name="menu-label"),
            theme_choice(preferences),
            rx.el.div(icon("cpu"), rx.el.span(engine_note), class_name="sheet-engine"),
            rx.el.hr(class_name="hr"),
            sign_out_button(action=sign_out_action),
            label="More",
            class_name="menu-sheet",
        ),
        class_name="bottom",
        aria_label="Main, phone",
    )


def shell(
    *children: rx.Component,
    entries: Sequence[NavEntry],
    current: str,
    user: UserBlock,
    account: Sequence[NavEntry] = (),
    engine_note: Text = ENGINE_NOTE,
    home: str = "/dashboard",
    sign_out_action: str = "/api/v1/auth/logout",
    preferences: str = "",
) -> rx.Component:
    """Return a whole page: children stand in the content column, 1120 px at most.

    `current` is the path of the entry that is marked as here. `account` are entries below the
    engine note, such as the settings. `preferences` is the API path where the choice of theme
    in the account menu is kept; without it this browser alone remembers it.
    """
    return rx.fragment(
        _skip_link(),
        rx.el.header(
            brand(home),
            rx.el.span(user.initials, class_name="avatar", role="img", aria_label=user.name),
            class_name="topbar",
        ),
        rx.el.div(
            _sidebar(
                entries, current, user, account, engine_note, home, sign_out_action, preferences
            ),
            rx.el.main(
                rx.el.div(*children, class_name="page"),
                id="main",
                tab_index=-1,
                class_name="main",
            ),
            class_name="shell",
        ),
        _bottom_bar(entries, current, account, engine_note, sign_out_action, preferences),
    )


def public_frame(
    *children: rx.Component, actions: Sequence[rx.Component] = (), home: str = "/"
) -> rx.Component:
    """Return a page without sidebar: brand and actions above, content below.

    For the landing page, shared reports and pages about the method.
    """
    return rx.fragment(
        _skip_link(),
        rx.el.header(
            rx.el.div(
                brand(home), rx.el.div(*actions, class_name="row"), class_name="public-bar-in"
            ),
            class_name="public-bar",
        ),
        rx.el.main(
            rx.el.div(*children, class_name="page"), id="main", tab_index=-1, class_name="main"
        ),
    )


def sign_in_frame(
    title: str, lead: Text, *children: rx.Component, foot: rx.Component | None = None
) -> rx.Component:
    """Return a page with one card 400 px wide: sign in, register, forgot, reset.

    `foot` is a line under the card, such as a link to the other page.
    """
    below = [rx.el.p(foot, class_name="entry-foot muted")] if foot is not None else []
    return rx.fragment(
        _skip_link(),
        rx.el.main(
            brand("/"),
            rx.el.div(
                rx.el.header(
                    rx.el.h1(title), maybe(lead, lambda: rx.el.p(lead, class_name="muted"))
                ),
                *children,
                class_name="card entry-card",
            ),
            *below,
            id="main",
            tab_index=-1,
            class_name="entry",
        ),
    )


def room_frame(
    *stage: rx.Component,
    leave: rx.Component,
    progress: rx.Component,
    actions: Sequence[rx.Component] = (),
    rail: rx.Component | None = None,
    keys: Sequence[rx.Component] = (),
) -> rx.Component:
    """Return the recording room: header 56, stage 800 at most, rail 320, key bar 48.

    `leave` stands at the left of the header, `progress` in the middle, `actions` at the right.
    Give the controls of the recorder the class `ctls`: on a phone they are fixed below.
    """
    side = [rx.el.aside(rail, aria_label="Answers", class_name="rail")] if rail is not None else []
    keyed = [rx.el.footer(*keys, aria_label="Keyboard", class_name="keys")] if keys else []
    return rx.fragment(
        _skip_link(),
        rx.el.div(
            rx.el.header(
                rx.el.div(leave, class_name="row"),
                rx.el.div(progress, class_name="row row-3"),
                rx.el.div(*actions, class_name="row r"),
                class_name="rt",
            ),
            rx.el.main(
                rx.el.div(*stage, class_name="stage"),
                *side,
                id="main",
                tab_index=-1,
                class_name="mid",
            ),
            *keyed,
            class_name="room",
        ),
    )


def progress_dots(steps: Sequence[tuple[str, str]]) -> rx.Component:
    """Return progress as dots; steps are (look, spoken): look is `done`, `now` or empty.

    `spoken` is read aloud, such as "Question 2: analysing". For lists in state build
    `rx.el.ol(rx.foreach(...), class_name="pds")` of `progress_dot`s.
    """
    return rx.el.ol(
        *(progress_dot(look, spoken) for look, spoken in steps),
        aria_label="Progress",
        class_name="pds",
    )


def progress_dot(look: Text, spoken: Text) -> rx.Component:
    """Return one dot of the progress."""
    return rx.el.li(rx.el.span(spoken, class_name="sr"), class_name=f"pd {look}")


def start_bar(*children: rx.Component) -> rx.Component:
    """Return the bar fixed above the phone's bottom bar, with the one primary button."""
    return rx.el.div(*children, class_name="go")


def landing_actions(sign_in: str, start: str) -> list[rx.Component]:
    """Return the two ways in, for the bar of public pages."""
    return [
        link_button("Sign in", sign_in, kind="ghost", full_load=True),
        link_button("Start", start, full_load=True),
    ]
