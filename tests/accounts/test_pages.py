"""The pages of accounts as they are drawn: what password managers and screen readers find."""

from __future__ import annotations

import re

import pytest

from interview_coach.accounts import pages
from interview_coach.operations.engines_section import engines_section
from tests.ui.test_styles import class_names, sheets

DRAWN = {
    name: getattr(pages, name) for name in ("login", "register", "forgot", "reset", "verify")
} | {"settings": lambda: pages.settings(engines_section())}


@pytest.mark.parametrize(
    ("page", "filled"),
    [
        ("login", {"username", "current-password"}),
        ("register", {"name", "username", "new-password"}),
        ("forgot", {"username"}),
        ("reset", {"new-password"}),
    ],
)
def test_password_managers_know_the_fields(page: str, filled: set[str]) -> None:
    assert set(re.findall(r'autoComplete:"([\w-]+)"', str(DRAWN[page]()))) == filled


def test_the_sign_in_page_leads_to_a_new_password() -> None:
    assert '"/forgot"' in str(DRAWN["login"]())


@pytest.mark.parametrize("page", ["reset", "verify"])
def test_a_link_of_a_mail_has_a_way_on_when_it_is_missing_or_too_old(page: str) -> None:
    drawn = str(DRAWN[page]())
    for part in ('secret:"token"', 'when:"missing"', 'when:"expired"'):
        assert part in drawn


@pytest.mark.parametrize("page", ["login", "register", "forgot", "reset", "verify"])
def test_the_ways_in_have_no_state(page: str) -> None:
    assert "reflex___state" not in str(DRAWN[page]())


def test_what_cannot_be_undone_is_asked_first() -> None:
    drawn = str(DRAWN["settings"]())
    assert drawn.count("askTitle:") == 3
    assert '"Delete your account?"' in drawn


def test_every_section_can_be_reached_from_the_list() -> None:
    drawn = str(DRAWN["settings"]())
    for place in re.findall(r'href:"#([\w-]+)"', drawn):
        assert f'id:"{place}"' in drawn, place


@pytest.mark.parametrize("page", sorted(DRAWN))
def test_classes_have_styles(page: str) -> None:
    styled = set(re.findall(r"\.([A-Za-z][\w-]*)", sheets()))
    hooks = {"lbl", "strong", "num", "acts"}
    assert class_names(DRAWN[page]()) - styled - hooks == set()
