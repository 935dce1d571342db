"""The settings page shows what the server has of its sender, and of nobody else."""

from __future__ import annotations

from typing import Any

from interview_coach.accounts.settings_state import SettingsState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import database_away
from tests.support.pages import current_user, page_state, sent_by

ME = "/api/v1/users/me"


async def _opened() -> Any:
    state = await page_state(SettingsState, "/settings")
    await state.load()
    return state


def _headline(api: Api, words: str) -> None:
    change = {"full_name": "Ann Bee", "headline": words}
    assert api.put(ME, json=change).status_code == 200


async def test_what_the_api_took_is_shown(signed_in: Api) -> None:
    _headline(signed_in, "Engineer")
    wanted = {**signed_in.get(f"{ME}/preferences").json(), "theme": "dark", "motion": "reduced"}
    assert signed_in.put(f"{ME}/preferences", json=wanted).status_code == 200
    state = await _opened()
    assert state.loaded
    assert state.profile["headline"] == "Engineer"
    assert state.preferences == wanted
    assert (state.theme, state.motion) == ("dark", "reduced")
    assert not state.account.verified
    assert not state.making


async def test_a_new_token_is_listed_without_its_secret(signed_in: Api) -> None:
    asked = {"name": "Backup", "scopes": ["read"], "days": 3}
    made = signed_in.post(f"{ME}/tokens", json=asked).json()
    state = await _opened()
    assert [row.name for row in state.tokens] == ["Backup"]
    assert made["token"] not in str(state.dict())
    assert signed_in.delete(state.tokens[0].revoke_path).status_code == 204
    await state.refresh()
    assert state.tokens == []


async def test_nobody_sees_the_settings_of_another(signed_in: Api, other: Api) -> None:
    _headline(signed_in, "Mine alone")
    other.post(f"{ME}/tokens", json={"name": "Theirs", "scopes": ["read"]})
    with sent_by(current_user(other)):
        theirs = await _opened()
    assert "Mine alone" not in str(theirs.dict())
    assert "Theirs" not in str((await _opened()).dict())


async def test_without_a_database_the_first_look_says_so_and_later_ones_keep_what_is_shown(
    signed_in: Api, house: Runtime
) -> None:
    with database_away(house):
        empty = await page_state(SettingsState, "/settings")
        await empty.load()
    assert not empty.loaded
    assert "try again" in empty.problem
    state = await _opened()
    with database_away(house):
        await state.refresh()
    assert state.loaded
    assert state.problem == ""


def test_no_event_of_the_page_takes_an_argument() -> None:
    # What changes something goes to the REST API: see docs/decisions/0014.
    handlers = {
        name: handler
        for name, handler in SettingsState.event_handlers.items()
        if "settings_state" in handler.fn.__module__
    }
    assert set(handlers) == {"load", "refresh"}
    assert all(handler.fn.__code__.co_argcount == 1 for handler in handlers.values())
