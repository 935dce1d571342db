"""An administrator looks after accounts, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from interview_coach.ai.models import AiCall
from interview_coach.jobs import repository as jobs
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.database import Database
from tests.e2e import journey
from tests.e2e.conftest import PROJECT, Site

pytestmark = pytest.mark.e2e
PAGES = ("/admin", "/admin/sessions", "/admin/jobs", "/admin/questions", "/admin/audit")


def raise_to_admin(site: Site, email: str) -> None:
    """Make an account an administrator's, as an operator does."""
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
    raise_to_admin(site, admin)

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


def _failed_jobs(site: Site, count: int) -> None:
    """Jobs that are safe to run and have failed for good."""
    database = Database(f"sqlite:///{site.data_dir / 'coach.db'}")
    with database.writing() as session:
        for _ in range(count):
            job = OutboxJob(kind="operations.housekeeping", queue="light", status="failed")
            job.last_error = "OSError: the disk was full"
            jobs.add(session, job)
    database.engine.dispose()


def test_failed_jobs_are_paged_and_tried_again(
    page: Page, site: Site, page_errors: list[str]
) -> None:
    _failed_jobs(site, 27)
    raise_to_admin(site, journey.register(page))
    _shown(page, "/admin/jobs")
    page.get_by_label("Status").select_option("failed")
    lines = page.get_by_role("main").get_by_role("listitem")
    place = page.get_by_role("navigation", name="Pages of the list").get_by_role("status")
    expect(place).to_have_text("Page 1 of 2")
    expect(lines).to_have_count(25)
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(place).to_have_text("Page 2 of 2")
    expect(lines).to_have_count(2)
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_disabled()
    expect(page.get_by_text("OSError: the disk was full").first).to_be_visible()
    # When the last ones of a page have gone, the page before it is shown.
    for left in (1, 25):
        page.get_by_role("button", name="Try again: operations.housekeeping").first.click()
        expect(lines).to_have_count(left)
    expect(place).to_have_count(0)
    page.get_by_label("Status").select_option("done")
    expect(page.get_by_text("operations.housekeeping").first).to_be_visible()
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
    raise_to_admin(site, journey.register(page))
    for path in PAGES:
        _shown(page, path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, (path, wide)
    context.close()


def test_the_engines_are_drawn_with_their_table_and_nothing_is_refused(
    page: Page, site: Site, page_errors: list[str]
) -> None:
    """The site has no key: only the local engine, whose calls the chart shows."""
    raise_to_admin(site, journey.register(page))
    database = Database(f"sqlite:///{site.data_dir / 'coach.db'}")
    with database.writing() as session:
        # The site is the other tests' too.
        others = len(session.exec(select(AiCall).where(AiCall.engine == "local")).all())
        for _ in range(3):
            session.add(
                AiCall(
                    task="advice",
                    prompt="advice.v1",
                    engine="local",
                    model="local",
                    outcome="ok",
                    detail="gemini timeout",
                )
            )
    database.engine.dispose()

    page.goto("/admin/engines")

    expect(page.get_by_text("Always answers", exact=True)).to_be_visible(timeout=15_000)
    # The other days have bars without height.
    expect(page.locator(".plot .bars path").last).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Gemini did not answer in time: 3 times")).to_be_visible()
    page.get_by_text("Show as a table").click()
    table = page.get_by_role("region", name="Show as a table")
    expect(table.get_by_role("row").nth(1).get_by_role("cell").last).to_have_text(str(others + 3))
    page.get_by_text("Today", exact=True).click()
    expect(table.get_by_role("row")).to_have_count(2)
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_function("() => document.documentElement.scrollWidth <= 320")
    page.goto("/settings")
    engines = page.get_by_role("region", name="Engines")
    expect(engines.get_by_text("The local engine")).to_be_visible(timeout=15_000)
    assert page_errors == [], json.dumps(page_errors)
