"""One answer under the microscope, in a real browser with a real recording."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import HEARD
from tests.support.recordings import SPOKEN_ANSWER

pytestmark = pytest.mark.e2e
_PAGE = {"X-Interview-Coach": "page"}
_AT = "() => document.querySelector('.tl audio').currentTime"
_PAUSED = "() => document.querySelector('.tl audio').paused"
# How many pixels of the lanes have any colour.
_DRAWN = """() => {
    const lanes = document.querySelector('.tl-stage canvas');
    const all = lanes.getContext('2d').getImageData(0, 0, lanes.width, lanes.height).data;
    let drawn = 0;
    for (let place = 3; place < all.length; place += 4) drawn += all[place] > 0;
    return drawn;
}"""


def _post(page: Page, path: str, **sent: Any) -> Any:
    answer = page.request.post(f"/api/v1{path}", headers=_PAGE, **sent)
    assert answer.ok, answer.text()
    return answer.json()


def spoken_answer(page: Page) -> str:
    """The signed-in user's spoken answer, analysed; the path of its page."""
    made = _post(page, "/interviews", data={"type": "behavioral", "question_count": 1})
    _post(page, f"/interviews/{made['id']}/start")
    sent = _post(
        page,
        f"/interviews/{made['id']}/upload-audio",
        multipart={
            "question_id": made["questions"][0]["id"],
            "file": {
                "name": "answer.webm",
                "mimeType": "audio/webm",
                "buffer": SPOKEN_ANSWER.read_bytes(),
            },
        },
    )
    address = f"/interviews/{made['id']}/answers/{sent['answer_id']}"
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function(
        """async path => (await (await fetch(path)).json()).status === 'done'""",
        arg=f"/api/v1{address}",
        timeout=60_000,
    )
    return address.replace("/interviews/", "/interview/").replace("/answers/", "/answer/")


def open_answer(page: Page, path: str) -> Locator:
    """Open the page of an answer; its timeline, drawn."""
    page.goto(path)
    timeline = page.locator(".tl[data-ready]")
    expect(timeline).to_be_visible(timeout=20_000)
    return timeline


def test_an_answer_is_seen_heard_and_stepped_through(page: Page, page_errors: list[str]) -> None:
    journey.register(page)
    path = spoken_answer(page)
    timeline = open_answer(page, path)
    assert page.evaluate(_DRAWN) > 5000
    words = page.locator(".tl-words")
    expect(words).to_contain_text("added one index")
    assert len(re.findall(r"\w+", words.inner_text())) >= len(HEARD.split())

    # A word that is pressed is heard, and lit while it is said.
    words.get_by_text("Datadog").click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.wait_for_function("() => document.querySelector('.w.now') !== null")
    assert page.evaluate(_AT) > 1.0

    # Keys: pause, a word on, slower and faster, closer, help.
    page.locator("h1").click()
    page.keyboard.press("Space")
    page.wait_for_function(_PAUSED)
    before = page.evaluate(_AT)
    page.keyboard.press("ArrowRight")
    after = page.evaluate(_AT)
    assert 0 < after - before < 1.5
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(_AT) < after
    page.keyboard.press("]")
    expect(page.get_by_role("button", name="1.25x")).to_have_attribute("aria-pressed", "true")
    for _ in range(4):
        page.keyboard.press("[")
    expect(page.get_by_role("button", name="0.5x")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => document.querySelector('.tl audio').playbackRate") == 0.5
    wide = page.locator(".tl-wide").evaluate("wide => wide.clientWidth")
    page.keyboard.press("+")
    assert page.locator(".tl-wide").evaluate("wide => wide.clientWidth") == pytest.approx(
        2 * wide, rel=0.01
    )
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the timeline")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    # A quote plays from its own second.
    quote = page.locator(".fb .at, .evidence .at").first
    minutes, seconds = quote.inner_text().strip().split(":")
    quote.click()
    page.wait_for_function(
        "at => Math.abs(document.querySelector('.tl audio').currentTime - at) < 2",
        arg=int(minutes) * 60 + int(seconds),
    )

    # The same as a table.
    timeline.get_by_text("Show as table").click()
    table = page.get_by_role("region", name="Answer 1, take 1 as a table")
    expect(table.get_by_role("columnheader", name="Pitch, semitones")).to_be_visible()
    told = table.inner_text()
    assert "Pause" in told
    assert all(word in told for word in HEARD.split())
    assert page_errors == []


def test_words_are_corrected_in_place_and_the_correction_is_undone(
    page: Page, page_errors: list[str]
) -> None:
    journey.register(page)
    open_answer(page, spoken_answer(page))
    page.get_by_role("button", name="Correct transcript").click()
    field = page.get_by_role("textbox", name="Correct transcript")
    expect(field).to_have_value(HEARD)
    field.fill(HEARD.replace("two weeks", "three weeks"))
    page.get_by_role("button", name="Save and score again").click()
    words = page.locator(".tl-words")
    expect(words).to_contain_text("three weeks", timeout=30_000)
    page.get_by_role("button", name="Undo correction").click()
    expect(words).to_contain_text("two weeks", timeout=30_000)
    expect(page.get_by_role("button", name="Undo correction")).to_have_count(0)
    assert page_errors == []


def test_a_take_is_tried_again_here_and_stands_beside_the_first(
    page: Page, page_errors: list[str]
) -> None:
    journey.register(page)
    path = spoken_answer(page)
    interview = path.split("/")[2]
    _post(page, f"/interviews/{interview}/complete")
    page.goto(f"/interview/{interview}/results")
    expect(page.get_by_text("of 100")).to_have_count(0)
    slider = page.get_by_role("slider", name="Your own rating of this interview")
    save = page.get_by_role("button", name="Save and see the results")
    expect(save).to_be_disabled()
    slider.fill("80")
    save.click()
    expect(page.get_by_text("You rated it 80 before you saw the score")).to_be_visible()
    page.goto(path)
    page.get_by_role("button", name="Try again").click()
    journey.record_for(page, 9)
    page.get_by_role("button", name="Stop and listen").click()
    page.get_by_role("button", name="Send answer").click()
    page.wait_for_url(lambda url: "/answer/" in url and not url.endswith(path), timeout=30_000)
    expect(page.get_by_role("heading", name="Takes side by side")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("group", name="Answer 1, take 1")).to_be_visible()
    expect(page.get_by_text("Take 2 against take 1")).to_be_visible()
    assert page_errors == []


def test_an_address_may_name_the_second(page: Page) -> None:
    journey.register(page)
    path = spoken_answer(page)
    open_answer(page, f"{path}?at=5.5")
    expect(page.locator(".tl-time b")).to_have_text("0:05.5")


def test_the_page_of_another_candidate_says_that_there_is_none(
    page: Page, silent_page: Page
) -> None:
    journey.register(page)
    path = spoken_answer(page)
    journey.register(silent_page)
    silent_page.goto(path)
    expect(silent_page.get_by_text("There is no such answer here")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Literal["light", "dark"]) -> None:
    driver = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme=scheme)
    journey.register(page)
    timeline = open_answer(page, spoken_answer(page))
    timeline.get_by_text("Show as table").click()
    found = driver.Axe().run(page).response["violations"]
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
    assert told == []


def test_nothing_scrolls_sideways_on_a_small_phone(page: Page) -> None:
    journey.register(page)
    path = spoken_answer(page)
    page.set_viewport_size({"width": 320, "height": 640})
    open_answer(page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
