"""The one list of pages: route, title, what is drawn, what is loaded."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.accounts import pages as accounts


def add_pages(app: rx.App) -> None:
    """Register every page of the product."""
    app.add_page(ui.landing_page, route="/", title="Interview Coach")
    app.add_page(accounts.register, route="/register", title="Create an account - Interview Coach")
    app.add_page(accounts.login, route="/login", title="Sign in - Interview Coach")
    app.add_page(ui.not_found_page, route="404", title="Not found - Interview Coach")
