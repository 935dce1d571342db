"""Reports in a real browser: the PDF of the page, and a link that a stranger opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Site
from tests.e2e.journey import register
from tests.support.interviews import STRONG_ANSWER
from tests.support.pdf_files import text_of
from tests.support.servers import wait_until

pytestmark = pytest.mark.e2e
NAME = "Quillon Marrowby"


def _answered(page: Page) -> str:
    """A finished interview of this page's user with one scored answer; its path."""
    api = page.request
    wanted = {"type": "behavioral", "question_count": 2}
    interview = api.post("/api/v1/interviews", data=wanted).json()
    path = f"/api/v1/interviews/{interview['id']}"
    api.post(f"{path}/start")
    body = {"question_id": interview["questions"][0]["id"], "text": STRONG_ANSWER}
    answer = api.post(f"{path}/answers", data=body).json()

    def done() -> bool:
        return bool(api.get(f"{path}/answers/{answer['id']}").json()["status"] == "done")

    wait_until(done, 60, "the answer has scores")
    api.post(f"{path}/complete")
    # The results ask for an own rating first.
    api.put(f"{path}/self-rating", data={"rating": None})
    return path


def _results(page: Page, path: str) -> None:
    page.goto(f"{path.removeprefix('/api/v1').replace('interviews', 'interview')}/results")
    expect(page.get_by_role("heading", name="Answers")).to_be_visible(timeout=20_000)


@contextmanager
def _stranger(browser: Browser, site: Site, told: list[str]) -> Iterator[Page]:
    """A browser that nobody is signed in with; `told` gets all that the websocket brings it."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: told.append(str(frame))),
    )
    yield page
    context.close()


def _make_link(page: Page, *hide: str) -> str:
    """Make a link that hides this, with comments; its address."""
    section = page.get_by_role("region", name="Share this report")
    for box in section.get_by_role("checkbox").all():
        label = str(box.evaluate("box => box.labels[0].innerText")).strip()
        box.set_checked(label in hide, force=True)
    section.get_by_role("switch", name="Readers may comment").check(force=True)
    section.get_by_role("button", name="Make a link").click()
    link = section.get_by_label("Your link")
    expect(link).to_be_visible(timeout=15_000)
    address = link.input_value()
    section.get_by_role("button", name="I have copied it").click()
    return address


def test_the_pdf_of_the_page_is_that_of_the_api(page: Page, tmp_path: Path) -> None:
    register(page, NAME)
    path = _answered(page)
    _results(page, path)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF report").click()
    assert re.fullmatch(r"interview-report-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename)
    saved = tmp_path / "report.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes() == page.request.get(f"{path}/report.pdf").body()
    text = text_of(saved.read_bytes())
    assert NAME in text
    assert "Datadog" in text
    page.get_by_role("button", name="More files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Markdown").click()
    assert download.value.suggested_filename.endswith(".md")
    expect(page.get_by_role("heading", name="Answers")).to_be_visible()  # the page has stayed


def test_a_stranger_reads_what_is_shared_and_nothing_else(
    page: Page, page_errors: list[str], site: Site, browser_without_microphone: Browser
) -> None:
    register(page, NAME)
    path = _answered(page)
    _results(page, path)
    address = _make_link(page, "My name", "Transcripts, quotes, recordings and feedback")
    told: list[str] = []
    with _stranger(browser_without_microphone, site, told) as reader:
        response = reader.goto(address)
        assert response is not None
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in response.headers["x-robots-tag"]
        expect(reader.get_by_role("heading", name="Answers")).to_be_visible(timeout=20_000)
        assert reader.locator('meta[name="robots"]').get_attribute("content") == "noindex, nofollow"
        expect(reader.get_by_text("Left out: the name, transcripts and quotes")).to_be_visible()
        expect(reader.get_by_text("Specific results").first).to_be_visible()
        html = reader.content()
        sent = "".join(told)
        assert "shared_view" in sent or "questions" in sent
        for secret in (NAME, "Datadog", "checkout service", path.rsplit("/", 1)[1]):
            assert secret not in html, secret
            assert secret not in sent, secret
        _say(reader)
        _results(page, path)
        said = page.get_by_role("region", name="Share this report")
        expect(said.get_by_text("Name the result first.")).to_be_visible(timeout=15_000)
        said.get_by_role("button", name="Delete the comment of A coach").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(said.get_by_text("Name the result first.")).to_have_count(0, timeout=15_000)
        said.get_by_role("button", name="Take the link back").click()
        page.get_by_role("dialog").get_by_role("button", name="Take the link back").click()
        expect(said.get_by_text("A link to this report works")).to_have_count(0, timeout=15_000)
        reader.reload()
        expect(reader.get_by_text("This link does not work")).to_be_visible(timeout=20_000)
        assert "Specific results" not in reader.content()
    assert page_errors == []


def _say(reader: Page) -> None:
    """Comment on the whole interview."""
    form: Any = reader.get_by_role("form", name="Comment on the whole interview")
    form.get_by_label("Your name").fill("A coach")
    form.get_by_label("Comment on the whole interview").fill("Name the result first.")
    form.get_by_role("button", name="Send the comment").click()
    expect(form.get_by_text("Sent")).to_be_visible(timeout=15_000)
    said = reader.get_by_role("region", name="Comments")
    expect(said.get_by_text("Name the result first.", exact=True)).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, site: Site, browser_without_microphone: Browser, scheme: Literal["light", "dark"]
) -> None:
    driver = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme=scheme)
    register(page, NAME)
    path = _answered(page)
    _results(page, path)
    address = _make_link(page, "Recordings")
    assert _violations(driver, page) == []
    with _stranger(browser_without_microphone, site, []) as reader:
        reader.emulate_media(color_scheme=scheme)
        reader.set_viewport_size({"width": 320, "height": 640})
        reader.goto(address)
        expect(reader.get_by_role("heading", name="Answers")).to_be_visible(timeout=20_000)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 320
        assert _violations(driver, reader) == []


def _violations(driver: Any, page: Page) -> list[Any]:
    found = driver.Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
