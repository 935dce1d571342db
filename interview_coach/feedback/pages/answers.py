"""The answers of a report: one row a question, which opens on everything about its take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.pages.editor import rough_transcript, words_editor
from interview_coach.feedback.pages.take import take_body
from interview_coach.feedback.state import ResultsState
from interview_coach.ui.values import View

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = ResultsState


def answers() -> rx.Component:
    """The list of questions with their answers."""
    return answer_card(ResultsState.questions, _under, figures, action=ui.star_legend())


def answer_card(
    questions: Any,
    under: Callable[[View, Any], tuple[rx.Component, ...]],
    at_right: Callable[[Any], rx.Component],
    **props: Any,
) -> rx.Component:
    """One row a question. under: what stands below the row of a question's take; at_right: what
    its row ends with."""

    def answered(question: View, take: Any) -> rx.Component:
        return rx.fragment(_row(question, take, at_right(take)), *under(question, take))

    def row(question: View) -> rx.Component:
        return rx.cond(
            question.shown.length() > 0,
            rx.foreach(question.shown, lambda take: answered(question, take)),
            rx.el.div(
                rx.el.span(question.number, class_name="qn num"),
                rx.el.span(question.text, class_name="grow strong"),
                rx.el.span(question.gap, class_name="muted nowrap"),
                class_name="qc qc-gap",
            ),
        )

    return ui.section_card(
        "Answers",
        rx.el.ul(
            rx.foreach(questions, lambda one: rx.el.li(row(one), key=one.question_id)),
            class_name="rows answers",
        ),
        flush=True,
        **props,
    )


def _row(question: View, take: Any, at_right: rx.Component) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(question.number, class_name="qn num"),
            rx.el.span(
                rx.el.span(question.text, class_name="strong"),
                rx.el.span(take.meta, class_name="muted small"),
                class_name="grow qt",
            ),
            rx.cond(take.has_story, ui.star_pips(take.pips), rx.el.span(class_name="pips")),
            at_right,
            ui.icon("chevron-down", size="s"),
            class_name="qc",
        ),
        open=question.opened,
        class_name="answer",
        id=f"question-{question.number}",
    )


def _under(question: View, take: Any) -> tuple[rx.Component, ...]:
    # Beside the disclosure, not in it: what needs attention stands there also when it is closed.
    # A rule of results.css hides the body then.
    return (
        _attention(take),
        rx.el.div(take_body(take), _others(question), class_name="answer-body"),
    )


def figures(take: View) -> rx.Component:
    """Score with range and verdict, or how far the analysis is."""
    return rx.cond(
        take.status,
        rx.el.span(_status(take), class_name="qstate"),
        rx.fragment(
            ui.score_with_range(take.score),
            rx.el.span(
                rx.cond(
                    take.score.scored,
                    ui.verdict_of(take.score, small=True),
                    ui.verdict("none", "Not scored", small=True),
                ),
                class_name="qv",
            ),
        ),
    )


def _status(take: View) -> rx.Component:
    """The status as a badge; a change is read aloud."""
    return rx.el.span(
        rx.match(
            take.state,
            ("busy", ui.badge(take.status, kind="accent", icon_name="loader", spin=True)),
            ("failed", ui.badge(take.status, kind="bad", icon_name="circle-x")),
            ("needs_text", ui.badge(take.status, kind="mid", icon_name="triangle-alert")),
            ui.badge(take.status, kind="line"),
        ),
        role="status",
    )


def _attention(take: View) -> rx.Component:
    """What the candidate should do about this answer; it stands whether the row is open or not."""
    return rx.cond(
        ResultsState.editing == take.answer_id,
        rx.el.div(words_editor(ResultsState, take.edit_label, rows=10), class_name="attention"),
        rx.match(
            take.state,
            ("failed", _attend(_problem(take, kind="bad"))),
            ("needs_text", _attend(_problem(take, kind="mid"))),
            ("recording", _attend(_unfinished(take))),
            ("busy", _attend(_progress(take))),
            rx.cond(take.draft, _attend(_rough(take)), rx.fragment()),
        ),
    )


def _attend(child: rx.Component) -> rx.Component:
    return rx.el.div(child, class_name="attention")


def _progress(take: View) -> rx.Component:
    return rx.cond(take.percent >= 0, ui.progress_bar(take.percent, "Analysis"), rx.fragment())


def _problem(take: View, *, kind: View) -> rx.Component:
    return ui.alert(
        take.problem_title,
        take.problem,
        kind=kind,
        actions=(
            ui.button(
                "Try again",
                size="s",
                icon_name="refresh-cw",
                on_click=_STATE.retry(take.answer_id),
            ),
            _edit_button(take, kind="default"),
        ),
    )


def _unfinished(take: View) -> rx.Component:
    return ui.alert(take.problem_title, take.problem, kind="mid")


def _rough(take: View) -> rx.Component:
    return rough_transcript(_edit_button(take, kind="default"))


def _edit_button(take: View, *, kind: Any) -> rx.Component:
    return ui.button(
        take.edit_label,
        size="s",
        kind=kind,
        icon_name="pencil",
        on_click=_STATE.edit(take.answer_id),
    )


def _others(question: View) -> rx.Component:
    """The other takes of the question; one can be brought to the front."""
    return rx.cond(
        question.others.length() > 0,
        rx.el.section(
            rx.el.h3("Other takes"),
            rx.el.ul(
                rx.foreach(question.others, lambda row: _other(question, row)), class_name="rows"
            ),
            class_name="stack stack-2",
        ),
        rx.fragment(),
    )


def _other(question: View, row: View) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.title, class_name="strong blk"),
            rx.el.span(row.note, class_name="small muted"),
            class_name="grow",
        ),
        rx.cond(
            row.status,
            ui.badge(row.status, kind="line"),
            rx.fragment(
                ui.score_with_range(row.score),
                rx.cond(
                    row.score.scored,
                    ui.verdict_of(row.score, small=True),
                    ui.verdict("none", "Not scored", small=True),
                ),
            ),
        ),
        ui.button(
            "Show",
            size="s",
            aria_label=f"Show {row.title}",
            on_click=_STATE.show_take(question.question_id, row.answer_id),
        ),
        class_name="row row-3 wrap other",
    )
