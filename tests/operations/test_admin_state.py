"""The administrators' pages show lists to administrators, and nothing to anybody else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from interview_coach.accounts import administration
from interview_coach.operations import admin_view
from interview_coach.operations.admin_state import AdminState
from interview_coach.operations.admin_view import EMPTY_LISTING
from interview_coach.operations.schemas import JobStatus
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import database_away
from tests.support.pages import current_user, page_state, sent_by


@pytest.fixture
def as_admin(api: Api, house: Runtime) -> Iterator[Api]:
    """The administrator's client, and page events that come from them."""
    assert administration.raise_existing(house.database, api.user["email"])
    with sent_by(current_user(api).model_copy(update={"role": "admin"})):
        yield api


async def _send(state: Any, name: str) -> None:
    handler = getattr(state, name)
    wanted = inspect.signature(AdminState.event_handlers[name].fn).parameters
    await handler(*({"page": 1}.get(each, "") for each in wanted if each != "self"))


def _events() -> list[str]:
    own = [name for name in AdminState.event_handlers if name != "setvar"]
    assert len(own) >= 8
    return own


async def test_every_event_of_a_plain_user_is_refused_and_forgets_what_was_shown(
    as_admin: Api, other: Api
) -> None:
    for name in _events():
        state: Any = await page_state(AdminState, "/admin")
        await state.open_users()
        assert state.listing.rows
        with sent_by(current_user(other)):
            await _send(state, name)
        assert state.refused, name
        assert (state.listing, state.section, state.words) == (EMPTY_LISTING, "", ""), name
        assert as_admin.user["email"] not in str(state.dict()[AdminState.get_full_name()]), name


async def test_each_page_shows_its_list(as_admin: Api, other: Api) -> None:
    state: Any = await page_state(AdminState, "/admin")
    await state.open_users()
    by_email = {row.title: row for row in state.listing.rows}
    assert by_email[as_admin.user["email"]].offer == ""
    assert by_email[other.user["email"]].offer == "lock"
    assert state.user_is_admin
    await state.search(other.user["email"][:8])
    assert [row.title for row in state.listing.rows] == [other.user["email"]]
    await state.choose("locked")
    assert state.listing.rows == []
    await state.open_sessions()
    assert {row.title for row in state.listing.rows} == set(by_email)
    await state.open_audit()
    await state.choose("registered")
    assert {row.title for row in state.listing.rows} == {"Account made"}
    await state.open_jobs()
    assert state.section == "jobs"
    await state.choose("no such status")
    assert (state.choice, state.problem) == ("", "")


async def test_a_lock_is_seen_after_the_page_has_asked_for_it(as_admin: Api, other: Api) -> None:
    state: Any = await page_state(AdminState, "/admin")
    await state.open_users()
    await state.search(other.user["email"])
    assert as_admin.post(state.listing.rows[0].path).status_code == 200
    await state.refresh()
    row = state.listing.rows[0]
    assert (row.warning, row.offer) == ("Locked", "unlock")
    assert as_admin.post(row.path).status_code == 200


async def test_without_a_database_the_page_says_so(as_admin: Api, house: Runtime) -> None:
    state: Any = await page_state(AdminState, "/admin")
    with database_away(house):
        await state.open_users()
    assert state.section == ""
    assert "try again" in state.problem
    await state.open_users()
    assert (state.section, state.problem) == ("users", "")


def test_the_statuses_offered_are_those_of_the_api() -> None:
    offered = {value for value, _label in admin_view.JOB_CHOICES if value}
    assert offered < set(get_args(JobStatus))
