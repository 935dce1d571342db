"""The parts of an answer told as a story: situation, task, action, result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from interview_coach.ui.links import plain_link
from interview_coach.ui.values import Text, View, each, maybe

StarState = Literal["clear", "thin", "missing"]

_LOOKS: dict[str, str] = {"clear": "p2", "thin": "p1", "missing": "p0"}
_PARTS: tuple[tuple[str, str], ...] = (
    ("S", "situation"),
    ("T", "task"),
    ("A", "action"),
    ("R", "result"),
)


@dataclass(frozen=True)
class StarView:
    """How much of each part an answer holds. `spoken` reads it aloud in one sentence."""

    situation: StarState
    task: StarState
    action: StarState
    result: StarState
    spoken: str


@dataclass(frozen=True)
class StarRow:
    """One part with its remark, the time where it stands, and the link there."""

    letter: str
    state: StarState
    text: str
    at_text: str = ""
    at_href: str = ""


def star_view(
    situation: StarState, task: StarState, action: StarState, result: StarState
) -> StarView:
    """Return the view of the four parts."""
    spoken = f"Situation {situation}, task {task}, action {action}, result {result}"
    return StarView(situation, task, action, result, spoken)


def pip(letter: Text, state: Text) -> rx.Component:
    """Return one letter: filled when clear, light when thin, struck when missing."""
    look: Any = (
        rx.match(state, *_LOOKS.items(), "p0") if isinstance(state, rx.Var) else _LOOKS[state]
    )
    return rx.el.span(letter, class_name=f"pip {look}", aria_hidden="true")


def star_pips(view: View) -> rx.Component:
    """Return the four letters; `view` is a StarView or a Var of one."""
    return rx.el.span(
        *(pip(letter, getattr(view, part)) for letter, part in _PARTS),
        role="img",
        aria_label=view.spoken,
        class_name="pips",
    )


def star_legend() -> rx.Component:
    """Return what the looks of the letters mean."""
    return rx.el.div(
        rx.el.span(pip("S", "clear"), "clear"),
        rx.el.span(pip("T", "thin"), "thin"),
        rx.el.span(pip("R", "missing"), "missing"),
        class_name="legend hide-phone",
    )


def star_rows(rows: Any) -> rx.Component:
    """Return the parts with remarks and times; a sequence of StarRow or a Var of a list."""

    def one(row: View) -> rx.Component:
        said = plain_link(row.at_text, href=row.at_href, class_name="at")
        missing = rx.el.span("not said", class_name="small muted nowrap")
        at = maybe(row.at_text, lambda: said)
        return rx.el.li(
            pip(row.letter, row.state),
            rx.el.span(row.text, class_name="grow"),
            at,
            maybe(row.state == "missing", lambda: missing),
            class_name="row row-3",
        )

    return rx.el.ul(*each(rows, one), class_name="rows star")
