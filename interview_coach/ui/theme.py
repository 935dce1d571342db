"""How the application looks: style sheets, head of the document, wraps around every page.

No Radix Themes. All scales, names and components stand in our own sheets (assets/styles, about
10 kB compressed against 83 kB for Radix), which gives the exact look; what needs behaviour uses
the browser's own elements (dialog, popover, radio and check inputs, select).

Colour follows the system by itself: `color-scheme: light dark` and `light-dark()` need no script.
A choice of the person is a class `light` or `dark` on <html>, which Reflex sets from local
storage in an inline script before the first paint, so nothing flashes. Keep
`default_color_mode="system"` and no Radix or Tailwind plugin in rxconfig. Less motion is a class
`less-motion`, set the same way by a script of ours; the system's own wish holds without it.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary

from interview_coach.ui.errors import connection_banner, error_fallback
from interview_coach.ui.shell import PRODUCT

# In the order of the cascade: tokens first, widths of windows after the parts, pages last.
STYLESHEETS: list[str] = [
    f"/styles/{name}.css"
    for name in (
        "tokens",
        "base",
        "shell",
        "surfaces",
        "controls",
        "data",
        "narrow",
        "choices",
        "report",
        "lists",
        "results",
        "method",
        "microscope",
        "room",
        "entry",
        "settings",
    )
]

# Fixed when the page is built, so that a policy can allow it by its hash. See preferences.js.
_MOTION_BEFORE_PAINT = """
try {
  if (localStorage.getItem("motion") === "reduced")
    document.documentElement.classList.add("less-motion");
} catch (e) {}
"""

DESCRIPTION = "Practise interviews aloud and see honestly how you did, with evidence."


def head_components() -> list[rx.Component]:
    """Return the head: motion, icon, colours of the browser's own bars, description."""
    return [
        rx.el.script(_MOTION_BEFORE_PAINT),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="description", content=DESCRIPTION),
        rx.el.meta(name="application-name", content=PRODUCT),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.meta(
            name="theme-color",
            content="#fcfcfd",
            custom_attrs={"media": "(prefers-color-scheme: light)"},
        ),
        rx.el.meta(
            name="theme-color",
            content="#111113",
            custom_attrs={"media": "(prefers-color-scheme: dark)"},
        ),
    ]


def _error_boundary(stateful: bool) -> rx.Component:
    """Return the wrap that shows our own page when a page's code fails in the browser."""
    fallback = ArgsFunctionOperation.create(("event_args",), rx.Var.create(error_fallback()))
    quiet: dict[str, Any] = {} if stateful else {"on_error": rx.noop()}
    return ErrorBoundary.create(fallback_render=fallback, **quiet)


def app_options() -> dict[str, Any]:
    """Return the keyword arguments of `rx.App` that belong to the look.

    No toaster: notices are drawn from state (`ui.notice`), since scripts sent by the server need
    `unsafe-eval`. No default overlay: the connection banner is ours.
    """
    return {
        "stylesheets": STYLESHEETS,
        "head_components": head_components(),
        "html_lang": "en",
        "reset_style": False,
        "toaster": None,
        "app_wraps": {
            (55, "ErrorBoundary"): _error_boundary,
            # A wrap gets the rest of the page as further children: hence the fragment.
            (5, "Connection"): lambda stateful: rx.fragment(connection_banner(live=stateful)),
        },
    }
