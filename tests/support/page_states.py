"""Page states as a browser's events reach them: signed in, at an address."""

from __future__ import annotations

from typing import Any, TypeVar

import reflex as rx

from interview_coach.accounts import guard
from interview_coach.accounts.schemas import CurrentUser
from tests.conftest import Api

State = TypeVar("State", bound=rx.State)


def sign_in(api: Api) -> CurrentUser:
    """Events of this test come from the API client's user from now on, as behind the guard."""
    user = CurrentUser(**{name: api.user.get(name) for name in CurrentUser.model_fields})
    guard._sender.set(user)
    return user


async def state_at(kind: type[State], path: str = "/") -> State:
    """A fresh state of a tab that shows the page at this path."""
    root: Any = rx.State(_reflex_internal_init=True)
    data = {"pathname": path, "asPath": path, "headers": {"origin": "http://coach.test"}}
    root._update_router_vars(data, {})
    root.router_data = data
    state: State = await root.get_state(kind)
    return state
