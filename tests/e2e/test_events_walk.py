"""Every page event, sent over a real websocket by nobody: none gets through. New ones are found
by the test itself."""

from __future__ import annotations

import json
import urllib.request
import uuid
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from interview_coach.accounts.guard import FRAMEWORK_EVENTS
from interview_coach.reports.share_state import PUBLIC_EVENTS
from tests.e2e.conftest import PASSWORD, Site
from tests.e2e.page_socket import (
    SETTERS,
    next_update,
    page_socket,
    registered_events,
    send_event,
)

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def handlers() -> list[str]:
    """The full names of every handler the app has registered."""
    return sorted(registered_events())


def _target(update: dict[str, Any]) -> str | None:
    for event in update.get("events", []):
        if event["name"] == "_redirect":
            return str(event["payload"]["path"])
    return None


def test_nobody_gets_a_page_event_through(site: Site, handlers: list[str]) -> None:
    ours = [name for name in handlers if name not in FRAMEWORK_EVENTS | PUBLIC_EVENTS]
    guarded = [name for name in ours if not name.endswith(SETTERS)]
    assert len(guarded) > 20
    for name in guarded:
        with page_socket(site) as socket:
            send_event(socket, name)
            update = next_update(socket)
            assert (_target(update) or "").startswith("/login?next="), (name, update)
            assert not [key for key in update.get("delta", {}) if "interview_coach" in key], name


def test_what_is_open_to_anybody_tells_nobody_anything_without_a_token(
    site: Site, handlers: list[str]
) -> None:
    assert set(handlers) >= PUBLIC_EVENTS
    for name in PUBLIC_EVENTS:
        with page_socket(site) as socket:
            send_event(socket, name)
            delta = next_update(socket).get("delta", {})
            states = [key for key in delta if "interview_coach" in key]
            assert [key.rsplit(".", 1)[1] for key in states] == [name.rsplit(".", 2)[1]], (
                name,
                delta,
            )
            told = delta[states[0]]
            assert any(key.startswith("gone") and value is True for key, value in told.items())


def test_no_var_can_be_written_from_outside(site: Site, handlers: list[str]) -> None:
    setters = [name for name in handlers if name.endswith(".setvar")]
    assert setters
    with page_socket(site) as socket:
        for name in setters:
            send_event(socket, name)
        # The answer to an event sent after them shows that none of them was answered.
        send_event(socket, next(name for name in handlers if name.endswith("dashboard_state.load")))
        assert (_target(next_update(socket)) or "").startswith("/login")


def test_a_foreign_page_gets_no_websocket(site: Site) -> None:
    with pytest.raises(InvalidStatus), page_socket(site, Origin="http://evil.example.org"):
        pass
    with page_socket(site, Origin=site.url) as socket:
        assert socket.protocol.state.name == "OPEN"


def _cookie(site: Site, email: str) -> str:
    """The session cookie of a new account, as a Cookie header."""
    person = {"email": email, "password": PASSWORD, "full_name": "Hidden Name"}
    request = urllib.request.Request(
        f"{site.url}/api/v1/auth/register",
        json.dumps(person).encode(),
        {"Content-Type": "application/json", "X-Interview-Coach": "page"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def _whole_state(site: Site, token: str, **headers: str) -> str:
    with page_socket(site, token, **headers) as socket:
        send_event(socket, "reflex___state____state.hydrate")
        return json.dumps(next_update(socket))


def test_a_tabs_token_shows_nothing_of_another_sign_in(site: Site, handlers: list[str]) -> None:
    token = str(uuid.uuid4())
    load = next(name for name in handlers if name.endswith("dashboard_state.load"))
    mine = _cookie(site, "tab.owner@example.org")
    with page_socket(site, token, Cookie=mine) as socket:
        send_event(socket, load)
        while "Hidden Name" not in json.dumps(next_update(socket)):
            pass
    assert "Hidden Name" in _whole_state(site, token, Cookie=mine)
    other = _cookie(site, "tab.heir@example.org")
    assert "Hidden Name" not in _whole_state(site, token, Cookie=other)
    with page_socket(site, token, Cookie=mine) as socket:
        send_event(socket, load)
        while "Hidden Name" not in json.dumps(next_update(socket)):
            pass
    assert "Hidden Name" not in _whole_state(site, token)
