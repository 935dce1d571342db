"""Settings: taking one's data along, and deleting the account."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.schemas import MAX_PASSWORD
from interview_coach.accounts.settings_state import SettingsState
from interview_coach.accounts.settings_view import EXPORTS
from interview_coach.ui.values import choose

_SETTINGS: Any = SettingsState

_LOOK_EVERY_SECONDS = 2.0
_GOES = (
    "your profile, picture, preferences and tokens",
    "every interview, recording, transcript, score and correction",
    "exports you made, and work that still waits",
)


def data_section() -> rx.Component:
    """The export: making one, watching it, fetching it."""
    return ui.section_card(
        "Your data",
        ui.page_clock(_LOOK_EVERY_SECONDS, running=_SETTINGS.making, on_tick=_SETTINGS.refresh),
        rx.cond(
            _SETTINGS.exports,
            ui.rows(
                rx.foreach(_SETTINGS.exports, _export), class_name="settings-rows", role="list"
            ),
            rx.fragment(),
        ),
        rx.el.p(
            choose(_SETTINGS.making, "Your export is being made.", ""),
            role="status",
            class_name="sr",
        ),
        rx.cond(
            _SETTINGS.making,
            rx.fragment(),
            rx.el.div(
                ui.request_button(
                    "Make an export",
                    EXPORTS,
                    size="m",
                    busy_label="Starting",
                    focus_after="data",
                    on_done=_SETTINGS.refresh,
                ),
                class_name="row",
            ),
        ),
        heading_id="data",
        lead=(
            "A zip file with everything there is of you: profile, interviews, transcripts and "
            "scores as JSON, and your recordings as sound files."
        ),
        class_name="settings-card",
    )


def _export(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(row.pending, ui.icon("loader", spin=True), ui.icon("file-down")),
            class_name="muted",
        ),
        rx.el.span(
            rx.el.span(
                choose(
                    row.pending,
                    "Being made. You can leave this page.",
                    choose(
                        row.failed,
                        "Not made",
                        choose(row.ready, "Ready", "Its time is over"),
                    ),
                ),
                class_name="strong blk",
            ),
            rx.el.span(
                ui.ago(row.made_at),
                rx.cond(row.note, rx.fragment(", ", row.note), rx.fragment()),
                rx.cond(
                    row.ready & (row.expires_at != ""),
                    rx.fragment(", deleted ", ui.ago(row.expires_at)),
                    rx.fragment(),
                ),
                class_name="small muted blk",
            ),
            class_name="grow",
        ),
        rx.cond(
            row.ready,
            ui.plain_link(
                ui.icon("download", size="s"),
                "Download",
                href=row.href,
                download=True,
                class_name="btn btn-s",
            ),
            rx.fragment(),
        ),
        class_name="drl",
        key=row.id,
    )


def danger_section() -> rx.Component:
    """Deleting the account, behind the password."""
    return ui.section_card(
        "Delete account",
        rx.el.div(
            ui.open_dialog(
                "Delete my account",
                "Delete your account?",
                rx.el.div(
                    rx.el.p("This goes at once and cannot come back:"),
                    rx.el.ul(*(rx.el.li(words) for words in _GOES), class_name="goes"),
                    rx.el.p(
                        "What stays is a record that an account was deleted, without your name, "
                        "and backups of this server until they are replaced.",
                        class_name="muted",
                    ),
                    class_name="stack stack-2",
                ),
                ui.page_form(
                    ui.form_account(_SETTINGS.account.email),
                    ui.form_field(
                        "Your password",
                        "password",
                        kind="password",
                        auto_complete="current-password",
                        required=True,
                        max_length=MAX_PASSWORD,
                    ),
                    ui.submit_button("Delete everything", "Deleting", kind="danger"),
                    action="/api/v1/users/me",
                    method="DELETE",
                    next_path="/login?told=deleted",
                    label="Delete the account",
                ),
                kind="danger",
            ),
            class_name="row",
        ),
        heading_id="delete",
        lead="With everything in it, on all devices. Make an export first if you want to keep it.",
        class_name="settings-card",
    )
