"""One take in full: scores, sound, words with their marks, evidence, measures."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.pages.parts import parts_fold
from interview_coach.feedback.pages.version import own_version
from interview_coach.feedback.state import ResultsState
from interview_coach.ui.values import View, choose

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = ResultsState

# Each mark of a transcript has one form.
_MARKS = (
    ("fill", "fill"),
    ("probable", "fill-p"),
    ("repeat", "rep"),
    ("hedge", "hedge"),
    ("low", "low"),
    ("pause", "pz"),
)


def take_body(take: View, *, own: bool = True) -> rx.Component:
    """Everything about a take, under its row. own: its candidate looks at it and may change it."""
    return rx.fragment(
        rx.cond(take.scores.length() > 0, take_scores(take), rx.fragment()),
        rx.foreach(take.flags, lambda text: ui.alert(text, kind="info")),
        rx.cond(take.audio_src, _player(take), rx.fragment()),
        rx.cond(
            take.href,
            rx.el.p(
                ui.link_button(
                    choose(take.timed, "Under the microscope", "Open this answer"),
                    take.href,
                    size="s",
                    icon_name="search",
                )
            ),
            rx.fragment(),
        ),
        rx.cond(take.sound_note, rx.el.p(take.sound_note, class_name="small muted"), rx.fragment()),
        rx.el.div(
            rx.el.div(
                rx.cond(take.pieces.length() > 0, _transcript(take, own=own), rx.fragment()),
                rx.cond(take.has_story, take_points("Story", "", take.story, take), rx.fragment()),
                rx.cond(
                    take.points.length() > 0,
                    take_points("Key points", take.points_note, take.points, take),
                    rx.fragment(),
                ),
                rx.cond(take.evidence.length() > 0, take_evidence(take), rx.fragment()),
                class_name="stack stack-6",
            ),
            rx.el.div(
                rx.cond(take.measures.length() > 0, take_measures(take), rx.fragment()),
                class_name="stack stack-6 answer-side",
            ),
            class_name="answer-cols",
        ),
        rx.cond(take.score.scored, own_version(take), rx.fragment()) if own else rx.fragment(),
        rx.cond(
            take.parts.length() > 0,
            parts_fold("How this score adds up", take.parts, class_name="fold fold-in"),
            rx.fragment(),
        ),
    )


def take_scores(take: View) -> rx.Component:
    """The four scores of the take, small."""

    return rx.el.div(rx.foreach(take.scores, score_cell), class_name="minis")


def score_cell(view: Any) -> rx.Component:
    """One of the four scores: its value, range and verdict."""
    return rx.el.div(
        rx.el.div(
            rx.el.span(view.name, class_name="muted"),
            rx.el.b(view.value_text, class_name="mini-n num"),
            class_name="row between",
        ),
        ui.range_bar(view),
        rx.el.div(
            ui.verdict_of(view, small=True),
            rx.el.span(view.range_text, class_name="small muted nowrap"),
            class_name="row between wrap",
        ),
        class_name="mini",
    )


def _player(take: View) -> rx.Component:
    return rx.el.div(
        ui.audio_player(
            take.audio_src,
            label=take.audio_label,
            player_id=take.player_id,
            duration=take.duration,
        ),
        rx.cond(
            take.captions_href,
            ui.plain_link(
                "Captions (SRT)",
                href=take.captions_href,
                download="",
                class_name="small",
            ),
            rx.fragment(),
        ),
        class_name="sunken answer-player",
    )


def _transcript(take: View, *, own: bool) -> rx.Component:
    edit = ui.button(
        take.edit_label,
        size="s",
        kind="ghost",
        icon_name="pencil",
        on_click=_STATE.edit(take.answer_id),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h3("Transcript"),
            *([rx.cond(take.audio_src, edit, rx.fragment())] if own else []),
            class_name="row between wrap",
        ),
        rx.cond(
            take.source, rx.el.p("Words: ", take.source, class_name="small muted"), rx.fragment()
        ),
        rx.cond(
            take.marks.length() > 0,
            rx.el.div(rx.foreach(take.marks, mark_legend), class_name="legend leg2"),
            rx.fragment(),
        ),
        rx.el.p(
            rx.foreach(take.pieces, marked_piece),
            class_name=choose(take.draft, "tx tentative", "tx"),
        ),
        class_name="stack stack-2",
    )


def mark_legend(mark: View) -> rx.Component:
    """A mark and how often it stands in the transcript."""
    return rx.el.span(
        rx.el.span(mark.sample, class_name=rx.match(mark.kind, *_MARKS, ""), aria_hidden="true"),
        mark.text,
    )


def marked_piece(piece: View) -> rx.Component:
    """A run of the transcript under its mark."""
    return rx.cond(
        piece.kind == "plain",
        rx.fragment(piece.text),
        rx.el.span(piece.text, class_name=rx.match(piece.kind, *_MARKS, ""), title=piece.title),
    )


def take_quote(quote: View, take: View) -> rx.Component:
    """Words of the transcript; their time plays the recording from there."""
    return rx.el.span(
        rx.el.q(quote.text, class_name="q"),
        rx.cond(
            (quote.at_text != "") & (take.audio_src != ""),
            ui.play_at(take.player_id, quote.seconds, quote.at_text),
            rx.fragment(),
        ),
        class_name="quote",
    )


def take_points(title: str, note: View, points: Any, take: View) -> rx.Component:
    """What an answer should hold: clear, thin or missing, each with the words that show it."""

    def one(point: View) -> rx.Component:
        return rx.el.li(
            rx.cond(
                point.letter,
                ui.pip(point.letter, point.state),
                rx.match(
                    point.state,
                    ("clear", ui.verdict("good", "", small=True)),
                    ("thin", ui.verdict("mid", "", small=True)),
                    ui.verdict("none", "", small=True),
                ),
            ),
            rx.el.div(
                rx.el.span(
                    rx.el.span(point.text, class_name="strong"),
                    " ",
                    rx.el.span(point.word, class_name="small muted nowrap"),
                ),
                rx.foreach(point.quotes, lambda quote: take_quote(quote, take)),
                class_name="grow stack stack-1",
            ),
            class_name="row row-3 point",
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h3(title), rx.el.span(note, class_name="small muted"), class_name="row between"
        ),
        rx.el.ul(rx.foreach(points, one), class_name="rows"),
        class_name="stack stack-1",
    )


def take_evidence(take: View) -> rx.Component:
    """What else was counted, in the candidate's own words."""

    def group(row: View) -> rx.Component:
        return rx.el.div(
            rx.el.dt(row.label, class_name="muted"),
            rx.el.dd(
                rx.foreach(row.quotes, lambda quote: take_quote(quote, take)), class_name="quotes"
            ),
            class_name="evidence",
        )

    return rx.el.section(
        rx.el.h3("Evidence"),
        rx.el.dl(rx.foreach(take.evidence, group)),
        class_name="stack stack-2",
    )


def take_measures(take: View) -> rx.Component:
    """The measures behind the scores, each on the line it is scored by."""

    def row(measure: View) -> rx.Component:
        return rx.el.li(
            rx.cond(
                measure.heading,
                rx.el.div(measure.heading, class_name="small muted measure-head"),
                rx.fragment(),
            ),
            rx.el.div(
                rx.el.span(
                    measure.label,
                    rx.cond(
                        measure.note,
                        rx.el.small(measure.note, class_name="muted blk"),
                        rx.fragment(),
                    ),
                ),
                rx.el.b(measure.value, class_name="num nowrap"),
                rx.cond(measure.bar.drawn, ui.band_bar(measure.bar), rx.fragment()),
                class_name="measure-row",
            ),
            class_name=choose(measure.heading, "measure first", "measure"),
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h3("Measures"),
            rx.cond(
                take.banded,
                rx.el.p(
                    "The upright line is you. Green is strong, red needs work.",
                    class_name="small muted",
                ),
                rx.fragment(),
            ),
        ),
        rx.el.ul(rx.foreach(take.measures, row), class_name="measures"),
        rx.el.p(
            ui.link("How each becomes points", href="/how-scoring-works"),
            class_name="small",
        ),
        class_name="stack stack-2",
    )
