"""Passwords: old hashes, and what happens meanwhile, since hashing takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from passlib.context import CryptContext
from sqlmodel import Session, select

from interview_coach.accounts import administration, passwords, repository, sessions
from interview_coach.accounts.models import UserSession
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.routes import ROUTERS
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, Api, make_client
from tests.support.hashing import held_hashing

NEW = "another long password"
OLD_HASHES = CryptContext(["bcrypt"], bcrypt__rounds=4)


def _login(password: str = PASSWORD) -> Any:
    form = {"username": "candidate@example.org", "password": password}
    return make_client().post("/api/v1/auth/login", data=form)


def _set_hash(house: Runtime, user_id: str, password_hash: str) -> None:
    with house.database.writing() as session:
        repository.set_user(session, user_id, {"password_hash": password_hash})


def _reset(session: Session, user_id: str, password_hash: str) -> None:
    """What setting a new password by mail does, without its hashing."""
    repository.set_user(session, user_id, {"password_hash": password_hash})
    sessions.end_all(session, user_id, "password")


def _live_sessions(house: Runtime, user_id: str) -> int:
    with house.database.reading() as session:
        mine = select(UserSession).where(UserSession.user_id == user_id)
        return len([row for row in session.exec(mine) if row.ended_at is None])


@pytest.mark.parametrize("given", ["y" * 100, "a\x00bcdefgh", "é" * 40])
def test_what_bcrypt_cannot_take_is_a_wrong_password(house: Runtime, api: Api, given: str) -> None:
    _set_hash(house, api.user["id"], OLD_HASHES.hash(PASSWORD))
    assert _login(given).status_code == 401
    assert _login().status_code == 200


@pytest.mark.parametrize("stored", [passwords.hash_password, OLD_HASHES.hash])
def test_the_old_password_opens_nothing_once_a_new_one_is_set(
    any_house: Runtime, any_api: Api, stored: Callable[[str], str]
) -> None:
    me, newer = any_api.user["id"], passwords.hash_password(NEW)
    _set_hash(any_house, me, stored(PASSWORD))
    with held_hashing() as hashing:
        late = hashing.waiting(_login)
        with any_house.database.writing() as session:
            _reset(session, me, newer)
        hashing.let_go()
        assert late.result(20).status_code == 401
    assert _live_sessions(any_house, me) == 0
    assert _login().status_code == 401
    assert _login(NEW).status_code == 200


def test_who_is_locked_while_signing_in_stays_out(any_house: Runtime, any_api: Api) -> None:
    me = any_api.user["id"]
    with held_hashing() as hashing:
        late = hashing.waiting(_login)
        with any_house.database.writing() as session:
            administration.lock(session, me, actor=None)
        hashing.let_go()
        assert late.result(20).status_code == 401
    with any_house.database.writing() as session:
        administration.unlock(session, me, actor=None)
    assert _live_sessions(any_house, me) == 0


def test_who_is_deleted_while_signing_in_is_unknown(any_house: Runtime, any_api: Api) -> None:
    with held_hashing() as hashing:
        late = hashing.waiting(_login)
        with any_house.database.writing() as session:
            repository.delete_user(session, any_api.user["id"])
        hashing.let_go()
        assert late.result(20).status_code == 401


def test_of_two_who_change_a_password_the_first_wins(any_house: Runtime, any_api: Api) -> None:
    me, newer = any_api.user["id"], passwords.hash_password(NEW)
    change = {"current_password": PASSWORD, "new_password": "a third long password"}
    with held_hashing() as hashing:
        late = hashing.waiting(lambda: any_api.put("/api/v1/users/me/password", json=change))
        with any_house.database.writing() as session:
            repository.set_user(session, me, {"password_hash": newer})
        hashing.let_go()
        assert late.result(20).status_code == 403
    assert _login(NEW).status_code == 200


async def test_sign_ins_that_wait_leave_all_others_their_threads(
    house: Runtime, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "1")
    load_settings.cache_clear()
    mine = {"Authorization": api.client.headers["Authorization"]}
    transport = httpx.ASGITransport(Gate(make_api(ROUTERS)))
    async with httpx.AsyncClient(transport=transport, base_url="http://coach.test") as client:
        with held_hashing() as hashing:
            storm = [asyncio.create_task(_wrong(client, number)) for number in range(100)]
            try:
                asked = [client.get("/api/v1/users/me", headers=mine) for _ in range(5)]
                answers = await asyncio.wait_for(asyncio.gather(*asked), 20)
            finally:
                hashing.let_go()
            assert [answer.status_code for answer in answers] == [200] * 5
            assert set(await asyncio.gather(*storm)) == {401}


async def _wrong(client: httpx.AsyncClient, number: int) -> int:
    form = {"username": f"somebody.{number}@example.org", "password": "wrong one"}
    came_from = {"X-Forwarded-For": f"203.0.113.{number}"}
    answer = await client.post("/api/v1/auth/login", data=form, headers=came_from)
    return answer.status_code
