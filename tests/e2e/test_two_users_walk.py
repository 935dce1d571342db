"""Every page event, sent by one user with the ids of another: nothing is seen and nothing changes.

Events, their arguments and types are asked of the app itself; a new event is walked as well, and
one with an argument of a type the walk does not know makes it fail.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection

from interview_coach.accounts.guard import FRAMEWORK_EVENTS
from tests.e2e.conftest import PASSWORD, Site
from tests.e2e.page_socket import (
    SETTERS,
    next_update,
    page_socket,
    registered_events,
    send_event,
)
from tests.support.servers import wait_until

pytestmark = pytest.mark.e2e
NAME, WORD = "Marker Person Alpha", "zanzibarmarker"
ANSWER = f"I led the {WORD} migration, and failed payments fell from nine to one percent. " * 4
_HYDRATE = "reflex___state____state.hydrate"
_PAGE = {"X-Interview-Coach": "page"}
# What changes by itself while a user does nothing.
_UNSTEADY = {"last_seen_at", "status_at", "updated_at", "percent"}


def _person(site: Site, email: str, name: str) -> httpx.Client:
    client = httpx.Client(base_url=f"{site.url}/api/v1", timeout=20)
    body = {"email": email, "password": PASSWORD, "full_name": name}
    client.post("/auth/register", json=body, headers=_PAGE).raise_for_status()
    return client


def _ids(client: httpx.Client) -> dict[str, str]:
    """A running interview with one answer that has its scores, by the names of its ids."""
    asked = {"type": "behavioral", "question_count": 2}
    interview = client.post("/interviews", json=asked).json()
    place = f"/interviews/{interview['id']}"
    client.post(f"{place}/start").raise_for_status()
    question = interview["questions"][0]["id"]
    answer = client.post(f"{place}/answers", json={"question_id": question, "text": ANSWER}).json()
    path = f"{place}/answers/{answer['id']}"
    wait_until(lambda: client.get(path).json()["status"] == "done", 60, "the answer has scores")
    return {"interview_id": interview["id"], "question_id": question, "answer_id": answer["id"]}


def _rows(site: Site, user_id: str, interview_id: str) -> dict[str, list[str]]:
    """Every row of a user, by table, without what changes by itself."""
    found: dict[str, list[str]] = {}
    with sqlite3.connect(f"file:{site.data_dir / 'coach.db'}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
        for table in tables:
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            for column, value in (("user_id", user_id), ("interview_id", interview_id)):
                if column in columns:
                    rows = database.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,))
                    found[f"{table}.{column}"] = sorted(_steady(row) for row in rows)
        user = database.execute("SELECT * FROM users WHERE id = ?", (user_id,))
        found["users"] = [_steady(row) for row in user]
    assert sum(map(len, found.values())) > 5
    return found


def _steady(row: sqlite3.Row) -> str:
    return str({name: value for name, value in dict(row).items() if name not in _UNSTEADY})


def _values(kind: str, ids: dict[str, str]) -> list[Any]:
    """What is sent for an argument of this type: every id of the other user in turn."""
    if kind == "str":
        return [*ids.values(), json.dumps(ids)]
    if kind == "int":
        return [0, 1]
    if kind in {"bool", "float"}:
        return [kind == "bool"]
    if kind.startswith("dict"):
        more = {"id": ids["answer_id"], "text": "Other words", "position": 0, "seconds": 3}
        return [{**ids, **more}]
    if kind.startswith("list"):
        return [list(ids.values())]
    raise AssertionError(f"the walk does not know what to send for an argument of type {kind}")


def _payloads(types: dict[str, str], ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    if not types:
        yield {}
        return
    choices = {name: _values(kind.strip("'\""), ids) for name, kind in types.items()}
    for turn in range(max(map(len, choices.values()))):
        yield {name: values[turn % len(values)] for name, values in choices.items()}


def _places(ids: dict[str, str]) -> list[dict[str, Any]]:
    """The other user's pages, as a browser tells where it is."""
    base = f"/interview/{ids['interview_id']}"
    return [
        {
            "pathname": pattern,
            "asPath": base + rest,
            "query": {"interview_id": ids["interview_id"], "answer_id": ids["answer_id"]},
        }
        for pattern, rest in (
            ("/interview/[interview_id]", ""),
            ("/interview/[interview_id]/lobby", "/lobby"),
            ("/interview/[interview_id]/results", "/results"),
            ("/interview/[interview_id]/answer/[answer_id]", f"/answer/{ids['answer_id']}"),
        )
    ]


def _told(socket: ClientConnection) -> str:
    """Every update up to now, and the whole state of the tab after them.

    One event may be answered by several updates, and none says that it is the last one: what is
    asked for after them does, from an address that only this question has.
    """
    mark = f"asked={uuid.uuid4()}"
    send_event(socket, _HYDRATE, {}, {"pathname": "/dashboard", "asPath": f"/dashboard?{mark}"})
    told = ""
    while mark not in told:
        told += json.dumps(next_update(socket))
    return told


def test_no_page_event_reaches_what_is_anothers(site: Site) -> None:
    mine = _person(site, "walked.upon@example.org", NAME)
    owner = mine.get("/users/me").json()["id"]
    ids = _ids(mine)
    theirs = _person(site, "who.walks@example.org", "Somebody Else")
    cookie = f"session={theirs.cookies['session']}"
    before = _rows(site, owner, ids["interview_id"])
    events = {
        name: types
        for name, types in registered_events().items()
        if name not in FRAMEWORK_EVENTS and not name.endswith(SETTERS)
    }
    assert len(events) > 20
    other_question = mine.get(f"/interviews/{ids['interview_id']}").json()["questions"][1]["id"]
    # What goes on in the background answers later: sent first, it is read with all that follows.
    in_order = sorted(events.items(), key=lambda each: (not each[0].endswith(".watch"), each[0]))
    secrets = [NAME, WORD, "walked.upon@example.org", owner, other_question]
    sent = 0
    for place in _places(ids):
        with page_socket(site, Cookie=cookie) as socket:
            for name, types in in_order:
                for payload in _payloads(types, ids):
                    send_event(socket, name, payload, place)
                    told = _told(socket)
                    assert "/login?next=" not in told, (name, "the one who walks is signed out")
                    assert [word for word in secrets if word in told] == [], (name, payload)
                    sent += 1
    assert sent > 3 * len(events)
    assert _rows(site, owner, ids["interview_id"]) == before
    # The walk was no dead letter: the same events of the owner do show it.
    with page_socket(site, Cookie=f"session={mine.cookies['session']}") as socket:
        load = next(name for name in events if name.endswith("results_state.load"))
        send_event(socket, load, {}, _places(ids)[2])
        shown = ""
        while WORD not in shown:
            shown += json.dumps(next_update(socket))
