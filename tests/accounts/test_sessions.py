"""Sign-ins as devices: what they are called, when they were seen, and who hears that they ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from interview_coach.accounts import administration, sessions
from interview_coach.accounts.models import UserSession
from interview_coach.accounts.sessions import device_words
from interview_coach.jobs import progress
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import PASSWORD, Api, make_client
from tests.support.databases import statements
from tests.support.mail import secret_in, written
from tests.support.servers import wait_until
from tests.support.workers import work

ME, AUTH = "/api/v1/users/me", "/api/v1/auth"
NEW = "another long password"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/2010 Firefox/140.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {_CHROME} Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_CHROME} Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 15) {_CHROME} Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "Program (curl)"),
        ("", "Unknown device"),
        (None, "Unknown device"),
        ("<script>alert(1)</script>", "Unknown device"),
    ],
)
def test_a_device_has_words_a_person_knows(user_agent: str | None, words: str) -> None:
    assert device_words(user_agent) == words


def test_a_device_tells_where_it_came_from(api: Api) -> None:
    (device,) = api.get(f"{AUTH}/sessions").json()["items"]
    assert device["address"] == "testclient"
    assert device["current"] is True


def _row(session: Session, session_id: str) -> UserSession:
    return session.exec(select(UserSession).where(UserSession.id == session_id)).one()


@pytest.mark.parametrize(("minutes", "is_noted"), [(4, False), (6, True)])
def test_use_is_noted_every_five_minutes(
    any_house: Runtime, any_api: Api, minutes: int, is_noted: bool
) -> None:
    (device,) = any_api.get(f"{AUTH}/sessions").json()["items"]
    seen = now() - timedelta(minutes=minutes)
    with any_house.database.writing() as session:
        _row(session, device["id"]).last_seen_at = seen
    with any_house.database.writing() as session:
        sessions.note_use(session, device["id"])
    with any_house.database.reading() as session:
        assert (_row(session, device["id"]).last_seen_at > seen) is is_noted


def test_requests_in_between_write_nothing(house: Runtime, api: Api) -> None:
    assert api.get(ME).status_code == 200
    with statements(house) as asked:
        assert [api.get(ME).status_code for _ in range(10)] == [200] * 10
    assert asked != []
    # A writer would have begun with BEGIN IMMEDIATE.
    assert [each for each in asked if each != "BEGIN" and not each.startswith("SELECT")] == []


@contextmanager
def _told(house: Runtime) -> Iterator[list[dict[str, Any]]]:
    """What those who hold live connections hear while the block runs; looked for at its end."""
    heard: list[dict[str, Any]] = []
    with house.redis.pubsub() as channel:
        channel.subscribe(progress._CHANNEL + sessions.ENDED_TOPIC)

        def listen() -> bool:
            message = channel.get_message(timeout=0.1)
            if message is not None and message["type"] == "message":
                heard.append(json.loads(message["data"]))
            return message is not None and message["type"] == "subscribe"

        wait_until(listen, 5, "listens")
        yield heard
        wait_until(lambda: not listen() and bool(heard), 5, "hears that a session ended")


def _signed() -> dict[str, str]:
    form = {"username": "candidate@example.org", "password": PASSWORD}
    answer = make_client().post(f"{AUTH}/login", data=form)
    tokens: dict[str, str] = answer.json()
    return tokens


def _session_of(house: Runtime, reason: str) -> list[str]:
    with house.database.reading() as session:
        ended = select(UserSession).where(UserSession.end_reason == reason)
        return sorted(row.id for row in session.exec(ended))


def _log_out(api: Api, tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert make_client().post(f"{AUTH}/logout", headers=bearer).status_code == 204


def _log_out_by_refresh(api: Api, tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    body = {"refresh_token": tokens["refresh_token"]}
    assert make_client().post(f"{AUTH}/logout", json=body).status_code == 204


def _end_others(api: Api, _tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    assert api.delete(f"{AUTH}/sessions").status_code == 204


def _end_one(api: Api, _tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    devices = api.get(f"{AUTH}/sessions").json()["items"]
    (other,) = [device["id"] for device in devices if not device["current"]]
    assert api.delete(f"{AUTH}/sessions/{other}").status_code == 204


def _change(api: Api, _tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert api.put(f"{ME}/password", json=body).status_code == 204


def _reset(_api: Api, _tokens: dict[str, str], folder: Path, house: Runtime) -> None:
    make_client().post(f"{AUTH}/password/forgot", json={"email": "candidate@example.org"})
    work(house, "light")
    body = {"token": secret_in(written(folder)[-1]), "password": NEW}
    assert make_client().post(f"{AUTH}/password/reset", json=body).status_code == 204


def _use_twice(_api: Api, tokens: dict[str, str], _folder: Path, _house: Runtime) -> None:
    body = {"refresh_token": tokens["refresh_token"]}
    statuses = [make_client().post(f"{AUTH}/refresh", json=body).status_code for _ in range(2)]
    assert statuses == [200, 401]


def _lock(api: Api, _tokens: dict[str, str], _folder: Path, house: Runtime) -> None:
    with house.database.writing() as session:
        administration.lock(session, api.user["id"], actor=None)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (_log_out, "logout"),
        (_log_out_by_refresh, "logout"),
        (_end_others, "ended"),
        (_end_one, "ended"),
        (_change, "password"),
        (_reset, "password"),
        (_use_twice, "reuse"),
        (_lock, "locked"),
    ],
)
def test_live_connections_hear_that_a_session_ended(
    house: Runtime,
    api: Api,
    tmp_path: Path,
    how: Callable[[Api, dict[str, str], Path, Runtime], None],
    reason: str,
) -> None:
    tokens = _signed()
    with _told(house) as heard:
        how(api, tokens, tmp_path, house)
    ended = _session_of(house, reason)
    assert ended != []
    assert [message["user_id"] for message in heard] == [api.user["id"]]
    assert sorted(heard[0]["session_ids"]) == ended
