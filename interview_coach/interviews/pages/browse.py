"""The question bank to look through: search, filter, choose, start an interview."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.interviews.browse_state import BrowseState
from interview_coach.interviews.browse_view import LEVELS
from interview_coach.interviews.key_state import KeyState
from interview_coach.navigation import signed_in_page
from interview_coach.ui.values import View

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_BANK: Any = BrowseState
_KEY: Any = KeyState
_WAIT_MS = 300


def browse() -> rx.Component:
    """The page of the question bank."""
    return signed_in_page(
        rx.el.div(
            ui.page_head(
                "Questions",
                "Look through the bank, choose what you want to practise, and start.",
            ),
            rx.cond(
                _BANK.loaded & (_BANK.problem != ""),
                ui.alert(_BANK.problem, kind="bad", urgent=True),
                rx.fragment(),
            ),
            rx.cond(
                _BANK.loaded,
                rx.fragment(_filters(), _chosen(), _list()),
                rx.cond(
                    _BANK.problem,
                    ui.load_failed(text=_BANK.problem, on_retry=BrowseState.load),
                    ui.loading(ui.skeleton_rows(8), label="Loading the question bank"),
                ),
            ),
            class_name="stack stack-6",
        ),
        rx.cond(_BANK.chosen, ui.start_bar(_start(wide=True)), rx.fragment()),
        current="/questions",
    )


def _filters() -> rx.Component:
    return rx.el.div(
        ui.search_field(
            "Search the questions",
            "bank-words",
            placeholder="Search the questions",
            auto_complete="off",
            max_length=100,
            on_change=_BANK.search.debounce(_WAIT_MS),
        ),
        _pick("Type", "kind", _BANK.kinds, _BANK.kind),
        rx.cond(
            _BANK.kind,
            _pick("Track", "track", _BANK.tracks, _BANK.track),
            rx.fragment(),
        ),
        _pick("Level", "level", LEVELS, _BANK.level),
        _pick("Competency", "competency", _BANK.competencies, _BANK.competency),
        role="search",
        aria_label="Find questions",
        class_name="row wrap admin-filters",
    )


def _pick(label: str, name: str, options: Any, value: Any) -> rx.Component:
    return ui.select_field(
        label,
        f"bank-{name}",
        options,
        value=value,
        hide_label=True,
        on_change=lambda chosen: _BANK.choose(name, chosen),
    )


def _chosen() -> rx.Component:
    return rx.el.div(
        rx.el.span(_BANK.chosen_words, class_name="grow", role="status"),
        rx.cond(
            _BANK.chosen,
            rx.fragment(
                ui.button("Choose none", size="s", kind="ghost", on_click=_BANK.choose_none),
                rx.el.span(_start(wide=False), class_name="not-phone"),
            ),
            rx.fragment(),
        ),
        class_name="row wrap",
    )


def _start(*, wide: bool) -> rx.Component:
    return ui.button(
        _BANK.start_label,
        kind="primary",
        size="l" if wide else "m",
        icon_name="mic",
        wide=wide,
        busy=_BANK.starting,
        busy_label="Setting it up",
        on_click=_BANK.start,
    )


def _list() -> rx.Component:
    return ui.section_card(
        "Found",
        rx.cond(
            _BANK.listing.rows,
            ui.rows(rx.foreach(_BANK.listing.rows, _row)),
            ui.empty(
                "search",
                "Nothing found",
                "No question fits all of this. Take one of the filters or words away.",
            ),
        ),
        ui.pager(_BANK.listing.turn, _BANK.go_to, "Pages of questions"),
        note=_BANK.listing.total,
        flush=True,
    )


def _row(row: View) -> rx.Component:
    return rx.el.li(
        ui.checkbox(
            rx.el.span(
                rx.el.span(row.text, class_name="strong blk"),
                rx.el.span(row.about, class_name="small muted blk"),
            ),
            "bank-chosen",
            checked=_BANK.chosen.contains(row.id),
            on_change=lambda _checked: _BANK.toggle(row.id),
        ),
        rx.el.details(
            rx.el.summary("Why it is asked, tips, key points"),
            rx.el.div(
                rx.el.p(rx.el.b("Why it is asked: "), row.why),
                rx.el.p(rx.el.b("Looks at: "), row.asked_for),
                rx.el.ul(rx.foreach(row.tips, rx.el.li), aria_label="Tips", class_name="bank-list"),
                _key(row),
                class_name="stack stack-3",
            ),
            class_name="bank-more small",
        ),
        class_name="bank-row",
        key=row.id,
    )


def _key(row: View) -> rx.Component:
    return rx.cond(
        _KEY.shown == row.id,
        _shown(),
        rx.cond(
            _KEY.warned == row.id,
            ui.alert(
                "Seeing the key points first spoils the practice",
                "Your next score would tell what you have just read, not what you can say.",
                kind="mid",
                actions=(
                    ui.button("Show them", size="s", on_click=_KEY.show),
                    ui.button("Keep them hidden", size="s", on_click=_KEY.leave),
                    rx.cond(_KEY.problem, rx.el.span(_KEY.problem, role="alert"), rx.fragment()),
                ),
            ),
            rx.el.div(
                ui.button(
                    "Show the key points",
                    size="s",
                    kind="ghost",
                    icon_name="eye",
                    aria_label=f"Show the key points: {row.text}",
                    on_click=_KEY.ask(row.id),
                )
            ),
        ),
    )


def _shown() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.b("A good answer says")),
        rx.el.ul(rx.foreach(_KEY.key_points, rx.el.li), class_name="bank-list"),
        rx.el.p(rx.el.b("What speaks against an answer")),
        rx.el.ul(rx.foreach(_KEY.red_flags, rx.el.li), class_name="bank-list"),
        rx.el.div(ui.button("Hide them", size="s", icon_name="eye-off", on_click=_KEY.leave)),
        role="status",
        class_name="stack stack-3",
    )
