"""A stronger version of one's own answer: asked for, waited for, read, copied."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.feedback.version_state import VersionState
from interview_coach.ui.values import View

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_VERSIONS: Any = VersionState


def own_version(take: View) -> rx.Component:
    """The folded part under an answer that has a score."""
    return rx.el.details(
        rx.el.summary("A stronger version of your own answer", ui.icon("chevron-down", size="s")),
        rx.el.div(_version(take), class_name="version"),
        class_name="fold fold-in",
    )


def version_card(take: View) -> rx.Component:
    """The same as a card of its own, on the page of the answer."""
    return ui.section_card(
        "A stronger version", _version(take), lead="Of your own answer, in your own words."
    )


def _version(take: View) -> rx.Component:
    return rx.el.div(
        rx.cond(
            _VERSIONS.problem_at == take.answer_id,
            ui.alert(
                "It could not be made",
                _VERSIONS.problem,
                kind="bad",
                urgent=True,
                actions=(_write(take, "Try again"),),
            ),
            rx.fragment(),
        ),
        rx.cond(
            _VERSIONS.versions.contains(take.answer_id),
            _shown(_VERSIONS.versions[take.answer_id], take),
            rx.el.div(
                rx.el.p(
                    "Your own sentences in the order of a good answer, without fillers and "
                    "repeats. What is missing stands as a gap; nothing is made up."
                ),
                rx.el.div(_write(take, "Make it", kind="primary")),
                class_name="stack stack-3",
            ),
        ),
        class_name="stack stack-3",
    )


def _write(take: View, label: str, *, kind: Any = "default") -> rx.Component:
    return ui.button(
        label,
        size="s",
        kind=kind,
        icon_name="refresh-cw" if kind == "default" else "pencil",
        on_click=_VERSIONS.write(take.answer_id),
    )


def _shown(version: View, take: View) -> rx.Component:
    return rx.cond(
        version.writing,
        ui.alert("It is being written", version.wait, kind="info", icon_name="cpu", role="status"),
        rx.fragment(
            rx.cond(
                version.problem,
                ui.alert(
                    "Made on this machine instead",
                    version.problem,
                    kind="mid",
                    actions=(_write(take, "Ask again"),),
                ),
                rx.fragment(),
            ),
            rx.cond(
                version.old,
                ui.alert(
                    "You have corrected your words since",
                    "This version rests on the words before.",
                    kind="mid",
                    actions=(_write(take, "Make it anew"),),
                ),
                rx.fragment(),
            ),
            rx.el.p(rx.foreach(version.pieces, _piece), class_name="tx", role="status"),
            rx.el.p(version.gaps, class_name="small muted"),
            rx.cond(
                version.missing.length() > 0,
                rx.el.div(
                    rx.el.p("A good answer also says:", class_name="small strong"),
                    rx.el.ul(
                        rx.foreach(version.missing, lambda text: rx.el.li(text)),
                        class_name="bank-list small",
                    ),
                ),
                rx.fragment(),
            ),
            rx.el.div(
                ui.copy_button(version.text, size="s"),
                rx.el.span(version.writer, class_name="small muted grow"),
                class_name="row row-3 wrap",
            ),
        ),
    )


def _piece(piece: View) -> rx.Component:
    return rx.cond(
        piece.gap, rx.el.mark(piece.text, class_name="gap-mark"), rx.fragment(piece.text)
    )
