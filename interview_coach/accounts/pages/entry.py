"""Sign-in and sign-up: plain forms that password managers know how to fill."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.pages.mail_links import PASSWORD_HELP
from interview_coach.accounts.schemas import MAX_PASSWORD, MIN_PASSWORD
from interview_coach.navigation import PREFERENCES

_TOLD = {
    "reset": "Your new password is set. Sign in with it.",
    "deleted": "Your account and everything in it is deleted.",
}


def login() -> rx.Component:
    """The sign-in page."""
    return ui.sign_in_frame(
        "Sign in",
        "Your interviews and recordings are where you left them.",
        ui.address_note(_TOLD),
        ui.page_form(
            ui.form_field(
                "E-mail",
                "username",
                kind="email",
                auto_complete="username",
                required=True,
                auto_focus=True,
                max_length=254,
            ),
            ui.form_field(
                "Password",
                "password",
                kind="password",
                auto_complete="current-password",
                required=True,
                max_length=MAX_PASSWORD,
            ),
            ui.submit_button("Sign in", "Signing in"),
            rx.el.p(ui.link("Forgot your password?", href="/forgot"), class_name="entry-forgot"),
            action="/api/v1/auth/login",
            encoding="form",
            preferences=PREFERENCES,
            settle="bring",
            label="Sign in",
        ),
        foot=rx.fragment("No account yet? ", ui.link("Create one", href="/register")),
    )


def register() -> rx.Component:
    """The sign-up page."""
    return ui.sign_in_frame(
        "Create an account",
        "Practise aloud, see honestly how you did. Everything stays on this server.",
        ui.page_form(
            ui.form_field(
                "Full name",
                "full_name",
                auto_complete="name",
                required=True,
                auto_focus=True,
                max_length=120,
            ),
            ui.form_field(
                "E-mail",
                "email",
                kind="email",
                auto_complete="username",
                required=True,
                max_length=254,
            ),
            ui.form_field(
                "Password",
                "password",
                kind="password",
                help_text=PASSWORD_HELP,
                auto_complete="new-password",
                required=True,
                min_length=MIN_PASSWORD,
                max_length=MAX_PASSWORD,
            ),
            ui.submit_button("Create account", "Creating your account"),
            action="/api/v1/auth/register",
            preferences=PREFERENCES,
            settle="take",
            label="Create an account",
        ),
        foot=rx.fragment("You have an account? ", ui.link("Sign in", href="/login")),
    )
