"""The question bank in a real browser: looked through by candidates, edited by administrators."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from interview_coach.questions.bank import load_bank
from tests.e2e import journey
from tests.e2e.conftest import Site
from tests.e2e.test_admin import raise_to_admin

pytestmark = pytest.mark.e2e
KEY = "behavioral-tight-deadline"
QUESTION = next(item for item in load_bank() if item.id == KEY)


def test_a_candidate_finds_questions_and_starts_with_those_chosen(
    page: Page, page_errors: list[str]
) -> None:
    journey.register(page)
    expect(page.get_by_role("heading", name="Recommended for you")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name=re.compile("^Practise: "))).to_have_count(5)
    page.get_by_role("link", name="Questions", exact=True).first.click()
    search = page.get_by_label("Search the questions")
    search.fill("deadline tight")
    rows = page.locator(".bank-row")
    expect(rows).to_have_count(1, timeout=15_000)
    rows.get_by_text("Why it is asked, tips").click()
    expect(rows.get_by_text(QUESTION.why)).to_be_visible()
    point = QUESTION.key_points[0].text
    page.get_by_role("button", name=f"Show the key points: {QUESTION.text}").click()
    expect(page.get_by_text("spoils the practice")).to_be_visible()
    assert point not in page.content()
    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_text(point)).to_be_visible()
    _choose(page, rows.get_by_role("checkbox"))
    search.fill("")
    page.get_by_label("Type", exact=True).select_option("hr")
    expect(rows.first).to_contain_text("HR, ")
    _choose(page, rows.first.get_by_role("checkbox"))
    expect(page.get_by_text("2 questions chosen.")).to_be_visible()
    page.get_by_role("button", name="Start with 2 questions").first.click()
    page.wait_for_url("**/lobby")
    assert page_errors == [], json.dumps(page_errors)


def _choose(page: Page, box: Locator) -> None:
    # The state decides what is chosen: it answers a moment later.
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def test_an_administrator_edits_a_question(
    page: Page, site: Site, browser_with_microphone: Browser, page_errors: list[str]
) -> None:
    raise_to_admin(site, journey.register(page))
    page.goto("/admin/questions")
    page.get_by_label("Search by words or id").fill(KEY)
    page.get_by_role("link", name=f"Edit: {KEY}").click()
    text = page.get_by_label("Question", exact=True)
    expect(text).to_have_value(QUESTION.text, timeout=15_000)
    phrases = page.get_by_label("Phrases of point 2")
    expect(phrases).to_have_value("\n".join(QUESTION.key_points[1].phrases))

    # A phrase that is in any answer is refused beside its own field, and nothing is lost.
    kept = phrases.input_value()
    phrases.fill(f"{kept.splitlines()[0]}\nteam\nproblem")
    publish = page.get_by_role("button", name="Publish as a new version")
    publish.click()
    expect(page.get_by_text("This was not saved. Look at: Phrases of point 2")).to_be_visible()
    expect(phrases).to_have_attribute("aria-invalid", "true")
    expect(phrases).to_be_focused()
    phrases.fill(kept)

    wanted = "Tell me about a deadline of yours that was really tight."
    text.fill(wanted)
    page.get_by_label("Level").select_option("hard")
    publish.click()
    expect(page.get_by_text("Published", exact=True)).to_be_visible()
    expect(page.get_by_text("Version 2, edited here", exact=True)).to_be_visible()
    expect(page.get_by_text("Changed: level, text")).to_be_visible()

    context = browser_with_microphone.new_context(base_url=site.url)
    candidate = context.new_page()
    journey.register(candidate)
    candidate.goto("/questions")
    candidate.get_by_label("Search the questions").fill("deadline yours really")
    expect(candidate.locator(".bank-row")).to_have_count(1, timeout=15_000)
    expect(candidate.get_by_text(wanted)).to_be_visible()

    page.get_by_role("button", name="Retire").click()
    page.get_by_role("dialog").get_by_role("button", name="Retire", exact=True).click()
    expect(page.get_by_text("retired here, not asked")).to_be_visible()
    candidate.reload()
    candidate.get_by_label("Search the questions").fill("deadline yours really")
    expect(candidate.get_by_text("Nothing found")).to_be_visible(timeout=15_000)
    candidate.goto(f"/admin/questions/{KEY}")
    expect(candidate.get_by_text("Only for administrators")).to_be_visible(timeout=15_000)
    assert QUESTION.key_points[0].text not in candidate.content()
    context.close()

    page.get_by_role("button", name="Bring back").click()
    page.get_by_role("dialog").get_by_role("button", name="Bring back", exact=True).click()
    expect(page.get_by_role("button", name="Retire")).to_be_visible()
    page.get_by_role("button", name="Take the data files' version").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Take the data files' version", exact=True).click()
    expect(page.get_by_text("Version 3, from the data files", exact=True)).to_be_visible()
    expect(text).to_have_value(QUESTION.text)
    page.goto("/admin/audit")
    expect(page.get_by_text("Question brought back").last).to_be_visible(timeout=15_000)
    # The browser itself notes the one answer that refused.
    assert [each for each in page_errors if "422" not in each] == [], json.dumps(page_errors)
