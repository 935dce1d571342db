"""The state of a shared report: anybody may load it, and the token in the address decides."""

from __future__ import annotations

from typing import Any

import reflex as rx
from starlette.requests import HTTPConnection

from interview_coach.api.limits import check_rate, client_address
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.errors import CoachError
from interview_coach.reports import sharing
from interview_coach.reports.shared_view import SharedView, shared_view
from interview_coach.runtime import runtime

_READS_A_MINUTE = 60


class ShareState(rx.State):
    """One shared report. gone: the link opens nothing."""

    loaded: bool = False
    gone: bool = False
    problem: str = ""
    shown: SharedView = SharedView()

    @rx.event
    async def load(self) -> None:
        """Read what the token in the address opens."""
        token = token_of_path(self.router.url.path)
        address = _address_of(self.router_data)
        self.gone, self.problem = False, ""
        try:
            self.shown = await ask_database(lambda: _read(token, address))
        except CoachError as error:
            self.shown = SharedView()
            self.gone = error.status == 404
            self.problem = "" if self.gone else error.message
        self.loaded = not self.problem


PUBLIC_EVENTS = frozenset({f"{ShareState.get_full_name()}.load"})


def token_of_path(path: str) -> str:
    """The token in the path of a shared report; empty when there is none."""
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) == 2 and parts[0] == "share" else ""


def _address_of(router_data: dict[str, Any]) -> str:
    """Where an event comes from, told as for requests."""
    headers = router_data.get("headers") or {}
    pairs = [(str(name).lower().encode(), str(value).encode()) for name, value in headers.items()]
    client = (str(router_data.get("ip") or "unknown"), 0)
    return client_address(HTTPConnection({"type": "http", "headers": pairs, "client": client}))


def _read(token: str, address: str) -> SharedView:
    check_rate("shared_page", address, _READS_A_MINUTE)
    with runtime().database.reading() as session:
        return shared_view(sharing.read(session, token), token)
