"""The advice on an interview: what was strong, what was not, what to do, and one drill."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.pages.parts import stood_in
from interview_coach.feedback.state import ResultsState
from interview_coach.ui.values import View

_ADVICE: Any = ResultsState.advice


def advice() -> rx.Component:
    """The section between the scores and the answers; nothing where there is no advice yet."""
    return advice_cards(_ADVICE, _notices())


def advice_cards(view: View, *notices: rx.Component) -> rx.Component:
    """The drill and the cards of an AdviceView, or of a Var of one; nothing before there is any."""
    return rx.cond(
        view.shown,
        rx.el.section(
            rx.el.h2("Feedback", class_name="sr"),
            *notices,
            ui.next_action(
                view.drill_kicker,
                view.drill,
                ui.link_button("Go to the answer", view.drill_href, size="s"),
            ),
            ui.grid(
                _card("Strengths", "good", view.strengths, "c6"),
                _card("Weaknesses", "mid", view.weaknesses, "c6"),
                _card("Improvements", "accent", view.improvements, "c6"),
                rx.cond(
                    view.story.length() > 0,
                    _card("Telling it as a story", "accent", view.story, "c6"),
                    rx.fragment(),
                ),
            ),
            rx.el.p(view.writer, class_name="small muted"),
            class_name="stack stack-4",
        ),
        rx.fragment(),
    )


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _ADVICE.working,
            ui.alert(
                _ADVICE.working,
                _ADVICE.working_text,
                kind="info",
                icon_name="cpu",
            ),
            stood_in(_ADVICE, ResultsState.write_again),
        ),
        role="status",
        class_name="told",
    )


def _card(title: str, kind: Any, items: Any, width: str) -> rx.Component:
    def one(item: View) -> rx.Component:
        proof = rx.cond(
            item.quote,
            rx.el.div(
                rx.el.q(item.quote, class_name="q"),
                ui.link(item.at_text, href=item.at_href, class_name="at"),
                class_name="row row-3 wrap",
            ),
            rx.el.div(
                rx.cond(
                    item.measure,
                    rx.el.span(item.measure, class_name="small muted"),
                    rx.fragment(),
                ),
                ui.link(item.at_text, href=item.at_href, class_name="at"),
                class_name="row row-3 wrap",
            ),
        )
        return ui.feedback_line(item.text, proof, kind=kind)

    return ui.section_card(title, rx.el.ul(rx.foreach(items, one)), class_name=width)
