"""Every page event, sent over a real websocket by nobody: none gets through. New ones are found
by the test itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from interview_coach.accounts.guard import FRAMEWORK_EVENTS
from tests.e2e.conftest import PASSWORD, PROJECT, Site

pytestmark = pytest.mark.e2e
_LIST = """
from interview_coach.interview_coach import app
from reflex_base.registry import RegistrationContext
print("\\n".join(sorted(RegistrationContext.get().event_handlers)))
"""


@pytest.fixture(scope="module")
def handlers() -> list[str]:
    """The full names of every handler the app has registered, asked of the app itself."""
    environment = {**os.environ, "REFLEX_BACKEND_ONLY": "true", "PYTHONPATH": str(PROJECT)}
    listed = subprocess.run(
        [sys.executable, "-c", _LIST],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in listed.stdout.splitlines() if line.startswith("reflex___state")]


@contextmanager
def _open(site: Site, token: str = "", **headers: str) -> Iterator[ClientConnection]:
    mine = token or str(uuid.uuid4())
    address = f"ws://127.0.0.1:{site.port}/_event/?EIO=4&transport=websocket&token={mine}"
    with connect(address, additional_headers=headers, open_timeout=10) as socket:
        assert str(socket.recv(10)).startswith("0")
        socket.send("40/_event,")
        assert str(socket.recv(10)).startswith("40/_event")
        yield socket


def _send(socket: ClientConnection, name: str) -> None:
    event = {"name": name, "payload": {}, "router_data": {"pathname": "/dashboard"}}
    socket.send("42/_event," + json.dumps(["event", event]))


def _next_update(socket: ClientConnection) -> dict[str, Any]:
    while True:
        text = str(socket.recv(15))
        if text == "2":  # the server asks whether we are there
            socket.send("3")
        elif text.startswith('42/_event,["event"'):
            update: dict[str, Any] = json.loads(text.removeprefix("42/_event,"))[1]
            return update


def _target(update: dict[str, Any]) -> str | None:
    for event in update.get("events", []):
        if event["name"] == "_redirect":
            return str(event["payload"]["path"])
    return None


def test_nobody_gets_a_page_event_through(site: Site, handlers: list[str]) -> None:
    ours = [name for name in handlers if name not in FRAMEWORK_EVENTS]
    guarded = [name for name in ours if not name.endswith((".setvar", ".set_is_hydrated"))]
    assert len(guarded) > 20
    for name in guarded:
        with _open(site) as socket:
            _send(socket, name)
            update = _next_update(socket)
            assert (_target(update) or "").startswith("/login?next="), (name, update)
            assert not [key for key in update.get("delta", {}) if "interview_coach" in key], name


def test_no_var_can_be_written_from_outside(site: Site, handlers: list[str]) -> None:
    setters = [name for name in handlers if name.endswith(".setvar")]
    assert setters
    with _open(site) as socket:
        for name in setters:
            _send(socket, name)
        # The answer to an event sent after them shows that none of them was answered.
        _send(socket, next(name for name in handlers if name.endswith("dashboard_state.load")))
        assert (_target(_next_update(socket)) or "").startswith("/login")


def test_a_foreign_page_gets_no_websocket(site: Site) -> None:
    with pytest.raises(InvalidStatus), _open(site, Origin="http://evil.example.org"):
        pass
    with _open(site, Origin=site.url) as socket:
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
    with _open(site, token, **headers) as socket:
        _send(socket, "reflex___state____state.hydrate")
        return json.dumps(_next_update(socket))


def test_a_tabs_token_shows_nothing_of_another_sign_in(site: Site, handlers: list[str]) -> None:
    token = str(uuid.uuid4())
    load = next(name for name in handlers if name.endswith("dashboard_state.load"))
    mine = _cookie(site, "tab.owner@example.org")
    with _open(site, token, Cookie=mine) as socket:
        _send(socket, load)
        while "Hidden Name" not in json.dumps(_next_update(socket)):
            pass
    assert "Hidden Name" in _whole_state(site, token, Cookie=mine)
    other = _cookie(site, "tab.heir@example.org")
    assert "Hidden Name" not in _whole_state(site, token, Cookie=other)
    with _open(site, token, Cookie=mine) as socket:
        _send(socket, load)
        while "Hidden Name" not in json.dumps(_next_update(socket)):
            pass
    assert "Hidden Name" not in _whole_state(site, token)
