"""Without network and Whisper model: a rough transcript, named as such, that can be corrected."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import journey
from tests.e2e.conftest import Site

pytestmark = pytest.mark.e2e
SAID = "Last spring our checkout service failed every Friday evening and I owned the fix."


def test_a_draft_is_named_and_asks_to_be_corrected(
    draft_site: Site, browser_with_microphone: Browser
) -> None:
    context = browser_with_microphone.new_context(
        base_url=draft_site.url, permissions=["microphone"]
    )
    page = context.new_page()
    journey.register(page)
    journey.set_up(page, questions=1)
    journey.enter_room(page)
    journey.record_for(page, 9)
    page.get_by_role("button", name="Stop and listen").click()
    page.get_by_role("button", name="Send answer").click()
    journey.recorder_is(page, "sent")
    expect(
        page.get_by_role("complementary").get_by_text(re.compile(r"Scored|rough", re.IGNORECASE))
    ).not_to_have_count(0, timeout=40_000)
    journey.end_interview(page)
    rough = page.get_by_text("Rough transcript")
    expect(rough.first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Correct transcript").first.click()
    page.get_by_role("textbox").fill(SAID)
    page.get_by_role("button", name="Save and score again").click()
    expect(page.get_by_text("I owned the fix").first).to_be_visible(timeout=20_000)
    expect(rough).to_have_count(0, timeout=20_000)
    context.close()
