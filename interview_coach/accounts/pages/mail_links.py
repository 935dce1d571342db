"""Pages around a mail: asking for a new password, setting it, confirming an address.

None has a state: what is entered goes to the API alone, and the secret of a link leaves the
address bar at once.
"""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.schemas import MAX_PASSWORD, MIN_PASSWORD

PASSWORD_HELP = f"At least {MIN_PASSWORD} characters. A long sentence is a good one."


def forgot() -> rx.Component:
    """The page that asks for a mail with a link. Its answer never tells who has an account."""
    return ui.sign_in_frame(
        "Set a new password",
        "",
        ui.stay_form(
            ui.form_part(
                "open",
                rx.el.p(
                    "Enter the e-mail of your account. A link to set a new password goes there.",
                    class_name="muted",
                ),
                ui.form_field(
                    "E-mail",
                    "email",
                    kind="email",
                    auto_complete="username",
                    required=True,
                    auto_focus=True,
                    max_length=254,
                ),
                ui.submit_button("Send the link", "Sending"),
            ),
            ui.form_part(
                "done",
                ui.alert(
                    "Look at your mail",
                    "If there is an account with this e-mail, a link is on its way. It works "
                    "once, within the hour. Nothing there after some minutes? Look in the spam "
                    "folder, check the address, or ask whoever runs this server.",
                    kind="good",
                ),
                ui.link_button("Try another address", "/forgot", full_load=True, wide=True),
            ),
            action="/api/v1/auth/password/forgot",
            label="Ask for a link",
        ),
        foot=rx.fragment("You remember it? ", ui.link("Sign in", href="/login")),
    )


def reset() -> rx.Component:
    """The page behind the link for a new password."""
    return ui.sign_in_frame(
        "Choose a new password",
        "",
        ui.page_form(
            ui.form_part(
                "open",
                rx.el.p(
                    "It ends every sign-in of your account, also on other devices.",
                    class_name="muted",
                ),
                ui.form_field(
                    "New password",
                    "password",
                    kind="password",
                    help_text=PASSWORD_HELP,
                    auto_complete="new-password",
                    required=True,
                    auto_focus=True,
                    min_length=MIN_PASSWORD,
                    max_length=MAX_PASSWORD,
                ),
                ui.submit_button("Set the password", "Setting it"),
            ),
            _no_way(
                "missing",
                "This page needs the link from the mail",
                "Open the link again, whole and in one piece, or ask for a new one.",
            ),
            _no_way(
                "expired",
                "This link does not work any more",
                "It was used already, or its time is over. Your password is as it was.",
            ),
            action="/api/v1/auth/password/reset",
            next_path="/login?told=reset",
            secret="token",  # noqa: S106 - the name of a parameter
            label="Set a new password",
        ),
        foot=rx.fragment("You remember it? ", ui.link("Sign in", href="/login")),
    )


def _no_way(when: ui.Phase, title: str, text: str) -> rx.Component:
    return ui.form_part(
        when,
        ui.alert(title, text, kind="mid"),
        ui.link_button("Ask for a new link", "/forgot", kind="primary", wide=True),
    )


def verify() -> rx.Component:
    """The page behind the link that confirms an address. A press does it: the programs that look
    through mails follow links, but press nothing."""
    return ui.sign_in_frame(
        "Confirm your e-mail",
        "",
        ui.stay_form(
            ui.form_part(
                "open",
                rx.el.p(
                    "One press, and it is known that this address is yours.", class_name="muted"
                ),
                ui.submit_button("Confirm", "Confirming"),
            ),
            ui.form_part(
                "done",
                ui.alert("Your e-mail is confirmed", "There is nothing else to do.", kind="good"),
                _on_to("Go to the dashboard", "/dashboard", kind="primary"),
            ),
            ui.form_part(
                "missing",
                ui.alert(
                    "This page needs the link from the mail",
                    "Open the link again, whole and in one piece.",
                    kind="mid",
                ),
                _on_to("Go to the settings", "/settings"),
            ),
            ui.form_part(
                "expired",
                ui.alert(
                    "This link does not work any more",
                    "It was used already, or its time is over. If your e-mail is not confirmed, "
                    "the settings can send a new one.",
                    kind="mid",
                ),
                _on_to("Go to the settings", "/settings"),
            ),
            action="/api/v1/auth/email/verify",
            secret="token",  # noqa: S106 - the name of a parameter
            label="Confirm your e-mail",
        ),
    )


def _on_to(label: str, href: str, kind: ui.Kind = "default") -> rx.Component:
    return ui.link_button(label, href, kind=kind, wide=True, full_load=True)
