"""The page's websocket as a browser speaks it, and the events that can be sent over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.e2e.conftest import PROJECT, Site

_LIST = """
import inspect, json
from interview_coach.interview_coach import app
from reflex_base.registry import RegistrationContext
found = {}
for name, registered in RegistrationContext.get().event_handlers.items():
    handler = getattr(registered, "handler", registered)
    arguments = list(inspect.signature(handler.fn).parameters.values())[1:]
    found[name] = {each.name: str(each.annotation) for each in arguments}
print(json.dumps(found))
"""
SETTERS = (".setvar", ".set_is_hydrated")


def registered_events() -> dict[str, dict[str, str]]:
    """Every event the app itself says it has, with its arguments and their types."""
    environment = {**os.environ, "REFLEX_BACKEND_ONLY": "true", "PYTHONPATH": str(PROJECT)}
    listed = subprocess.run(
        [sys.executable, "-c", _LIST],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, str]] = json.loads(listed.stdout.splitlines()[-1])
    return {name: types for name, types in found.items() if name.startswith("reflex___state")}


@contextmanager
def page_socket(site: Site, token: str = "", **headers: str) -> Iterator[ClientConnection]:
    """A tab's websocket; `token` names the tab."""
    mine = token or str(uuid.uuid4())
    address = f"ws://127.0.0.1:{site.port}/_event/?EIO=4&transport=websocket&token={mine}"
    with connect(address, additional_headers=headers, open_timeout=10) as socket:
        assert str(socket.recv(10)).startswith("0")
        socket.send("40/_event,")
        assert str(socket.recv(10)).startswith("40/_event")
        yield socket


def send_event(
    socket: ClientConnection,
    name: str,
    payload: dict[str, Any] | None = None,
    router: dict[str, Any] | None = None,
) -> None:
    """Send one event, by default from the dashboard."""
    where = router or {"pathname": "/dashboard"}
    event = {"name": name, "payload": payload or {}, "router_data": where}
    socket.send("42/_event," + json.dumps(["event", event]))


def next_update(socket: ClientConnection, seconds: float = 15) -> dict[str, Any]:
    """The next update of the page's state; TimeoutError when none comes in time."""
    while True:
        text = str(socket.recv(seconds))
        if text == "2":  # the server asks whether we are there
            socket.send("3")
        elif text.startswith('42/_event,["event"'):
            update: dict[str, Any] = json.loads(text.removeprefix("42/_event,"))[1]
            return update
