"""Deny by default: no page event reaches a state before its sender is known."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from urllib.parse import quote

import reflex as rx
from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event

from interview_coach.accounts.access import user_of_cookies
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.api.limits import check_rate
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger

# Reflex's own events: loading a page, client storage, error reports. They change nothing of ours;
# the on_load handlers they start pass the guard one by one.
FRAMEWORK_EVENTS = frozenset(
    {
        "reflex___state____state.hydrate",
        "reflex___state____state.hydrate_and_load",
        "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal",
        "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal",
        (
            "reflex___state____state.reflex___state____frontend_event_exception_state"
            ".handle_frontend_exception"
        ),
    }
)
# Every Reflex state has these: they would let a browser write any var of a page. None of our
# pages uses them.
_NEVER = (".setvar", ".set_is_hydrated")
_EVENTS_PER_MINUTE = 600
_sender: ContextVar[CurrentUser | None] = ContextVar("sender", default=None)
log = get_logger("accounts.guard")


def sender() -> CurrentUser:
    """The user whose event is being handled; 401 when nobody is signed in."""
    user = _sender.get()
    if user is None:
        raise CoachError("sign_in", "Sign in to go on.", 401)
    return user


class SignInGuard(Middleware):
    """Stops every event of a state that is not public unless a live session cookie came with it.

    public: full event names that anybody may send.
    """

    def __init__(self, public: Iterable[str] = ()) -> None:
        self._open = FRAMEWORK_EVENTS | frozenset(public)

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event through with its sender known, or send the browser to the sign-in page."""
        del app
        if event.name in self._open:
            return None
        if event.name.endswith(_NEVER):
            log.warning("event refused", event_name=event.name, code="never")
            return StateUpdate()
        cookie = str(state.router_data.get("headers", {}).get("cookie", ""))
        try:
            user = await rx.run_in_thread(lambda: _known(cookie))
        except CoachError as error:
            log.warning("event refused", event_name=event.name, code=error.code)
            return StateUpdate()
        if user is None:
            page = str(state.router_data.get("asPath") or "/dashboard")
            target = f"/login?next={quote(page, safe='/')}"
            return StateUpdate(events=Event.from_event_type(rx.redirect(target)))
        _sender.set(user)
        return None


def _known(cookie: str) -> CurrentUser | None:
    user = user_of_cookies(cookie)
    if user is not None:
        check_rate("events", user.id, _EVENTS_PER_MINUTE)
    return user
