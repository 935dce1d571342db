"""The style sheets hold together: names exist, and text can be read on its ground."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from interview_coach import ui

ASSETS = Path(__file__).parents[2] / "assets"
SET_IN_PLACE = {"--strong-at"}

# Text on ground, and the least contrast of WCAG 2.2 AA: 4.5 for text, 3 for shapes.
PAIRS = [
    ("text", "surface", 4.5),
    ("text-2", "surface", 4.5),
    ("text-2", "hover", 4.5),
    ("text-2", "pressed", 4.5),
    ("text-2", "accent-soft", 4.5),
    ("accent-text", "surface", 4.5),
    ("accent-text", "accent-soft", 4.5),
    ("accent-on", "accent", 4.5),
    ("accent-on", "danger", 4.5),
    ("good-text", "good-soft", 4.5),
    ("mid-text", "mid-soft", 4.5),
    ("bad-text", "bad-soft", 4.5),
    ("star-on", "star-s", 4.5),
    ("star-on", "star-a", 4.5),
    ("line-field", "surface", 3),
    ("focus", "bg", 3),
    ("good-solid", "surface", 3),
    ("mid-solid", "surface", 3),
    ("bad-solid", "surface", 3),
    ("data-1", "surface", 3),
    ("data-2", "surface", 3),
]


@cache
def sheets() -> str:
    """Return all style sheets in one text."""
    return "\n".join((ASSETS / path.lstrip("/")).read_text() for path in ui.STYLESHEETS)


@cache
def tokens() -> dict[str, str]:
    """Return the first definition of every custom property."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", sheets()):
        found.setdefault(name, value.strip())
    return found


def colour(name: str, *, dark: bool) -> tuple[float, ...]:
    """Return the red, green and blue of a token in one theme, each 0 to 1."""
    value = tokens()[f"--{name}"]
    while not value.startswith("#"):
        if either := re.fullmatch(r"light-dark\((.+?), (.+)\)", value):
            value = either[2 if dark else 1]
        elif other := re.fullmatch(r"var\((--[\w-]+)\)", value):
            value = tokens()[other[1]]
        else:
            raise ValueError(f"{name} is not a plain colour: {value}")
    return tuple(int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))


def luminance(rgb: tuple[float, ...]) -> float:
    """Return the relative luminance of WCAG 2.2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_contrast(text: str, ground: str, least: float, dark: bool) -> None:
    bright, dim = sorted(
        (luminance(colour(text, dark=dark)), luminance(colour(ground, dark=dark))), reverse=True
    )
    assert (bright + 0.05) / (dim + 0.05) >= least


def test_every_used_token_is_defined() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", sheets()))
    assert used - set(tokens()) == SET_IN_PLACE


def test_motion_stops_when_less_is_asked() -> None:
    assert "prefers-reduced-motion: reduce" in sheets()


def test_no_sheet_is_unwieldy() -> None:
    sizes = {path: (ASSETS / path.lstrip("/")).read_text().count("\n") for path in ui.STYLESHEETS}
    assert max(sizes.values()) < 400


def class_names(drawn: Any) -> set[str]:
    """Return the class names in a drawn component."""
    return {
        name for group in re.findall(r'className:"([^"]*)"', str(drawn)) for name in group.split()
    }


def test_classes_of_the_start_page_have_styles() -> None:
    styled = set(re.findall(r"\.([A-Za-z][\w-]*)", sheets()))
    hooks = {"lbl", "strong", "num"}
    assert class_names(ui.landing_page()) - styled - hooks == set()


def test_app_options_leave_out_the_toaster() -> None:
    options = ui.app_options()
    assert options["toaster"] is None
    assert options["reset_style"] is False
