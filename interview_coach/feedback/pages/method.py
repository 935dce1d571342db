"""The page on scoring: what it is, how well it measures, and the whole method. For everybody."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.method import Card, CardRow, method_html, scorecard

_HEADS = ("", "Measured", "Aim", "On")
_MARKS = {"met": ("good", "Met"), "missed": ("bad", "Missed"), "": ("line", "No aim")}


def method() -> rx.Component:
    """The page `/how-scoring-works`."""
    card = scorecard()
    return ui.public_frame(
        rx.el.header(
            rx.el.h1("How scoring works"),
            rx.el.p(
                "Scores are computed from your words, their times and the sound, by fixed rules "
                "that stand on this page. The same answer gives the same score, and each one adds "
                "up by hand. It is an indicator to practise with, never a prediction of how an "
                "interview ends.",
                class_name="lead",
            ),
            class_name="intro",
        ),
        ui.section_card("How well it measures", _card(card), heading_id="scorecard"),
        ui.section_card("What cannot be claimed", _not_claimed(), heading_id="not-claimed"),
        rx.el.article(rx.html(method_html()), class_name="card prose"),
        actions=ui.landing_actions("/login", "/register"),
    )


def _card(card: Card | None) -> rx.Component:
    if card is None:
        return rx.el.p("No scorecard was published with this version.", class_name="muted")
    return rx.fragment(
        rx.el.p(
            f"Method {card.algorithm}, measured on {card.day} with ",
            rx.el.code(card.command),
            f" on {card.machine}. A line that missed its aim is shown like the others.",
            class_name="muted",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in _HEADS))),
                rx.el.tbody(*(_line(row) for row in card.rows)),
                class_name="tbl method-card",
            ),
            class_name="scroll-x",
            tab_index=0,
            role="region",
            aria_label="Scorecard",
        ),
    )


def _line(row: CardRow) -> rx.Component:
    look, word = _MARKS[row.verdict]
    aim = [rx.el.span(row.aim, class_name="blk"), ui.badge(word, kind=look)] if row.aim else []
    return rx.el.tr(
        rx.el.th(row.words, scope="row"),
        rx.el.td(row.figure, class_name="num strong"),
        rx.el.td(*aim),
        rx.el.td(row.data, class_name="muted"),
    )


def _not_claimed() -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            "How often a word is recognised wrongly: that depends on the speech model you run, and "
            "no set of recordings large enough to say it is part of this project."
        ),
        rx.el.li(
            "That scores agree with human raters. It was not measured. A well-studied system of "
            "this kind agreed with them at r = .57, where two humans agreed at .74 (SpeechRater, "
            "2009)."
        ),
        rx.el.li(
            "That it is equally fair to every accent, age or voice. The recordings measured here "
            "are of one speaker. How high or loud a voice is, and how sure the recogniser was, "
            "weighs nothing for that reason."
        ),
        class_name="bullets",
    )
