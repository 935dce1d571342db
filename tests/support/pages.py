"""Page states as the server holds them, with a signed-in sender and an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import reflex as rx

from interview_coach.accounts import guard
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.accounts.tokens import session_of_token
from interview_coach.settings import load_settings

State = TypeVar("State", bound=SessionState)


def current_user(api: Any) -> CurrentUser:
    """The signed-in user of a client of the API, as page events see them."""
    profile = api.user
    token = str(api.headers["Authorization"]).removeprefix("Bearer ")
    return CurrentUser.model_validate(
        {
            "id": profile["id"],
            "email": profile["email"],
            "full_name": profile["full_name"],
            "role": profile["role"],
            "target_role": profile["target_role"],
            "session_id": session_of_token(load_settings().signing_key, token),
        }
    )


@contextmanager
def sent_by(user: CurrentUser) -> Iterator[None]:
    """Events inside the block come from this user, as behind the guard."""
    token = guard._sender.set(user)
    try:
        yield
    finally:
        guard._sender.reset(token)


async def page_state(kind: type[State], address: str) -> State:
    """The state of a page that was opened at this address."""
    root = rx.State(_reflex_internal_init=True)
    opened: dict[str, Any] = {
        "pathname": address.split("?")[0],
        "asPath": address,
        "headers": {"origin": "http://coach.test"},
    }
    root._update_router_vars(opened, {})
    root.router_data = opened
    found = await root.get_state(kind)
    assert isinstance(found, kind)
    return found


async def sent_to(events: Any) -> list[str]:
    """The addresses to which these events of a page send the browser."""
    found = [event async for event in events if event is not None]
    targets = [str(v) for event in found for key, v in event.args if str(key) == "path"]
    return [target.strip('"') for target in targets]
