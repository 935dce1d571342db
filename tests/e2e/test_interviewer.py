"""The interviewer in a real browser: hints on request, a follow-up at once, live mode silent, and
nothing lost by a refresh at any step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import Site

pytestmark = pytest.mark.e2e
NO_NUMBER = (
    "Last year the build was slow for the whole team. I looked at the cache and I rewrote the "
    "pipeline, so deploys got a lot faster. As a result everyone was happy and the team kept it."
)
QUOTE = "deploys got a lot faster"
REPLY = "About 12 hours a week for 8 people, I counted them in the logs before and after."


@pytest.fixture
def room(silent_page: Page) -> Page:
    """A page whose user has signed up."""
    journey.register(silent_page)
    return silent_page


@pytest.fixture
def desk(browser_without_microphone: Browser, site: Site, page_errors: list[str]) -> Iterator[Page]:
    """As `room`, on a wide screen."""
    context = browser_without_microphone.new_context(
        base_url=site.url, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    journey.register(page)
    yield page
    context.close()


def begin(page: Page, **wanted: object) -> None:
    """A started interview of two questions with follow-ups, answered in writing."""
    page.goto("/practice")
    journey.set_up(page, questions=3, follow_ups=True, **wanted)  # type: ignore[arg-type]
    page.get_by_role("button", name="Type instead").first.click()
    page.wait_for_url(journey.ROOM)


def answer(page: Page, words: str) -> None:
    """Type an answer and send it."""
    page.get_by_role("textbox").fill(words)
    page.get_by_role("button", name="Send answer").click()


def _text_box_is_free(page: Page, height: int) -> None:
    """The text box begins above the fold, and the controls do not lie over it."""
    box = page.get_by_role("textbox").bounding_box()
    controls = page.locator(".draft-ctls").bounding_box()
    assert box is not None
    assert controls is not None
    assert box["y"] < height
    assert controls["y"] >= box["y"] + box["height"]


def test_practice_hint_points_follow_up_and_refreshes(desk: Page, page_errors: list[str]) -> None:
    page = desk
    begin(page)
    question = page.get_by_role("region", name="Question")

    # Help comes on request, in steps, and a refresh keeps it.
    expect(page.locator(".hint")).to_have_count(0)
    question.get_by_role("button", name="Show a hint").click()
    expect(page.locator(".hint li").first).to_be_visible()
    page.reload()
    expect(page.locator(".hint li").first).to_be_visible()
    question.get_by_role("button", name="One more hint").click()
    expect(page.locator(".hint")).to_contain_text("Begin with this")
    expect(question.get_by_role("button", name=re.compile("^(Show|One)"))).to_have_count(0)

    # What was said of what was asked for, and the follow-up at once.
    answer(page, NO_NUMBER)
    offer = page.locator(".room-offer")
    expect(offer).to_contain_text(QUOTE, timeout=30_000)
    expect(page.get_by_text(re.compile(r"^Key points: \d of \d said"))).to_be_visible()
    # The hints have served: with score, points and follow-up the text box is still in sight.
    expect(page.locator(".hint")).to_have_count(0)
    for width, height in ((1280, 900), (390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        _text_box_is_free(page, height)
    expect(page.get_by_role("complementary").get_by_text("with 2 hints")).to_be_visible()
    page.reload()
    expect(offer).to_contain_text(QUOTE)
    offer.get_by_role("button", name="Answer it").click()
    expect(question.get_by_role("heading")).to_contain_text(QUOTE)
    expect(question.get_by_text("Follow-up", exact=True)).to_be_visible()

    # A refresh in the middle of it keeps the question and the words typed so far.
    page.get_by_role("textbox").fill(REPLY)
    page.wait_for_function("words => document.body.innerText.includes(words)", arg="To question 1")
    page.reload()
    expect(question.get_by_role("heading")).to_contain_text(QUOTE)
    expect(page.get_by_role("textbox")).to_have_value(REPLY)
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("complementary").get_by_text("A number: said")).to_be_visible(
        timeout=30_000
    )
    journey.end_interview(page)
    expect(page.get_by_text("1 of 1 follow-up answered")).to_be_visible()
    expect(page.get_by_text(re.compile("a follow-up asks for one thing")).first).to_be_attached()
    assert page_errors == []


def test_live_mode_is_silent_and_weaves_the_follow_up_in(
    desk: Page, page_errors: list[str]
) -> None:
    page = desk
    begin(page, mode="Live")
    expect(page.get_by_role("button", name=re.compile("hint"))).to_have_count(0)
    answer(page, NO_NUMBER)
    expect(page.get_by_text("This answer is sent")).to_be_visible(timeout=20_000)
    rail = page.get_by_role("complementary")
    expect(rail.get_by_text("Follow-up", exact=True)).to_be_visible(timeout=30_000)
    expect(page.locator(".room-score, .room-points, .room-offer")).to_have_count(0)
    page.get_by_role("button", name="Next question").last.click()
    heading = page.get_by_role("region", name="Question").get_by_role("heading")
    expect(heading).to_contain_text(QUOTE)

    # It can be skipped like every question, by keyboard too.
    page.get_by_role("button", name="Previous question").focus()
    page.keyboard.press("s")
    page.get_by_role("dialog").get_by_role("button", name="Skip it").click()
    expect(heading).not_to_contain_text(QUOTE)
    expect(rail.get_by_text("Skipped")).to_be_visible()
    assert page_errors == []


def test_the_keys_give_help_on_a_phone_screen_too(room: Page, page_errors: list[str]) -> None:
    page = room
    begin(page)
    # The text box takes the focus once its script is there; keys pressed then are words.
    expect(page.get_by_role("textbox")).to_be_focused()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("h")
    expect(page.locator(".hint li").first).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator(".hint")).to_have_count(0)
    answer(page, NO_NUMBER)
    expect(page.locator(".room-offer")).to_be_visible(timeout=30_000)
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0
    assert page_errors == []


def test_no_clock_is_shown_where_none_is_wanted(page: Page, page_errors: list[str]) -> None:
    journey.register(page)
    page.goto("/practice")
    endless = page.get_by_role("radio", name="No clock")
    endless.focus()
    page.keyboard.press("Space")
    expect(endless).to_be_checked()
    page.get_by_role("button", name=re.compile("^Start(,| interview)")).click()
    page.wait_for_url("**/lobby")
    journey.enter_room(page)
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(page.get_by_role("timer")).to_have_count(0)
    page.goto("/practice")
    expect(page.get_by_role("radio", name="No clock")).to_be_checked()
    assert page_errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(desk: Page, scheme: Literal["light", "dark"]) -> None:
    driver = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = desk
    page.emulate_media(color_scheme=scheme)
    begin(page)
    page.get_by_role("button", name="Show a hint").click()
    answer(page, NO_NUMBER)
    expect(page.locator(".room-offer")).to_be_visible(timeout=30_000)
    found = driver.Axe().run(page).response["violations"]
    assert [item["id"] for item in found] == []
