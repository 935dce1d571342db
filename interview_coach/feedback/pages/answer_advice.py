"""What is advised on one answer, and what its content was scored from."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.pages.parts import parts_fold
from interview_coach.feedback.pages.take import take_evidence, take_points
from interview_coach.ui.values import View

_STATE: Any = AnswerState
_HEAD: Any = AnswerState.head
_ADVICE: Any = AnswerState.advice


def advice_card(take: View) -> rx.Component:
    """The advice on the take, with its one next drill; each quote is heard when pressed."""

    def one(line: View) -> Any:
        proof = rx.cond(
            line.quote,
            rx.el.div(
                rx.el.q(line.quote, class_name="q"),
                rx.cond(
                    line.at_text,
                    ui.play_at(take.player_id, line.seconds, line.at_text),
                    rx.fragment(),
                ),
                class_name="row row-3 wrap",
            ),
            rx.cond(
                line.measure, rx.el.span(line.measure, class_name="small muted"), rx.fragment()
            ),
        )
        return rx.match(
            line.kind,
            ("good", ui.feedback_line(line.text, proof, kind="good")),
            ("mid", ui.feedback_line(line.text, proof, kind="mid")),
            ui.feedback_line(line.text, proof, kind="accent"),
        )

    return ui.section_card(
        "Feedback",
        rx.el.ul(rx.foreach(_ADVICE, lambda line: rx.cond(line.later, rx.fragment(), one(line)))),
        rx.cond(
            _HEAD.later,
            rx.el.details(
                rx.el.summary(_HEAD.later, ui.icon("chevron-down", size="s")),
                rx.el.ul(
                    rx.foreach(_ADVICE, lambda line: rx.cond(line.later, one(line), rx.fragment()))
                ),
                class_name="fold fold-in ms-drill ms-more",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            ui.next_action(_HEAD.drill_seconds, _HEAD.drill, rx.fragment()),
            class_name="ms-drill",
        ),
        lead="Every quote stands in the transcript. Press its time to hear it.",
        action=ui.copy_button(_HEAD.copied, label="Copy feedback"),
    )


def found_cards(take: View) -> rx.Component:
    """Story, key points and evidence: what the content was scored from."""
    return rx.fragment(
        rx.cond(take.has_story, ui.card(take_points("Story", "", take.story, take)), rx.fragment()),
        rx.cond(
            take.points.length() > 0,
            ui.card(take_points("Key points", take.points_note, take.points, take)),
            rx.fragment(),
        ),
        rx.cond(take.evidence.length() > 0, ui.card(take_evidence(take)), rx.fragment()),
        rx.cond(
            take.parts.length() > 0,
            ui.card(
                parts_fold("How this score adds up", take.parts),
                flush=True,
            ),
            rx.fragment(),
        ),
    )


def numbers_card(take: View) -> rx.Component:
    """The numbers said, beside those of other answers."""

    def one(line: View) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.b(line.quote),
                rx.cond(
                    (line.at_text != "") & (take.audio_src != ""),
                    ui.play_at(take.player_id, line.seconds, line.at_text),
                    rx.fragment(),
                ),
                class_name="row between",
            ),
            ui.verdict(line.band, line.word, small=True),
            rx.cond(
                line.other_href,
                rx.el.span(
                    rx.el.q(line.other_quote, class_name="q"),
                    " ",
                    ui.link("See it", href=line.other_href, class_name="at"),
                    class_name="small",
                ),
                rx.fragment(),
            ),
            class_name="number-line",
        )

    return ui.section_card(
        "Numbers you said",
        rx.el.ul(rx.foreach(_STATE.numbers, one), class_name="rows"),
        rx.el.p(_STATE.numbers_note, class_name="small muted"),
        lead="Beside your other answers.",
    )
