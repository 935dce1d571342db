"""The settings: who one is, how the product shall be, what is signed in, and one's data."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.pages.settings_access import (
    devices_section,
    password_section,
    tokens_section,
)
from interview_coach.accounts.pages.settings_data import danger_section, data_section
from interview_coach.accounts.schemas import MAX_RETENTION_DAYS
from interview_coach.accounts.settings_state import SettingsState
from interview_coach.accounts.settings_view import (
    LANGUAGES,
    LEVELS,
    MOTIONS,
    SPEECH_PROFILES,
    THEMES,
    TONES,
)
from interview_coach.navigation import PREFERENCES, signed_in_page
from interview_coach.ui.values import choose

# To the type checker a state's vars are plain values; in a page they are what the browser reads.
_SETTINGS: Any = SettingsState

_ME = "/api/v1/users/me"
_MAX_PICTURE = 5 * 2**20
_SECTIONS = (
    ("Profile", "profile"),
    ("Preferences", "preferences"),
    ("Engines", "engines"),
    ("Password", "password"),
    ("Devices", "devices"),
    ("Access tokens", "tokens"),
    ("Your data", "data"),
    ("Delete account", "delete"),
)


def settings(engines: rx.Component) -> rx.Component:
    """The page of everything one can set. engines: the part on them, with the id `engines`, which
    another domain brings."""
    return signed_in_page(
        ui.page_head("Settings"),
        ui.page_return(_SETTINGS.refresh),
        rx.cond(_SETTINGS.loaded, _sections(engines), _loading()),
        current="/settings",
    )


def _sections(engines: rx.Component) -> rx.Component:
    return rx.el.div(
        ui.show_preferences(_SETTINGS.theme, _SETTINGS.motion),
        rx.el.nav(
            *(ui.plain_link(label, href=f"#{place}") for label, place in _SECTIONS),
            aria_label="Sections of the settings",
            class_name="settings-nav",
        ),
        rx.el.div(
            rx.cond(_SETTINGS.account.verified, rx.fragment(), _unconfirmed()),
            _profile(),
            _preferences(),
            engines,
            password_section(),
            devices_section(),
            tokens_section(),
            data_section(),
            danger_section(),
            class_name="stack",
        ),
        class_name="settings",
    )


def _unconfirmed() -> rx.Component:
    """Told once on this page, and nowhere else: everything works without it."""
    again = ui.request_button(
        "Send the mail again",
        "/api/v1/auth/email/send",
        busy_label="Sending",
        done="Sent. It can take some minutes.",
    )
    return ui.alert(
        "Your e-mail is not confirmed yet",
        rx.el.p(
            choose(
                _SETTINGS.account.mails,
                "Everything works. A confirmed address makes sure that a link for a new password "
                "reaches you. The mail with the link goes to ",
                "Everything works, but this server sends no mail, so a forgotten password cannot "
                "be set anew. Your address is ",
            ),
            rx.el.b(_SETTINGS.account.email),
            ".",
            class_name="muted",
        ),
        kind="info",
        actions=(rx.cond(_SETTINGS.account.mails, again, rx.fragment()),),
    )


def _profile() -> rx.Component:
    return ui.section_card(
        "Profile",
        _picture(),
        ui.stay_form(
            rx.el.div(
                ui.form_field(
                    "Full name", "full_name", auto_complete="name", required=True, max_length=120
                ),
                ui.form_field(
                    "Headline",
                    "headline",
                    placeholder="Such as: backend engineer, eight years",
                    max_length=160,
                    empty_is_null=True,
                ),
                ui.form_field(
                    "Target role",
                    "target_role",
                    auto_complete="organization-title",
                    max_length=120,
                    empty_is_null=True,
                ),
                ui.form_select("Experience", "experience_level", LEVELS, empty_is_null=True),
                class_name="field-grid",
            ),
            rx.el.p("E-mail: ", rx.el.b(_SETTINGS.account.email), class_name="muted"),
            ui.save_row("Save profile"),
            action=_ME,
            method="PUT",
            label="Profile",
            done="Saved",
            values=_SETTINGS.profile,
            on_done=_SETTINGS.refresh,
        ),
        heading_id="profile",
        lead="Your name and picture are shown to you alone.",
        class_name="settings-card",
    )


def _picture() -> rx.Component:
    return ui.picture_field(
        "Your picture",
        rx.cond(
            _SETTINGS.account.avatar_url,
            ui.request_button(
                "Remove",
                f"{_ME}/avatar",
                method="DELETE",
                kind="ghost",
                size="m",
                spoken="Remove your picture",
                busy_label="Removing",
                focus_after="profile",
                on_done=_SETTINGS.refresh,
            ),
            rx.fragment(),
        ),
        src=_SETTINGS.account.avatar_url,
        initials=_SETTINGS.account.initials,
        action=f"{_ME}/avatar",
        max_bytes=_MAX_PICTURE,
        on_done=_SETTINGS.refresh,
    )


def _preferences() -> rx.Component:
    return ui.section_card(
        "Preferences",
        ui.stay_form(
            rx.el.div(
                ui.form_choice("Theme", "theme", THEMES),
                ui.form_choice(
                    "Motion",
                    "motion",
                    MOTIONS,
                    help_text="Reduced: nothing on any page moves by itself.",
                ),
                ui.form_field(
                    "Keep recordings for (days)",
                    "audio_retention_days",
                    kind="number",
                    min=1,
                    max=MAX_RETENTION_DAYS,
                    input_mode="numeric",
                    help_text=_SETTINGS.account.retention_note,
                ),
                ui.form_select(
                    "Language of practice",
                    "language",
                    LANGUAGES,
                    help_text=(
                        "The language you answer in. Only English is complete. Of the others pace, "
                        "pauses, fillers and the parts of a story are measured; questions stay "
                        "English, and a speech model of several languages is needed."
                    ),
                ),
                *_words_and_captions(),
                class_name="field-grid",
            ),
            ui.save_row("Save preferences"),
            action=PREFERENCES,
            method="PUT",
            label="Preferences",
            done="Saved",
            values=_SETTINGS.preferences,
            on_done=_SETTINGS.refresh,
        ),
        heading_id="preferences",
        lead="They hold on every device you sign in on.",
        class_name="settings-card",
    )


def _words_and_captions() -> tuple[rx.Component, ...]:
    return (
        ui.form_choice(
            "Feedback tone",
            "feedback_tone",
            TONES,
            help_text="For written feedback: how plainly it is put, never what it says.",
        ),
        ui.form_choice(
            "Speech profile",
            "speech_profile",
            SPEECH_PROFILES,
            help_text=(
                "Patient is for second-language speakers and for everybody who speaks slower or "
                "pauses longer: its curves of pace and pauses give them more room, and nothing "
                "else differs. It holds for answers from now on; each says which profile it was "
                "scored with."
            ),
        ),
        ui.form_switch(
            "Live captions",
            "captions",
            help_text=(
                "Your words on the screen while you record, by this browser on its device "
                "or by this server. Only if you say so there, by your browser's maker."
            ),
        ),
    )


def _loading() -> rx.Component:
    return rx.cond(
        _SETTINGS.problem,
        ui.load_failed(text=_SETTINGS.problem, on_retry=_SETTINGS.load),
        ui.loading(
            rx.el.div(
                ui.skeleton("120px", "220px"),
                rx.el.div(
                    ui.skeleton("100%", "380px"),
                    ui.skeleton("100%", "420px"),
                    ui.skeleton("100%", "180px"),
                    class_name="stack",
                ),
                class_name="settings",
            ),
            label="Loading your settings",
        ),
    )
