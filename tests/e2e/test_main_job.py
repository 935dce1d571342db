"""The main job in a real browser: speak or type an answer, read an honest result."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import CAPTION, HEARD, Site

pytestmark = pytest.mark.e2e
DONE = re.compile(r"Scored \d+")
TYPED = (
    "Last year our checkout failed on three Fridays and I was the engineer on call. My task was to "
    "stop it before the sale. First I traced the slow queries and found a missing index. Then I "
    "tested the index on a copy of production and rolled it out on a Monday. As a result failed "
    "payments went down from 9 percent to 1 percent in two weeks."
)


def test_two_spoken_answers_become_a_result_that_is_there_tomorrow(
    page: Page, site: Site, browser_with_microphone: Browser, page_errors: list[str]
) -> None:
    email = journey.register(page)
    side = page.get_by_role("complementary", name="Sidebar")
    expect(side.get_by_text(email)).to_be_visible()
    assert side.evaluate("side => side.scrollWidth <= side.clientWidth")
    journey.set_up(page)
    expect(page.locator(".mic")).to_be_visible()
    journey.enter_room(page)

    # First answer: pause, go on, listen, send.
    journey.record_for(page, 3)
    page.get_by_role("button", name="Pause recording").click()
    journey.recorder_is(page, "paused")
    page.get_by_role("button", name="Go on recording").click()
    journey.recorder_is(page, "recording")
    journey.timer_reaches(page, 9)
    page.get_by_role("button", name="Stop and listen").click()
    journey.recorder_is(page, "review")
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Send answer").click()
    journey.recorder_is(page, "sent")
    answers = page.get_by_role("complementary")
    expect(answers.get_by_text(DONE)).to_have_count(1, timeout=30_000)

    # Second answer.
    page.get_by_role("button", name="Next question").first.click()
    journey.record_for(page, 9)
    page.get_by_role("button", name="Stop and listen").click()
    page.get_by_role("button", name="Send answer").click()
    journey.recorder_is(page, "sent")
    expect(answers.get_by_text(DONE)).to_have_count(2, timeout=30_000)

    journey.end_interview(page)
    expect(page.get_by_role("heading", name="Behavioral interview")).to_be_visible()
    expect(page.get_by_text("of 100").first).to_be_visible()
    for name in ("Overall", "Content", "Clarity", "Fluency", "Confidence", "Pace"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    expect(page.get_by_text("nine percent to one percent").first).to_be_attached()
    assert page_errors == []

    # Tomorrow, on another device.
    context = browser_with_microphone.new_context(base_url=site.url)
    later = context.new_page()
    journey.sign_in(later, email)
    later.get_by_role("link", name=re.compile("Behavioral")).first.click()
    later.wait_for_url("**/results")
    expect(later.get_by_role("heading", name="Behavioral interview")).to_be_visible()
    context.close()


def test_without_a_microphone_answers_are_typed_on_a_phone(
    silent_page: Page, page_errors: list[str]
) -> None:
    page = silent_page
    journey.register(page)
    journey.set_up(page, questions=1)
    expect(page.get_by_text(re.compile("microphone", re.IGNORECASE)).first).to_be_visible()
    page.get_by_role("button", name="Type instead").first.click()
    page.wait_for_url(journey.ROOM)
    page.get_by_role("textbox").fill(TYPED)
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text(DONE).first).to_be_attached(timeout=30_000)
    journey.end_interview(page)
    expect(page.get_by_role("heading", name="Behavioral interview")).to_be_visible()
    expect(page.get_by_text(re.compile("Not scored")).first).to_be_visible()
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0
    assert page_errors == []


def test_a_refresh_in_the_middle_of_a_recording_loses_nothing(
    page: Page, page_errors: list[str]
) -> None:
    journey.register(page)
    journey.set_up(page, questions=1)
    journey.enter_room(page)
    journey.record_for(page, 5)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    journey.recorder_is(page, "paused")
    page.get_by_role("button", name="Go on recording").click()
    journey.recorder_is(page, "recording")
    journey.timer_reaches(page, 10)
    expect(page.get_by_role("region", name="Recording")).to_contain_text(CAPTION)
    page.get_by_role("button", name="Stop and listen").click()
    page.get_by_role("button", name="Send answer").click()
    journey.recorder_is(page, "sent")
    expect(page.get_by_role("complementary").get_by_text(DONE)).to_be_visible(timeout=30_000)
    journey.end_interview(page)
    expect(page.get_by_text(HEARD.split(",")[0]).first).to_be_attached()
    assert page_errors == []


def test_somebody_elses_interview_is_not_found(
    page: Page, site: Site, browser_with_microphone: Browser
) -> None:
    journey.register(page)
    journey.set_up(page, questions=1)
    journey.enter_room(page)
    path = page.url.split("?")[0]
    context = browser_with_microphone.new_context(base_url=site.url)
    other = context.new_page()
    other.goto(path)
    other.wait_for_url("**/login?next=**")
    journey.register(other, "Somebody Else")
    for place in (path, f"{path}/lobby", f"{path}/results"):
        other.goto(place)
        expect(
            other.get_by_text(re.compile("no such interview|not found", re.IGNORECASE)).first
        ).to_be_visible()
    context.close()
