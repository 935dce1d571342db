"""The answer microscope: one take over time, its words, its feedback, its measures."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.pages.answer_advice import advice_card, found_cards, numbers_card
from interview_coach.feedback.pages.compare import takes
from interview_coach.feedback.pages.editor import rough_transcript, words_editor
from interview_coach.feedback.pages.parts import missing, stood_in
from interview_coach.feedback.pages.take import (
    mark_legend,
    marked_piece,
    score_cell,
    take_measures,
)
from interview_coach.feedback.pages.version import version_card
from interview_coach.navigation import signed_in_page
from interview_coach.ui.recorder import recorder, waiting_answers
from interview_coach.ui.values import View, choose

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = AnswerState
_HEAD: Any = AnswerState.head
_ADVICE: Any = AnswerState.advice


def answer() -> rx.Component:
    """The page of one answer."""
    return signed_in_page(
        rx.cond(
            AnswerState.loaded,
            rx.cond(
                AnswerState.missing,
                missing("Answer", "answer"),
                rx.el.div(rx.foreach(AnswerState.take, _take), class_name="stack"),
            ),
            rx.cond(
                AnswerState.problem,
                ui.load_failed(text=AnswerState.problem, on_retry=AnswerState.load),
                _loading(),
            ),
        ),
        current="/dashboard",
    )


def _take(take: View) -> rx.Component:
    return rx.el.div(
        _head(take),
        _notices(take),
        rx.cond(take.scores.length() > 0, _scores(take), rx.fragment()),
        rx.cond(_HEAD.timeline_src, _timeline(take), rx.fragment()),
        rx.cond(AnswerState.trying, _recorder(), rx.fragment()),
        rx.el.div(
            rx.el.div(
                _transcript(take),
                rx.cond(_ADVICE.length() > 0, advice_card(take), rx.fragment()),
                rx.cond(take.score.scored, version_card(take), rx.fragment()),
                found_cards(take),
                class_name="stack stack-4",
            ),
            rx.el.div(
                rx.cond(
                    take.measures.length() > 0,
                    ui.card(take_measures(take)),
                    rx.fragment(),
                ),
                rx.cond(_STATE.numbers.length() > 0, numbers_card(take), rx.fragment()),
                class_name="stack stack-4",
            ),
            class_name="ms-cols",
        ),
        takes(),
        class_name="stack stack-4",
    )


def _head(take: View) -> rx.Component:
    def fact(icon_name: str, text: Any) -> rx.Component:
        return rx.cond(text, rx.el.span(ui.icon(icon_name, size="s"), text), rx.fragment())

    return rx.el.header(
        rx.el.div(
            rx.el.nav(
                ui.link("Dashboard", href="/dashboard"),
                ui.icon("chevron-right", size="s"),
                ui.link(_HEAD.kind, href=_HEAD.results_href),
                ui.icon("chevron-right", size="s"),
                rx.el.span(_HEAD.place),
                aria_label="Breadcrumb",
                class_name="crumbs",
            ),
            rx.el.h1(_HEAD.title, class_name="qh"),
            rx.el.p(
                fact("refresh-cw", _HEAD.take),
                fact("timer", _HEAD.extent),
                fact("cpu", _HEAD.source),
                class_name="ms-meta",
            ),
        ),
        rx.el.div(
            ui.button(
                take.edit_label,
                icon_name="pencil",
                on_click=AnswerState.edit,
                disabled=AnswerState.editing,
            ),
            rx.cond(
                _HEAD.room_href,
                ui.link_button(
                    "Try again", _HEAD.room_href, kind="primary", icon_name="rotate-ccw"
                ),
                rx.cond(
                    _HEAD.can_try_here,
                    ui.button(
                        choose(AnswerState.trying, "Close the recorder", "Try again"),
                        kind="primary",
                        icon_name="rotate-ccw",
                        on_click=AnswerState.try_again,
                    ),
                    rx.fragment(),
                ),
            ),
            class_name="actions acts",
        ),
        class_name="head",
    )


def _recorder() -> rx.Component:
    """Another take of the question, recorded here: the interview itself has ended."""
    return ui.card(
        recorder(
            interview_id=_HEAD.interview_id,
            question_id=_HEAD.question_id,
            limit_guide_seconds=_HEAD.guide_seconds,
            take=_HEAD.next_take,
            # The keys of this page are the timeline's.
            keys_enabled=False,
            on_sent=_STATE.hear_sent,
        ),
        label="Another take",
    )


def _notices(take: View) -> rx.Component:
    return rx.fragment(
        rx.cond(
            AnswerState.problem,
            ui.alert(AnswerState.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        waiting_answers(),
        rx.el.div(
            rx.match(
                take.state,
                ("busy", _working(take)),
                ("done", _stood_in()),
                ("failed", _problem(take, "bad")),
                ("needs_text", _problem(take, "mid")),
                ("recording", ui.alert(take.problem_title, take.problem, kind="mid")),
                rx.fragment(),
            ),
            role="status",
            class_name="told",
        ),
        rx.cond(
            take.draft,
            rough_transcript(),
            rx.fragment(),
        ),
        rx.foreach(take.flags, lambda text: ui.alert(text, kind="info")),
        rx.cond(_HEAD.not_drawn, _not_drawn(), rx.fragment()),
        rx.cond(take.sound_note, ui.alert(take.sound_note, kind="info"), rx.fragment()),
    )


def _working(take: View) -> rx.Component:
    return rx.cond(
        _HEAD.working,
        ui.alert(_HEAD.working, _HEAD.working_text, kind="info", icon_name="cpu"),
        ui.alert("Analysing", take.status, kind="info", icon_name="cpu"),
    )


def _stood_in() -> rx.Component:
    return stood_in(_HEAD, AnswerState.write_again)


def _problem(take: View, kind: Any) -> rx.Component:
    return ui.alert(
        take.problem_title,
        take.problem,
        kind=kind,
        actions=(
            ui.button("Try again", size="s", icon_name="refresh-cw", on_click=AnswerState.retry),
        ),
    )


def _not_drawn() -> rx.Component:
    return ui.alert(
        _HEAD.not_drawn,
        choose(
            AnswerState.drawing,
            "It is being drawn. This page fills in by itself.",
            choose(_HEAD.can_be_drawn, "The recording is kept, so it can be drawn now.", ""),
        ),
        kind="info",
        actions=(
            rx.cond(
                _HEAD.can_be_drawn & ~AnswerState.drawing,
                ui.button("Draw it now", size="s", on_click=AnswerState.draw),
                rx.fragment(),
            ),
        ),
    )


def _scores(take: View) -> rx.Component:
    """The overall score and the four, in one strip."""
    return rx.el.section(
        rx.el.h2("Scores", class_name="sr"),
        rx.el.div(
            ui.ring(take.score, size="s", caption=False),
            rx.el.div(
                rx.el.div(take.score.value_text, class_name="ms-big num"),
                rx.cond(
                    take.score.range_text,
                    rx.el.div("likely ", take.score.range_text, class_name="small muted"),
                    rx.fragment(),
                ),
                ui.verdict_of(take.score, small=True),
                class_name="stack stack-1",
            ),
        ),
        rx.foreach(take.scores, score_cell),
        aria_label="Scores",
        class_name="card ms-sum",
    )


def _timeline(take: View) -> rx.Component:
    return rx.el.section(
        rx.el.h2("Over time", class_name="sr"),
        ui.timeline(
            _HEAD.timeline_src,
            audio_src=take.audio_src,
            label=take.audio_label,
            player_id=take.player_id,
            revision=_HEAD.revision,
            duration=take.duration,
        ),
        class_name="card card-0",
    )


def _transcript(take: View) -> rx.Component:
    return ui.section_card(
        "Transcript",
        rx.cond(AnswerState.editing, _editor(take), _words(take)),
        heading_id="sec-transcript",
        lead=choose(
            take.timed & (take.audio_src != ""),
            "Press a word to hear it. A dotted line: the recogniser was not sure.",
            "",
        ),
        action=rx.cond(
            _HEAD.can_undo & ~AnswerState.editing,
            ui.button(
                "Undo correction", size="s", icon_name="rotate-ccw", on_click=AnswerState.undo
            ),
            rx.fragment(),
        ),
    )


def _words(take: View) -> rx.Component:
    return rx.fragment(
        rx.cond(
            take.marks.length() > 0,
            rx.el.div(rx.foreach(take.marks, mark_legend), class_name="legend leg2"),
            rx.fragment(),
        ),
        rx.cond(
            take.timed,
            ui.timeline_words(
                take.player_id,
                audible=take.audio_src != "",
                class_name=choose(take.draft, "tentative", ""),
            ),
            rx.cond(
                take.pieces.length() > 0,
                rx.el.p(
                    rx.foreach(take.pieces, marked_piece),
                    class_name=choose(take.draft, "tx tentative", "tx"),
                ),
                rx.el.p("There are no words yet.", class_name="muted"),
            ),
        ),
    )


def _editor(take: View) -> rx.Component:
    """The words in a form, where they stood."""
    return words_editor(
        AnswerState,
        take.edit_label,
        rx.cond(take.timed, ui.uncertain_words(take.player_id, "field-words"), rx.fragment()),
        rows=12,
        class_name="tx",
    )


def _loading() -> rx.Component:
    return ui.loading(
        ui.skeleton("60%", "32px"),
        ui.skeleton_stats(4),
        ui.skeleton_card(6),
        ui.skeleton_card(4),
        label="Loading the answer",
    )
