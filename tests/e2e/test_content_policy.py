"""The content security policy in a real browser: every page works under it, and it bites."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import PASSWORD
from tests.e2e.journey import enter_room, record_for, register, set_up

pytestmark = pytest.mark.e2e
_WATCH = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def _refused(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.__refused")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_works_under_the_policy(
    page: Page, page_errors: list[str], scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(_WATCH)
    for path in ("/", "/login", "/register", "/how-scoring-works"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert _refused(page) == [], path
    register(page)
    for path in ("/dashboard", "/practice"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert _refused(page) == [], path
    set_up(page, 3)
    enter_room(page)
    record_for(page, 2)
    assert _refused(page) == []
    assert page_errors == []


def test_a_script_that_is_put_into_a_page_does_not_run(page: Page) -> None:
    page.add_init_script(_WATCH)
    page.goto("/login")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.__ran = true";
          document.body.append(script);
          const image = document.createElement("img");
          image.setAttribute("onerror", "window.__ran = true");
          image.src = "/nothing.png";
          document.body.append(image);
          setTimeout(() => {
            try {
              window.__ran = window.eval("true");
            } catch (error) {
              window.__eval = error.name;
            }
          }, 0);
        }"""
    )
    page.wait_for_function("window.__refused.length >= 2 && window.__eval")
    assert page.evaluate("window.__ran") is None
    assert page.evaluate("window.__eval") == "EvalError"


def test_the_documentation_signs_in_by_password(page: Page) -> None:
    page.add_init_script(_WATCH)
    email = register(page)
    page.goto("/api/v1/docs")
    page.get_by_role("button", name="Authorize").first.click()
    dialog = page.locator(".dialog-ux")
    dialog.locator("#oauth_username").fill(email)
    dialog.locator("#oauth_password").fill(PASSWORD)
    dialog.get_by_role("button", name=re.compile("credentials", re.IGNORECASE)).first.click()
    dialog.get_by_role("button", name=re.compile("^(Remove authorization|Logout)$")).wait_for()
    assert _refused(page) == []
