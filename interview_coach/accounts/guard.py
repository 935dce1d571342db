"""Deny by default: no page event reaches a state before its sender is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from urllib.parse import quote

import reflex as rx
from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from sqlalchemy.exc import SQLAlchemyError

from interview_coach.accounts.access import user_of_cookies
from interview_coach.accounts.event_arguments import fits
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
# The events that send the whole state of a tab: what is in it must be its sender's own.
_WHOLE_STATE = frozenset(
    {"reflex___state____state.hydrate", "reflex___state____state.hydrate_and_load"}
)
_EVENTS_PER_MINUTE = 600
_TRIES = 10
_TRY_AGAIN_SECONDS = 1.0
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
        cookie = _cookie_of(state)
        if event.name in _WHOLE_STATE:
            try:
                user = await _asked(lambda: user_of_cookies(cookie))
            except CoachError:
                user = None
            await _claim(state, user.session_id if user is not None else "")
        if event.name in self._open:
            return None
        if event.name.endswith(_NEVER):
            log.warning("event refused", event_name=event.name, code="never")
            return StateUpdate()
        try:
            user = await _asked(lambda: _known(cookie))
        except CoachError as error:
            log.warning("event refused", event_name=event.name, code=error.code)
            return StateUpdate()
        if user is None:
            page = str(state.router_data.get("asPath") or "/dashboard")
            target = f"/login?next={quote(page, safe='/')}"
            return StateUpdate(events=Event.from_event_type(rx.redirect(target)))
        if not fits(event.name, event.payload):
            log.warning("event refused", event_name=event.name, code="arguments")
            return StateUpdate()
        await _claim(state, user.session_id)
        _sender.set(user)
        return None


async def _asked(question: Callable[[], CurrentUser | None]) -> CurrentUser | None:
    """Who is there, asked again for some seconds while the database does not answer."""
    for _ in range(_TRIES):
        try:
            user: CurrentUser | None = await rx.run_in_thread(question)
        except SQLAlchemyError as error:
            log.warning("the database does not answer", reason=type(error).__name__)
            await asyncio.sleep(_TRY_AGAIN_SECONDS)
        else:
            return user
    raise CoachError("database", "The database does not answer right now.", 503)


def _cookie_of(state: BaseState) -> str:
    return str(state.router_data.get("headers", {}).get("cookie", ""))


async def _claim(state: BaseState, session_id: str) -> None:
    """Empty the state of this tab when another sign-in is behind it than the one it is of.

    A tab is known by a token of its own, which is no secret: it stands in the address of the
    websocket and outlives a sign-out. What was loaded for one sign-in must not be shown to the
    next, nor to nobody (`session_id` is empty then).
    """
    from interview_coach.accounts.state import SessionState

    mine = await state.get_state(SessionState)
    if mine._owner != session_id:  # noqa: SLF001 - vars with an underscore stay on the server
        state._get_root_state().reset()  # type: ignore[no-untyped-call]  # noqa: SLF001
        mine._owner = session_id  # noqa: SLF001


def _known(cookie: str) -> CurrentUser | None:
    user = user_of_cookies(cookie)
    if user is not None:
        check_rate("events", user.id, _EVENTS_PER_MINUTE)
    return user
