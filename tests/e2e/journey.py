"""What a candidate does on the pages, in the candidate's own words."""

from __future__ import annotations

import itertools
import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PASSWORD

ROOM = re.compile(r"/interview/[0-9a-z]{26}($|\?)")
_numbers = itertools.count()


def register(page: Page, name: str = "Test Candidate") -> str:
    """Make an account; the dashboard is there afterwards. Returns the e-mail."""
    email = f"a.rather.long.address.of.candidate.{next(_numbers)}@example.org"
    page.goto("/register")
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/dashboard")
    return email


def sign_in(page: Page, email: str) -> None:
    """Sign in with the password of `register`."""
    page.goto("/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/dashboard")


def set_up(
    page: Page, questions: int = 3, *, follow_ups: bool = False, mode: str = "Practice"
) -> None:
    """Choose a behavioral interview of so many questions; the lobby is there afterwards."""
    page.goto("/practice")
    _choose(page, page.get_by_role("radio", name=re.compile("^Behavioral")))
    _choose(page, page.get_by_role("radio", name=str(questions), exact=True))
    _choose(page, page.get_by_role("radio", name=re.compile(f"^{mode}")))
    _choose(page, page.get_by_role("radio", name="Yes" if follow_ups else "No", exact=True))
    page.get_by_role("button", name=re.compile("^Start(,| interview)")).click()
    page.wait_for_url("**/lobby")


def _choose(page: Page, radio: Locator) -> None:
    # The page decides what is chosen: it answers a click a moment later.
    radio.focus()
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def enter_room(page: Page) -> None:
    """Start the interview from the lobby."""
    page.get_by_role("button", name="Start interview").click()
    page.wait_for_url(ROOM)


def recorder_is(page: Page, phase: str) -> None:
    """Wait until the recorder is in this phase."""
    expect(page.locator(f'.rec[data-phase="{phase}"]')).to_be_visible(timeout=20_000)


def record_for(page: Page, seconds: int) -> None:
    """Record until the timer shows so many seconds."""
    page.get_by_role("button", name="Record", exact=True).click()
    recorder_is(page, "recording")
    timer_reaches(page, seconds)


def timer_reaches(page: Page, seconds: int) -> None:
    """Wait until the recorder's timer shows at least so many seconds."""
    page.wait_for_function(
        """seconds => {
            const shown = document.querySelector('.rec')?.innerText.match(/(\\d+):(\\d\\d)/);
            return shown && Number(shown[1]) * 60 + Number(shown[2]) >= seconds;
        }""",
        arg=seconds,
        timeout=(seconds + 20) * 1000,
    )


def end_interview(page: Page, rating: int | None = None) -> None:
    """End the interview, confirm and rate it, or rather not; the results are there afterwards."""
    # In the header, or below the list of answers on a phone.
    page.get_by_role("button", name=re.compile("^End( interview)?$")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="End and see the results").click()
    page.wait_for_url("**/results")
    if rating is None:
        page.get_by_role("button", name="Rather not say").click()
        return
    slider = page.get_by_role("slider", name="Your own rating of this interview")
    slider.fill(str(rating))
    page.get_by_role("button", name="Save and see the results").click()
