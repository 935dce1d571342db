"""An administrator looks after accounts, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import PROJECT, Site

pytestmark = pytest.mark.e2e
PAGES = ("/admin", "/admin/sessions", "/admin/jobs", "/admin/audit")


def _raise_to_admin(site: Site, email: str) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
    environment |= {"COACH_DATA_DIR": str(site.data_dir), **site.settings}
    subprocess.run(
        [sys.executable, "-m", "interview_coach", "admin", "create", email],
        cwd=PROJECT,
        env=environment,
        check=True,
        timeout=60,
    )


def _shown(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("navigation", name="Administration")).to_be_visible(timeout=15_000)
    expect(page.locator("#admin-list")).to_be_visible()


def test_a_user_is_found_and_locked_and_is_out_at_once(
    page: Page, site: Site, browser_with_microphone: Browser, page_errors: list[str]
) -> None:
    admin = journey.register(page)
    page.goto("/admin")
    expect(page.get_by_text("Only for administrators")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name="Admin", exact=True)).to_have_count(0)
    expect(page.get_by_text(admin)).to_have_count(1)  # in the account menu alone
    _raise_to_admin(site, admin)

    context = browser_with_microphone.new_context(base_url=site.url)
    other = context.new_page()
    email = journey.register(other)

    page.goto("/dashboard")
    page.get_by_role("link", name="Admin", exact=True).first.click()
    page.get_by_label("Search by e-mail or name").fill(email)
    lines = page.get_by_role("main").get_by_role("listitem")
    expect(lines).to_have_count(1)
    page.get_by_role("button", name=f"Lock: {email}").click()
    page.get_by_role("dialog").get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_text("Locked", exact=True).last).to_be_visible()
    expect(page.get_by_role("button", name=f"Unlock: {email}")).to_be_visible()
    other.goto("/settings")
    other.wait_for_url("**/login**")
    context.close()

    _shown(page, "/admin/audit")
    expect(page.get_by_text("Account locked").last).to_be_visible()
    assert page_errors == [], json.dumps(page_errors)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_small_phone(
    browser_with_microphone: Browser, site: Site, scheme: str
) -> None:
    context = browser_with_microphone.new_context(
        base_url=site.url,
        viewport={"width": 320, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    _raise_to_admin(site, journey.register(page))
    for path in PAGES:
        _shown(page, path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, (path, wide)
    context.close()
