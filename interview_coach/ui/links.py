"""Links: inside the application, and those that load the whole page."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router import link as router_link

from interview_coach.ui.values import Text


def link(*children: rx.Component | Text, href: Text, **props: Any) -> rx.Component:
    """Return a link that changes the page without loading everything again.

    `href` is a path of this application. `rx.el.a` does the same.
    """
    return router_link(*children, to=href, **props)


def plain_link(*children: rx.Component | Text, href: Text, **props: Any) -> rx.Component:
    """Return a link that the browser follows by itself.

    For places inside the page (`#main`), downloads, other sites, and wherever the page must be
    loaded anew because the session changes (sign in, sign out).
    """
    return A.create(*children, href=href, **props)
