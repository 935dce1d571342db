"""The page on which an administrator edits a question of the bank."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.navigation import signed_in_page
from interview_coach.operations.admin_parts import not_allowed, places
from interview_coach.operations.question_state import QuestionState
from interview_coach.operations.question_view import (
    FOLLOW_UP_KINDS,
    FOLLOW_UPS,
    KEY_POINTS,
    LEVELS,
)
from interview_coach.ui.values import View

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_STATE: Any = QuestionState
_HEAD: Any = QuestionState.head
_LIST = "/admin/questions"


def question() -> rx.Component:
    """A question of the bank: its fields, its versions, retiring it and bringing it back."""
    return signed_in_page(
        rx.el.div(
            ui.page_head(
                "Question",
                rx.cond(_STATE.loaded, _HEAD.lead, ""),
                crumbs=(("Questions", _LIST), (_HEAD.id, "")),
            ),
            rx.cond(
                _STATE.refused,
                not_allowed(),
                rx.fragment(
                    places(_LIST),
                    rx.cond(
                        _STATE.loaded,
                        rx.fragment(_form(), _standing(), _versions()),
                        rx.cond(
                            _STATE.problem,
                            ui.load_failed(text=_STATE.problem, on_retry=QuestionState.load),
                            ui.loading(ui.skeleton_rows(8)),
                        ),
                    ),
                ),
            ),
            class_name="stack stack-6",
        ),
        current="/admin",
    )


def _form() -> rx.Component:
    return ui.section_card(
        "Content",
        ui.stay_form(
            ui.form_field("Question", "text", rows=2, required=True, max_length=400),
            ui.form_field(
                "Why it is asked", "why", required=True, max_length=400, help_text="One sentence."
            ),
            _place_and_measure(),
            _group(
                "Key points",
                "4 to 7. Under each what a good speaker would say: 3 to 8 phrases, one a line.",
                *(_key_point(place) for place in range(KEY_POINTS)),
            ),
            rx.el.div(
                ui.form_field(
                    "Red flags", "red_flags", rows=3, lines=True, help_text="2 or 3, one a line."
                ),
                ui.form_field("Tips", "tips", rows=3, lines=True, help_text="2 or 3, one a line."),
                class_name="field-grid",
            ),
            _group(
                "Follow-ups",
                "2 or 3, each of another kind.",
                *(_follow_up(place) for place in range(FOLLOW_UPS)),
            ),
            ui.save_row("Publish as a new version", "Publishing"),
            action=_HEAD.path,
            method="PUT",
            label="Content of the question",
            done="Published",
            values=_STATE.values,
            extra={"revision": _HEAD.revision},
            on_done=QuestionState.refresh,
        ),
        lead="Interviews keep the version they asked. The rules are those of the data files.",
        class_name="settings-card",
    )


def _place_and_measure() -> rx.Component:
    return rx.el.div(
        ui.form_field(
            "Track",
            "track",
            required=True,
            max_length=40,
            help_text=rx.Var.create("One of: ") + _HEAD.tracks,
        ),
        ui.form_select("Level", "difficulty", LEVELS),
        ui.form_field(
            "Time guide in seconds",
            "time_guide_seconds",
            kind="number",
            min=30,
            max=900,
            required=True,
        ),
        ui.form_field(
            "Competencies",
            "competencies",
            rows=3,
            lines=True,
            help_text="One a line, named as other questions name them.",
        ),
        class_name="field-grid",
    )


def _group(title: str, text: str, *fields: rx.Component) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(title, class_name="strong"),
        rx.el.p(text, class_name="small muted"),
        *fields,
        class_name="stack stack-3 plain-set",
    )


def _key_point(place: int) -> rx.Component:
    name = f"key_points.{place}"
    return rx.el.div(
        ui.form_field(f"Point {place + 1}", f"{name}.text", max_length=400),
        ui.form_field(f"Phrases of point {place + 1}", f"{name}.phrases", rows=3, lines=True),
        class_name="field-grid",
    )


def _follow_up(place: int) -> rx.Component:
    name = f"follow_ups.{place}"
    return rx.el.div(
        ui.form_select(f"Kind of follow-up {place + 1}", f"{name}.kind", FOLLOW_UP_KINDS),
        ui.form_field(f"Follow-up {place + 1}", f"{name}.text", max_length=400),
        class_name="field-grid",
    )


def _standing() -> rx.Component:
    return ui.section_card(
        "In the bank",
        rx.el.div(
            rx.cond(
                _HEAD.active,
                _button(
                    "Retire",
                    "retire",
                    "Retire this question?",
                    "It is asked no more. Interviews that asked it keep it.",
                    danger=True,
                ),
                _button("Bring back", "restore", "Bring this question back?", "It is asked again."),
            ),
            rx.cond(
                _HEAD.edited,
                _button(
                    "Take the data files' version",
                    "reset",
                    "Take the data files' version?",
                    "It becomes a new version, and seeding looks after the question again.",
                ),
                rx.fragment(),
            ),
            class_name="row wrap",
        ),
        lead="Seeding leaves what is edited here alone, and tells when the data files differ.",
        heading_id="question-standing",
    )


def _button(label: str, step: str, ask: str, text: str, **props: Any) -> rx.Component:
    return ui.request_button(
        label,
        _HEAD.path + f"/{step}",
        ask=(ask, text),
        focus_after="question-standing",
        on_done=QuestionState.refresh,
        **props,
    )


def _versions() -> rx.Component:
    return ui.section_card(
        "Versions",
        ui.rows(rx.foreach(_STATE.versions, _version), class_name="settings-rows"),
    )


def _version(row: View) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.title, class_name="strong blk"),
            rx.el.span(row.note, class_name="small muted blk"),
            rx.el.span(row.text, class_name="small blk"),
            class_name="grow",
        ),
        rx.el.span(ui.ago(row.moment), class_name="small muted"),
        class_name="drl",
        key=row.title,
    )
