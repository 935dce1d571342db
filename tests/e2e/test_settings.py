"""Settings, devices, tokens, export, a forgotten password and the end of an account, in a real
browser."""

from __future__ import annotations

import email
import email.policy
import json
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import journey
from tests.e2e.conftest import PASSWORD, Site
from tests.support.servers import wait_until

pytestmark = pytest.mark.e2e
NEW_PASSWORD = "another sentence to remember"
LINK = re.compile(r"https?://[^\s\"<>]+/(?:reset|verify)\?token=[\w.~-]+")


def _section(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def _settings(page: Page) -> None:
    page.goto("/settings")
    expect(_section(page, "Profile")).to_be_visible(timeout=15_000)


@contextmanager
def _another_browser(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def _links(site: Site, to: str) -> list[str]:
    """The links of the mails to this address, the newest last."""
    found = []
    files = sorted((site.data_dir / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    for file in files:
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain", "html"))
        if to in str(mail["To"]) and body is not None:
            found += LINK.findall(body.get_content())
    return found


def _newest(site: Site, to: str, kind: str, *, beyond: int = 0) -> str:
    """The path of the newest link of one kind, once there are more than `beyond`."""

    def there() -> list[str]:
        return [link for link in _links(site, to) if f"/{kind}?" in link]

    wait_until(lambda: len(there()) > beyond, 20, f"the mail with a link to {kind}")
    return re.sub(r"^https?://[^/]+", "", there()[-1])


def _theme(page: Page) -> str:
    return str(page.evaluate("document.documentElement.className"))


def _ask(site: Site, token: str, method: str = "GET") -> int:
    """The status of the profile, asked with a personal token."""
    request = urllib.request.Request(
        f"{site.url}/api/v1/users/me", headers={"Authorization": f"Bearer {token}"}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_profile_and_preferences_are_kept(page: Page, page_errors: list[str]) -> None:
    journey.register(page)
    page.get_by_role("link", name="Settings").first.click()
    profile = _section(page, "Profile")
    profile.get_by_label("Full name").fill("Another Name")
    profile.get_by_label("Target role").fill("Site reliability engineer")
    profile.get_by_label("Experience").select_option("Senior")
    profile.get_by_role("button", name="Save profile").click()
    expect(profile.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    side = page.get_by_role("complementary", name="Sidebar")
    expect(side.get_by_text("Another Name")).to_be_visible()

    preferences = _section(page, "Preferences")
    preferences.get_by_role("radio", name="Dark").check(force=True)
    preferences.get_by_role("radio", name="Reduced").check(force=True)
    preferences.get_by_label("Keep recordings for").fill("30")
    preferences.get_by_role("button", name="Save preferences").press("Enter")
    expect(preferences.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.locator("html.dark.less-motion")).to_be_attached()

    _settings(page)
    expect(profile.get_by_label("Full name")).to_have_value("Another Name")
    expect(profile.get_by_label("Experience")).to_have_value("senior")
    expect(preferences.get_by_label("Keep recordings for")).to_have_value("30")
    expect(preferences.get_by_role("radio", name="Dark")).to_be_checked()
    assert page_errors == []


def test_a_chosen_theme_is_there_before_anything_is_painted(
    page: Page, site: Site, browser_with_microphone: Browser
) -> None:
    address = journey.register(page)
    _settings(page)
    preferences = _section(page, "Preferences")
    preferences.get_by_role("radio", name="Dark").check(force=True)
    preferences.get_by_role("radio", name="Reduced").check(force=True)
    preferences.get_by_role("button", name="Save preferences").click()
    expect(page.locator("html.dark.less-motion")).to_be_attached()
    # The class as it is when the body begins, before any code of the application has run.
    page.add_init_script(
        """new MutationObserver((_, watcher) => {
            if (!document.body) return;
            window.firstLook = document.documentElement.className;
            watcher.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    for path in ("/dashboard", "/settings", "/login"):
        page.goto(path)
        look = str(page.evaluate("window.firstLook"))
        assert "dark" in look.split(), path
        assert "less-motion" in look.split(), path
    # Another browser learns it by signing in.
    with _another_browser(browser_with_microphone, site) as other:
        journey.sign_in(other, address)
        expect(other.locator("html.dark.less-motion")).to_be_attached()


def test_the_theme_of_the_account_menu_is_kept_by_the_server(page: Page) -> None:
    journey.register(page)
    _settings(page)
    page.get_by_role("button", name="Account menu").click()
    menu = page.locator("#account-menu")
    menu.get_by_role("radio", name="Dark").check(force=True)
    expect(page.locator("html.dark")).to_be_attached()
    # The form below has learnt it, and will not save the old one over it.
    preferences = _section(page, "Preferences")
    expect(preferences.get_by_role("radio", name="Dark")).to_be_checked()
    page.evaluate("localStorage.clear()")
    _settings(page)
    expect(page.locator("html.dark")).to_be_attached()


def test_an_edit_is_not_overwritten_by_another_tab(page: Page) -> None:
    journey.register(page)
    _settings(page)
    other = page.context.new_page()
    _settings(other)
    mine = _section(page, "Profile").get_by_label("Headline")
    mine.fill("What I am typing")
    _section(other, "Profile").get_by_label("Headline").fill("From the other tab")
    _section(other, "Profile").get_by_role("button", name="Save profile").click()
    expect(_section(other, "Profile").get_by_text("Saved")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("This was changed somewhere else")).to_be_visible()
    expect(mine).to_have_value("What I am typing")
    page.get_by_role("button", name="Show what is saved").click()
    expect(mine).to_have_value("From the other tab")
    # Nothing edited: news comes by itself.
    _section(other, "Profile").get_by_label("Headline").fill("And again")
    _section(other, "Profile").get_by_role("button", name="Save profile").click()
    expect(_section(other, "Profile").get_by_text("Saved")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(mine).to_have_value("And again")
    other.close()


def test_a_refusal_stands_at_its_field(page: Page) -> None:
    journey.register(page)
    _settings(page)
    field = _section(page, "Profile").get_by_label("Full name")
    field.fill("   ")
    _section(page, "Profile").get_by_role("button", name="Save profile").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    summary = _section(page, "Profile").get_by_role("alert").filter(has_text="Look at: Full name")
    expect(summary).to_be_visible()
    note = field.get_attribute("aria-describedby")
    expect(page.locator(f"[id='{note}']")).not_to_be_empty()


def test_without_network_nothing_that_was_entered_is_lost(page: Page) -> None:
    journey.register(page)
    _settings(page)
    profile = _section(page, "Profile")
    profile.get_by_label("Headline").fill("Typed on a train")
    page.context.set_offline(True)
    profile.get_by_role("button", name="Save profile").click()
    alert = profile.get_by_role("alert").filter(has_text="The server did not answer")
    expect(alert).to_be_visible()
    expect(profile.get_by_label("Headline")).to_have_value("Typed on a train")
    page.context.set_offline(False)
    profile.get_by_role("button", name="Save profile").click()
    expect(profile.get_by_text("Saved")).to_be_visible()
    expect(alert).to_have_count(0)


def test_two_quick_presses_make_one_token(page: Page) -> None:
    journey.register(page)
    _settings(page)
    tokens = _section(page, "Access tokens")
    tokens.get_by_label("Name").fill("Only one")
    tokens.get_by_role("button", name="Make a token").evaluate("it => { it.click(); it.click(); }")
    expect(tokens.get_by_label("Your new token")).to_be_visible()
    expect(tokens.get_by_role("listitem")).to_have_count(1)


def test_a_picture_is_shown_before_it_is_saved(page: Page, tmp_path: Path) -> None:
    journey.register(page)
    _settings(page)
    file = tmp_path / "picture.png"
    Image.new("RGB", (640, 480), "teal").save(file)
    profile = _section(page, "Profile")
    profile.locator("input[type=file]").set_input_files(file)
    expect(profile.get_by_role("img", name="The picture you chose")).to_be_visible()
    profile.get_by_role("button", name="Save picture").click()
    shown = profile.get_by_role("img", name="Your picture")
    expect(shown).to_be_visible()
    page.wait_for_function("document.querySelector('img.picture-shown').naturalWidth > 0")
    profile.get_by_role("button", name="Remove your picture").click()
    expect(shown).to_have_count(0)
    text = tmp_path / "picture.webp"
    text.write_text("no picture at all")
    profile.locator("input[type=file]").set_input_files(text)
    expect(profile.get_by_text("cannot read this as a picture")).to_be_visible()


def test_a_new_password_signs_out_the_other_devices(
    page: Page, site: Site, browser_with_microphone: Browser
) -> None:
    address = journey.register(page)
    with _another_browser(browser_with_microphone, site) as other:
        journey.sign_in(other, address)
        _settings(page)
        form = _section(page, "Password")
        form.get_by_label("Current password", exact=True).fill("not the password")
        form.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
        form.get_by_role("button", name="Change password").click()
        expect(form.get_by_role("alert")).not_to_be_empty()
        form.get_by_label("Current password", exact=True).fill(PASSWORD)
        form.get_by_role("button", name="Change password").click()
        expect(form.get_by_text("Your other devices are signed out")).to_be_visible()
        expect(form.get_by_label("New password", exact=True)).to_have_value("")
        other.goto("/dashboard")
        other.wait_for_url("**/login?next=**")
        _settings(page)


def test_another_device_is_ended_from_the_list(
    page: Page, site: Site, browser_with_microphone: Browser
) -> None:
    address = journey.register(page)
    with _another_browser(browser_with_microphone, site) as other:
        journey.sign_in(other, address)
        _settings(page)
        devices = _section(page, "Devices")
        expect(devices.get_by_role("listitem")).to_have_count(2)
        expect(devices.get_by_text("This device", exact=True)).to_have_count(1)
        devices.get_by_role("button", name=re.compile("^Sign out Chrom")).click()
        question = page.get_by_role("dialog")
        expect(question).to_be_visible()
        page.keyboard.press("Escape")
        expect(question).to_have_count(0)
        expect(devices.get_by_role("button", name=re.compile("^Sign out Chrom"))).to_be_focused()
        expect(devices.get_by_role("listitem")).to_have_count(2)
        devices.get_by_role("button", name=re.compile("^Sign out Chrom")).click()
        question.get_by_role("button", name="Sign out").click()
        expect(devices.get_by_role("listitem")).to_have_count(1)
        expect(page.get_by_role("heading", name="Devices")).to_be_focused()
        other.goto("/dashboard")
        other.wait_for_url("**/login?next=**")
    with (
        _another_browser(browser_with_microphone, site) as second,
        _another_browser(browser_with_microphone, site) as third,
    ):
        journey.sign_in(second, address)
        journey.sign_in(third, address)
        _settings(page)
        expect(devices.get_by_role("listitem")).to_have_count(3)
        devices.get_by_role("button", name="Sign out all other devices").click()
        page.get_by_role("dialog").get_by_role("button", name="Sign out all").click()
        expect(devices.get_by_role("listitem")).to_have_count(1)
        third.goto("/dashboard")
        third.wait_for_url("**/login?next=**")


def test_an_export_comes_without_reloading(page: Page, tmp_path: Path) -> None:
    journey.register(page)
    _settings(page)
    data = _section(page, "Your data")
    data.get_by_role("button", name="Make an export").dblclick()
    download = data.get_by_role("link", name="Download")
    expect(download).to_have_count(1, timeout=60_000)
    with page.expect_download() as started:
        download.click()
    file = tmp_path / "export.zip"
    started.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith(".json")]
        assert names
        assert all(json.loads(archive.read(name)) is not None for name in names)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(page: Page, site: Site) -> None:
    journey.register(page)
    _settings(page)
    tokens = _section(page, "Access tokens")
    tokens.get_by_label("Name").fill("Backup script")
    tokens.get_by_role("button", name="Make a token").click()
    secret = tokens.get_by_label("Your new token").input_value()
    assert secret.startswith("icp_")
    assert _ask(site, secret) == 200
    assert _ask(site, secret, "DELETE") == 403
    tokens.get_by_role("button", name="I have kept it").click()
    expect(
        tokens.get_by_text("May read, never used").or_(tokens.get_by_text("May read, used"))
    ).to_be_visible()
    assert secret not in page.content()
    tokens.get_by_role("button", name="Revoke Backup script").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(tokens.get_by_text("There is none.")).to_be_visible()
    assert _ask(site, secret) == 401


def test_a_forgotten_password_is_set_anew(page: Page, site: Site) -> None:
    address = journey.register(page)
    page.context.clear_cookies()
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.wait_for_url("**/forgot")
    page.get_by_label("E-mail").fill("nobody.at.all@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_text("If there is an account with this e-mail")).to_be_visible()
    page.goto("/forgot")
    expect(page.get_by_role("button", name="Send the link")).to_be_enabled()
    page.get_by_label("E-mail").fill(address)
    page.keyboard.press("Enter")
    expect(page.get_by_text("If there is an account with this e-mail")).to_be_visible()
    link = _newest(site, address, "reset")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers}"))
    page.goto(link)
    page.wait_for_url(re.compile(r"/reset$"))
    token = link.partition("=")[2]
    assert [line for line in asked if not line.startswith(site.url)] == []
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/login?told=reset")
    assert token not in page.content()
    expect(page.get_by_text("Your new password is set")).to_be_visible()
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/dashboard")
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("This link does not work any more")).to_be_visible()
    page.goto("/reset")
    expect(page.get_by_text("This page needs the link from the mail")).to_be_visible()


def test_an_address_is_confirmed_by_a_press(page: Page, site: Site) -> None:
    address = journey.register(page)
    link = _newest(site, address, "verify")
    _settings(page)
    banner = page.get_by_text("Your e-mail is not confirmed yet")
    expect(banner).to_be_visible()
    page.goto(link)
    page.wait_for_url(re.compile(r"/verify$"))
    _settings(page)
    expect(banner).to_be_visible()  # following the link alone confirms nothing
    page.get_by_role("button", name="Send the mail again").click()
    expect(page.get_by_text("Sent. It can take some minutes.")).to_be_visible()
    page.goto(_newest(site, address, "verify", beyond=1))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Your e-mail is confirmed")).to_be_visible()
    _settings(page)
    expect(banner).to_have_count(0)


def test_an_account_is_deleted_with_its_password(page: Page) -> None:
    address = journey.register(page)
    _settings(page)
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog", name="Delete your account?")
    expect(dialog.get_by_text("every interview, recording")).to_be_visible()
    dialog.get_by_label("Your password", exact=True).fill("not the password")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("Your password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Delete everything").click()
    page.wait_for_url("**/login?told=deleted")
    expect(page.get_by_text("Your account and everything in it is deleted")).to_be_visible()
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text="wrong")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 720, 1440])
def test_nothing_scrolls_sideways(page: Page, width: int) -> None:
    # 720 px is a window of 1440 px at 200 % zoom.
    journey.register(page)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/settings", "/forgot", "/reset", "/verify", "/login"):
        page.goto(path)
        page.locator("h1").wait_for()
        if path == "/settings":
            expect(_section(page, "Delete account")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path


def test_everything_has_a_name(page: Page) -> None:
    journey.register(page)
    _settings(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("main button, main a, main input, main select")]
            .filter(one => one.checkVisibility() && !one.hidden)
            .filter(one => !(one.ariaLabel || one.innerText || one.labels?.length))
            .map(one => one.outerHTML)"""
    )
    assert nameless == []
    headings = page.evaluate(
        "[...document.querySelectorAll('main h1, main h2')].map(h => h.tagName)"
    )
    assert headings[0] == "H1"
    assert headings.count("H1") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Literal["light", "dark"]) -> None:
    driver = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme=scheme)
    journey.register(page)
    for path in ("/settings", "/login", "/register", "/forgot", "/reset", "/verify?token=none"):
        page.goto(path)
        page.locator("h1").wait_for()
        if path == "/settings":
            expect(_section(page, "Delete account")).to_be_visible()
        found = driver.Axe().run(page).response["violations"]
        told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
        assert told == [], path
