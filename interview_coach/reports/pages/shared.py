"""The page of a shared report: to be read, and commented on where its owner lets readers."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.pages.advice import advice_cards
from interview_coach.feedback.pages.answers import answer_card, figures
from interview_coach.feedback.pages.parts import why_card
from interview_coach.feedback.pages.take import take_body
from interview_coach.reports.pages.comments import comment_list
from interview_coach.reports.share_state import ShareState
from interview_coach.ui.times import moment
from interview_coach.ui.values import View

_SHOWN: Any = ShareState.shown
_HEAD: Any = ShareState.shown.head


def shared() -> rx.Component:
    """The page `/share/[token]`."""
    return ui.public_frame(
        rx.cond(
            ShareState.loaded,
            rx.cond(ShareState.gone, _gone(), _report()),
            rx.cond(
                ShareState.problem,
                ui.load_failed(text=ShareState.problem, on_retry=ShareState.load),
                ui.loading(
                    ui.skeleton("40%", "28px"), ui.skeleton_stats(4), label="Loading the report"
                ),
            ),
        ),
        actions=(ui.link("How scoring works", href="/how-scoring-works"),),
    )


def _gone() -> rx.Component:
    return ui.card(
        rx.el.h1("Shared report", class_name="sr"),
        ui.empty(
            "share-2",
            "This link does not work",
            "It has run out, was taken back by its owner, or is mistyped. Ask for a new one.",
        ),
    )


def _report() -> rx.Component:
    return rx.el.div(
        ui.page_head(
            _HEAD.title,
            rx.fragment(
                rx.cond(_SHOWN.candidate, rx.el.b(_SHOWN.candidate, " "), rx.fragment()),
                _HEAD.subtitle,
                " ",
                rx.el.span(moment(_HEAD.moment, long=True), class_name="blk"),
            ),
        ),
        rx.el.p(
            "Shared by its candidate, to be read until ",
            moment(_SHOWN.until, long=True),
            ".",
            rx.cond(_SHOWN.hides, rx.fragment(" Left out: ", _SHOWN.hides, "."), rx.fragment()),
            class_name="small muted",
        ),
        rx.cond(
            _HEAD.draft,
            ui.alert(
                "A rough transcript stands behind these scores",
                "The rough recogniser gets many words wrong. Pace, pauses and voice come from the "
                "sound and stand.",
                kind="mid",
            ),
            rx.fragment(),
        ),
        rx.cond(_SHOWN.scores_shown, _scores(), rx.fragment()),
        advice_cards(_SHOWN.advice),
        _answers(),
        rx.cond(_SHOWN.comments_open, _comments(), rx.fragment()),
        class_name="stack stack-6",
    )


def _scores() -> rx.Component:
    return rx.fragment(
        ui.hero(_HEAD.overall, _HEAD.lead, rx.el.p(_HEAD.method, class_name="small muted")),
        ui.score_cards(_HEAD.scores),
        rx.cond(
            _HEAD.why_shown,
            why_card(_HEAD, lead="Start at 100. Each bar is what one part cost. They add up."),
            rx.fragment(),
        ),
    )


def _answers() -> rx.Component:
    return answer_card(
        _SHOWN.questions,
        _under,
        lambda take: rx.cond(_SHOWN.scores_shown, figures(take), rx.fragment()),
    )


def _under(question: View, take: Any) -> tuple[rx.Component, ...]:
    return (
        rx.el.div(
            take_body(take, own=False),
            rx.cond(
                _SHOWN.comments_open,
                _say(f"Comment on answer {question.number}", {"answer_id": take.answer_id}),
                rx.fragment(),
            ),
            class_name="answer-body",
        ),
    )


def _comments() -> rx.Component:
    return ui.section_card(
        "Comments",
        rx.el.div(
            rx.cond(
                _SHOWN.comments.length() > 0,
                comment_list(_SHOWN.comments),
                rx.el.p("There is none yet.", class_name="muted"),
            ),
            _say("Comment on the whole interview", {}),
            class_name="stack",
        ),
        heading_id="comments",
    )


def _say(label: str, about: dict[str, Any]) -> rx.Component:
    """The form of a comment. about: the answer it is about, if one."""
    at = [
        ui.form_field(
            "At (minutes:seconds)",
            "seconds",
            placeholder="1:05",
            empty_is_null=True,
            max_length=6,
            auto_complete="off",
        )
    ]
    return ui.stay_form(
        rx.el.div(
            ui.form_field("Your name", "name", required=True, max_length=80, auto_complete="name"),
            *(at if about else []),
            class_name="field-grid",
        ),
        ui.form_field(label, "text", required=True, max_length=2000, rows=3),
        rx.el.div(
            ui.submit_button("Send the comment", "Sending", kind="soft", wide=False),
            ui.form_told(),
            class_name="row row-3 wrap",
        ),
        action=f"/api/v1/shared/{_SHOWN.token}/comments",
        extra=about,
        label=label,
        done="Sent",
        class_name="sunken token-form",
        on_done=ShareState.load,
    )
