"""Settings: the password, the devices that are signed in, tokens for programs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.pages.mail_links import PASSWORD_HELP
from interview_coach.accounts.schemas import MAX_PASSWORD, MIN_PASSWORD
from interview_coach.accounts.settings_state import SettingsState
from interview_coach.accounts.settings_view import SCOPES, SESSIONS, TOKENS
from interview_coach.ui.values import choose

_SETTINGS: Any = SettingsState


def password_section() -> rx.Component:
    """The form that changes the password."""
    return ui.section_card(
        "Password",
        ui.stay_form(
            ui.form_account(_SETTINGS.account.email),
            rx.el.div(
                ui.form_field(
                    "Current password",
                    "current_password",
                    kind="password",
                    auto_complete="current-password",
                    required=True,
                    max_length=MAX_PASSWORD,
                ),
                ui.form_field(
                    "New password",
                    "new_password",
                    kind="password",
                    help_text=PASSWORD_HELP,
                    auto_complete="new-password",
                    required=True,
                    min_length=MIN_PASSWORD,
                    max_length=MAX_PASSWORD,
                ),
                class_name="field-grid",
            ),
            ui.save_row("Change password", "Changing it"),
            action="/api/v1/users/me/password",
            method="PUT",
            label="Change the password",
            done="Changed. Your other devices are signed out.",
            on_done=_SETTINGS.refresh,
        ),
        heading_id="password",
        lead="A new one signs out your other devices. This one stays signed in.",
        class_name="settings-card",
    )


def devices_section() -> rx.Component:
    """The devices that are signed in, each with a way to end it."""
    return ui.section_card(
        "Devices",
        ui.rows(rx.foreach(_SETTINGS.devices, _device), class_name="settings-rows"),
        rx.cond(
            _SETTINGS.others > 0,
            rx.el.div(
                ui.request_button(
                    "Sign out all other devices",
                    SESSIONS,
                    method="DELETE",
                    size="m",
                    busy_label="Signing out",
                    danger=True,
                    ask=(
                        "Sign out all other devices?",
                        "They need the password to come back. This device stays signed in.",
                    ),
                    focus_after="devices",
                    on_done=_SETTINGS.refresh,
                ),
                class_name="row",
            ),
            rx.fragment(),
        ),
        heading_id="devices",
        lead="Where you are signed in. End what you do not know, then change the password.",
        class_name="settings-card",
    )


def _device(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(ui.icon("monitor"), class_name="muted hide-phone"),
        rx.el.span(
            rx.el.span(
                rx.el.span(row.device, class_name="strong"),
                rx.cond(row.current, ui.badge("This device", kind="accent"), rx.fragment()),
                class_name="row wrap",
            ),
            rx.el.span(
                row.address,
                ", seen ",
                ui.ago(row.seen_at),
                ", signed in ",
                ui.ago(row.since),
                class_name="small muted blk",
            ),
            class_name="grow",
        ),
        rx.cond(
            row.current,
            rx.fragment(),
            ui.request_button(
                "Sign out",
                row.end_path,
                method="DELETE",
                spoken=row.spoken,
                busy_label="Signing out",
                danger=True,
                ask=(row.question, "It needs the password to come back. Nothing is lost."),
                focus_after="devices",
                on_done=_SETTINGS.refresh,
            ),
        ),
        class_name="drl",
        key=row.id,
    )


def tokens_section() -> rx.Component:
    """Tokens for programs: the form that makes one, and those there are."""
    return ui.section_card(
        "Access tokens",
        rx.cond(
            _SETTINGS.tokens,
            ui.rows(rx.foreach(_SETTINGS.tokens, _token), class_name="settings-rows"),
            rx.el.p("There is none.", class_name="muted"),
        ),
        ui.stay_form(
            ui.form_part("open", _token_fields()),
            ui.form_part(
                "done",
                ui.form_secret(
                    "token",
                    "Your new token",
                    help_text="It is shown this once. Keep it like a password.",
                    done_label="I have kept it",
                ),
            ),
            action=TOKENS,
            label="Make an access token",
            class_name="sunken token-form",
            on_done=_SETTINGS.refresh,
        ),
        heading_id="tokens",
        lead=(
            "For programs of yours that use the REST API. A token cannot change the password, "
            "the devices or other tokens, and cannot delete the account."
        ),
        class_name="settings-card",
    )


def _token_fields() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            ui.form_field(
                "Name",
                "name",
                required=True,
                max_length=80,
                auto_complete="off",
                placeholder="Such as: backup script",
            ),
            ui.form_field(
                "Works for (days)",
                "days",
                kind="number",
                default_value="90",
                required=True,
                min=1,
                max=365,
                input_mode="numeric",
            ),
            class_name="field-grid",
        ),
        ui.form_boxes("It may", "scopes", SCOPES, default=("read",)),
        rx.el.div(
            ui.submit_button("Make a token", "Making it", kind="soft", wide=False),
            class_name="row",
        ),
    )


def _token(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.name, class_name="strong blk"),
            rx.el.span(
                "May ",
                row.allows,
                rx.cond(row.used_at, rx.fragment(", used ", ui.ago(row.used_at)), ", never used"),
                choose(row.expired, ", ended ", ", ends "),
                ui.ago(row.expires_at),
                class_name="small muted blk",
            ),
            class_name="grow",
        ),
        ui.request_button(
            "Revoke",
            row.revoke_path,
            method="DELETE",
            spoken=row.spoken,
            busy_label="Revoking",
            danger=True,
            ask=(row.question, "Programs that use it stop working at once. It cannot come back."),
            focus_after="tokens",
            on_done=_SETTINGS.refresh,
        ),
        class_name="drl",
        key=row.id,
    )
