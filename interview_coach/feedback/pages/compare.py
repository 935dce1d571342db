"""Takes side by side: two players, measures, what was fixed, and what changed in the words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.ui.times import moment
from interview_coach.ui.values import View, choose

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = AnswerState
_HEAD: Any = AnswerState.head
_ALL_FIXED: View = "Nothing: all of it is fixed."
_NOT_TOLD: View = "Nothing that a measure could tell."


def takes() -> rx.Component:
    """The section; nothing where there is only one take."""
    return rx.fragment(rx.foreach(_STATE.compared, _compared))


def _compared(view: View) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2("Takes side by side", id="sec-takes"),
                rx.el.p(view.title, ". ", _HEAD.counts),
            ),
            rx.cond(
                view.choices.length() > 1,
                rx.el.div(
                    rx.foreach(view.choices, _choice),
                    role="group",
                    aria_label="Compare with",
                    class_name="seg seg-s",
                ),
                rx.fragment(),
            ),
            class_name="card-head",
        ),
        rx.el.div(_side(view.before), _side(view.after), class_name="tk2"),
        rx.el.div(_table(view), _words_and_advice(view), class_name="cmpg"),
        aria_labelledby="sec-takes",
        class_name="card card-0",
    )


def _choice(one: View) -> rx.Component:
    return rx.el.button(
        one.title,
        type="button",
        aria_pressed=choose(one.chosen, "true", "false"),
        on_click=_STATE.compare_with(one.answer_id),
    )


def _side(side: View) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(
                ui.link(side.title, href=side.href, class_name="strong"),
                " ",
                rx.el.span(moment(side.moment), class_name="small muted"),
            ),
            ui.score_with_range(side.score),
            class_name="row between wrap",
        ),
        rx.cond(
            side.audio_src,
            ui.audio_player(
                side.audio_src,
                label=side.audio_label,
                player_id=side.player_id,
                peaks=side.peaks,
                duration=side.duration,
            ),
            rx.el.p("There is no sound to play.", class_name="small muted"),
        ),
        rx.el.p(side.title, " ", side.note, ".", class_name="small muted"),
        class_name="take",
    )


def _table(view: View) -> rx.Component:
    def row(one: View) -> rx.Component:
        return rx.el.tr(
            rx.el.th(one.label, scope="row"),
            rx.el.td(one.before, class_name="num right muted"),
            rx.el.td(one.after, class_name="num right strong"),
            rx.el.td(one.change, class_name="num right"),
            rx.el.td(
                rx.match(
                    one.band,
                    ("good", ui.verdict("good", one.word, small=True)),
                    ("bad", ui.verdict("bad", one.word, small=True)),
                    rx.el.span(one.word, class_name="small muted"),
                )
            ),
        )

    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Measure", scope="col"),
                    rx.el.th(view.before.title, scope="col", class_name="right"),
                    rx.el.th(view.after.title, scope="col", class_name="right"),
                    rx.el.th("Change", scope="col", class_name="right"),
                    rx.el.th(rx.el.span("Verdict", class_name="sr"), scope="col"),
                )
            ),
            rx.el.tbody(rx.foreach(view.rows, row)),
            class_name="tbl cmp-tbl",
        ),
        class_name="cmp-left",
        tab_index=0,
        role="region",
        aria_label="Measures of both takes",
    )


def _words_and_advice(view: View) -> rx.Component:
    return rx.el.div(
        rx.cond(
            view.advised,
            rx.fragment(
                _settled("Fixed", view.fixed, "good", "Nothing of the earlier advice yet."),
                _settled(
                    "Still missing",
                    view.missing,
                    "mid",
                    rx.cond(view.fixed.length() > 0, _ALL_FIXED, _NOT_TOLD),
                ),
                rx.cond(
                    view.unknown.length() > 0,
                    _settled("Cannot be told", view.unknown, "none", ""),
                    rx.fragment(),
                ),
            ),
            rx.el.p("There was no advice on the earlier take.", class_name="muted"),
        ),
        rx.el.div(
            rx.el.h3("What changed in the words"),
            rx.cond(
                view.reworded,
                rx.el.p(rx.foreach(view.words, _stretch), class_name="cmp-words"),
                rx.el.p("Nothing: the words are the same.", class_name="small muted"),
            ),
        ),
    )


def _settled(title: str, lines: Any, band: str, none: Any) -> rx.Component:
    def one(line: View) -> rx.Component:
        return rx.el.li(
            ui.verdict(band, ""),
            rx.el.span(
                line.text,
                rx.cond(
                    line.note, rx.el.span(line.note, class_name="small muted blk"), rx.fragment()
                ),
            ),
        )

    return rx.el.div(
        rx.el.h3(title),
        rx.cond(
            lines.length() > 0,
            rx.el.ul(rx.foreach(lines, one), class_name="fx"),
            rx.el.p(none, class_name="small muted"),
        ),
    )


def _stretch(one: View) -> Any:
    return rx.match(
        one.change,
        ("out", rx.fragment(rx.el.del_(one.text), " ")),
        ("in", rx.fragment(rx.el.ins(one.text), " ")),
        rx.fragment(one.text, " "),
    )
