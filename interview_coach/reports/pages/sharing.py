"""Sharing on the results page: the link there is, a new one, and what readers said."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.reports.pages.comments import comment_list
from interview_coach.reports.state import SharingState
from interview_coach.ui.values import choose

_SHARING: Any = SharingState.sharing
_STATE: Any = SharingState
_DAYS = (("7", "7 days"), ("14", "14 days"), ("30", "30 days"), ("90", "90 days"))
_HIDE = (
    ("name", "My name"),
    ("recordings", "Recordings"),
    ("transcripts", "Transcripts, quotes, recordings and feedback"),
    ("scores", "Scores"),
    ("feedback", "Feedback"),
)


def sharing() -> rx.Component:
    """The section; it stands below the answers."""
    return ui.section_card(
        "Share this report",
        rx.el.div(
            rx.cond(_SHARING.open, _open_link(), rx.fragment()),
            _make(),
            rx.cond(_SHARING.comments.length() > 0, _comments(), rx.fragment()),
            class_name="stack",
        ),
        heading_id="share",
        lead=(
            "With the link anybody can read it, without an account, until it runs out or you take "
            "it back. It cannot be found by search engines. What is said in a transcript may "
            "still tell who you are."
        ),
    )


def _open_link() -> rx.Component:
    end = ui.request_button(
        "Take the link back",
        _SHARING.share_path,
        method="DELETE",
        busy_label="Taking it back",
        danger=True,
        ask=("Take the link back?", "It stops working at once. Comments stay here."),
        focus_after="share",
        on_done=_STATE.load,
    )
    return ui.alert(
        "A link to this report works",
        rx.el.p(
            "It runs out ",
            ui.ago(_SHARING.until),
            ". Hidden: ",
            choose(_SHARING.hides, _SHARING.hides, "nothing"),
            ". ",
            choose(_SHARING.comments_open, "Readers may comment.", "Nobody can comment."),
            class_name="muted",
        ),
        kind="info",
        icon_name="share-2",
        actions=(end,),
    )


def _make() -> rx.Component:
    return ui.stay_form(
        ui.form_part(
            "open",
            ui.form_select("Works for", "days", _DAYS, default_value="14"),
            ui.form_boxes("Hide", "hidden", _HIDE, default=("name", "recordings")),
            ui.form_switch("Readers may comment", "comments"),
            rx.el.div(
                ui.submit_button("Make a link", "Making it", kind="soft", wide=False),
                rx.cond(
                    _SHARING.open,
                    rx.el.span(
                        "The link you have given away stops working.", class_name="muted small"
                    ),
                    rx.fragment(),
                ),
                class_name="row row-3 wrap",
            ),
            class_name="stack stack-3",
        ),
        ui.form_part(
            "done",
            ui.form_secret(
                "url",
                "Your link",
                help_text="It is shown this once: only a digest of it is kept.",
                done_label="I have copied it",
            ),
        ),
        action=_SHARING.share_path,
        label="Make a link to this report",
        class_name="sunken token-form",
        on_done=_STATE.load,
    )


def _comments() -> rx.Component:
    return rx.el.section(
        rx.el.h3("What readers said"),
        comment_list(_SHARING.comments, on_dropped=_STATE.load),
        class_name="stack stack-2",
    )
