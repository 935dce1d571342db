"""The results page: how it went, why, and each answer with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.pages.advice import advice
from interview_coach.feedback.pages.answers import answers
from interview_coach.feedback.pages.parts import missing, why_card
from interview_coach.feedback.state import ResultsState
from interview_coach.navigation import signed_in_page
from interview_coach.ui.recorder import waiting_answers
from interview_coach.ui.times import moment

_HEAD = ResultsState.head
# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = ResultsState


def results(*sections: rx.Component) -> rx.Component:
    """The page of one interview's results. sections: what other rooms of the house add below."""
    return signed_in_page(
        rx.cond(
            ResultsState.loaded,
            rx.cond(ResultsState.missing, missing("Results", "interview"), _report(sections)),
            rx.cond(
                ResultsState.problem,
                ui.load_failed(text=ResultsState.problem, on_retry=ResultsState.load),
                _loading(),
            ),
        ),
        current="/dashboard",
    )


def _report(sections: Sequence[rx.Component]) -> rx.Component:
    return rx.el.div(
        ui.page_head(
            _HEAD.title,
            rx.fragment(
                _HEAD.subtitle, " ", rx.el.span(moment(_HEAD.moment, long=True), class_name="blk")
            ),
            rx.cond(_HEAD.answered & ~_HEAD.ask_rating, _takeaways(), rx.fragment()),
            crumbs=(("Dashboard", "/dashboard"), ("Results", "")),
        ),
        _notices(),
        rx.cond(
            _HEAD.ask_rating,
            _ask_rating(),
            rx.fragment(
                rx.cond(_HEAD.answered, _scores(), rx.fragment()),
                advice(),
                answers(),
                *[rx.cond(_HEAD.answered, section, rx.fragment()) for section in sections],
            ),
        ),
        class_name="stack stack-6",
    )


def _ask_rating() -> rx.Component:
    """The one question before the scores are shown."""
    return ui.section_card(
        "Before you look: how good was it?",
        ui.rating_slider(
            "Your own rating of this interview",
            low="0, nothing worked",
            high="100, could not be better",
            save_label="Save and see the results",
            skip_label="Rather not say",
            on_rate=_STATE.rate,
            on_skip=ResultsState.skip_rating,
        ),
        lead=(
            "Your rating is compared with the measure over time, so that you learn to judge "
            "yourself. It changes no score, and it is asked once."
        ),
    )


def _takeaways() -> rx.Component:
    """The results as text, as a PDF, and as files for programs."""
    files = f"/api/v1/interviews/{ResultsState.shown_interview}"
    return rx.el.div(
        ui.copy_button(_HEAD.summary, label="Copy summary"),
        ui.link_button(
            "PDF report", f"{files}/report.pdf", icon_name="download", full_load=True, download=""
        ),
        ui.menu(
            "results-files",
            "Files of this interview",
            ui.menu_item("Markdown", href=f"{files}/export.md", download=True),
            ui.menu_item("JSON, everything", href=f"{files}/export.json", download=True),
            trigger_label="More files",
        ),
        class_name="row wrap takeaways",
    )


def _scores() -> rx.Component:
    return rx.fragment(
        ui.hero(
            _HEAD.overall,
            _HEAD.lead,
            rx.cond(_HEAD.own_rating, rx.el.p(_HEAD.own_rating), rx.fragment()),
            rx.el.p(_HEAD.method, class_name="small muted"),
        ),
        ui.score_cards(_HEAD.scores),
        rx.cond(_HEAD.why_shown, _why(), rx.fragment()),
    )


def _notices() -> rx.Component:
    """What must be known before the numbers; the live region is always there."""
    return rx.fragment(
        rx.cond(
            ResultsState.problem,
            ui.alert(ResultsState.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        # What an interview's other pages left on this device goes out from here too.
        waiting_answers(ResultsState.shown_interview, on_sent=ResultsState.hear_sent),
        rx.cond(_HEAD.status, _open_interview(), rx.fragment()),
        rx.el.div(
            rx.cond(
                _HEAD.working,
                ui.alert("Analysing", _HEAD.working, kind="info", icon_name="cpu"),
                rx.fragment(),
            ),
            role="status",
            class_name="told",
        ),
        rx.cond(
            _HEAD.draft,
            ui.alert(
                "A rough transcript stands behind these scores",
                "The rough recogniser gets many words wrong. Pace, pauses and voice come from the "
                "sound and stand. Correct the words of each answer marked below; content and "
                "clarity are then scored again.",
                kind="mid",
            ),
            rx.fragment(),
        ),
    )


def _open_interview() -> rx.Component:
    return ui.alert(
        _HEAD.status,
        _HEAD.open_text,
        kind="info",
        actions=(
            rx.cond(
                _HEAD.open_label,
                ui.link_button(_HEAD.open_label, _HEAD.open_href, kind="primary"),
                rx.fragment(),
            ),
        ),
    )


def _why() -> rx.Component:
    return why_card(
        _HEAD,
        rx.el.p(ui.link("How scoring works", href="/how-scoring-works"), class_name="why-foot"),
        lead=(
            "Start at 100. Each bar is what one part cost: its weight times the points missing. "
            "They add up."
        ),
    )


def _loading() -> rx.Component:
    return ui.loading(
        ui.skeleton("40%", "28px"),
        ui.skeleton_card(2),
        ui.skeleton_stats(4),
        ui.skeleton_rows(5),
        label="Loading the results",
    )
