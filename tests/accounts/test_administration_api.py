"""Administrators look after accounts over the API; nobody else gets there."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.accounts import administration
from interview_coach.runtime import Runtime
from tests.conftest import PASSWORD, Api, make_client, sign_up

ADMIN = "/api/v1/admin"


@pytest.fixture
def any_admin(any_house: Runtime) -> Api:
    """The one administrator, signed in."""
    account = sign_up(make_client(), "admin@example.org")
    assert administration.raise_existing(any_house.database, "admin@example.org")
    return account


def _user(email: str = "candidate@example.org") -> Api:
    return sign_up(make_client(), email)


def _emails(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["email"] for row in answer.json()["items"]]


def _refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def _routes(client: Any) -> list[tuple[str, str]]:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    found = [(method, path) for path in paths if path.startswith(ADMIN) for method in paths[path]]
    assert len(found) >= 9
    return found


def _ask(client: Any, method: str, path: str) -> Any:
    for name in ("user_id", "session_id", "job_id"):
        path = path.replace("{" + name + "}", "x")
    body = {"json": {"role": "admin"}} if method == "put" else {}
    return client.request(method, path, **body)


def test_a_plain_user_is_refused_on_every_route(api: Api) -> None:
    for method, path in _routes(api):
        _refused(_ask(api, method, path), 403, "not_allowed")


def test_a_personal_token_of_an_administrator_is_refused_on_every_route(
    api: Api, house: Runtime
) -> None:
    assert administration.raise_existing(house.database, api.user["email"])
    asked = {"name": "All", "scopes": ["read", "write"]}
    made = api.post("/api/v1/users/me/tokens", json=asked).json()
    program = make_client()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    for method, path in _routes(program):
        _refused(_ask(program, method, path), 403, "needs_sign_in")


def test_accounts_are_found_by_words_role_and_lock(any_admin: Api) -> None:
    first, _second = _user("first_one@example.org"), _user("firstXone@example.org")
    users = f"{ADMIN}/users"
    assert set(_emails(any_admin.get(users))) == {
        "admin@example.org",
        "first_one@example.org",
        "firstxone@example.org",
    }
    # What SQL takes for a joker is taken as it is written.
    assert _emails(any_admin.get(users, params={"q": "FIRST_ONE"})) == ["first_one@example.org"]
    assert any_admin.get(users, params={"q": "first cand"}).json()["total"] == 3
    assert _emails(any_admin.get(users, params={"role": "admin"})) == ["admin@example.org"]
    any_admin.post(f"{users}/{first.user['id']}/lock")
    assert _emails(any_admin.get(users, params={"active": "false"})) == ["first_one@example.org"]
    by_email = {"sort": "email", "page_size": 1, "page": 2}
    assert _emails(any_admin.get(users, params=by_email)) == ["first_one@example.org"]
    assert any_admin.get(users, params={"sort": "-last_seen_at"}).status_code == 200


def test_a_lock_ends_the_sessions_and_is_told_in_the_audit_log(any_admin: Api) -> None:
    user = _user()
    place = f"{ADMIN}/users/{user.user['id']}"
    before = any_admin.get(f"{ADMIN}/users", params={"q": "candidate@"}).json()["items"][0]
    assert (before["is_active"], before["session_count"]) == (True, 1)
    locked = any_admin.post(f"{place}/lock").json()
    assert (locked["is_active"], locked["session_count"]) == (False, 0)
    assert user.get("/api/v1/users/me").status_code == 401
    assert any_admin.post(f"{place}/unlock").json()["is_active"]
    asked = {"subject": "candidate@example.org", "actor": "admin@example.org"}
    told = any_admin.get(f"{ADMIN}/audit", params=asked).json()
    assert [row["action"] for row in told["items"]] == ["unlocked", "locked"]
    assert {row["subject"] for row in told["items"]} == {"candidate@example.org"}
    assert {row["actor"] for row in told["items"]} == {"admin@example.org"}


def test_a_role_is_given_and_taken_but_the_last_administrator_stays(any_admin: Api) -> None:
    user = _user()
    own = f"{ADMIN}/users/{any_admin.user['id']}"
    place = f"{ADMIN}/users/{user.user['id']}"
    _refused(any_admin.put(f"{own}/role", json={"role": "user"}), 409, "last_admin")
    _refused(any_admin.post(f"{own}/lock"), 409, "own_account")
    assert any_admin.put(f"{place}/role", json={"role": "admin"}).json()["role"] == "admin"
    assert any_admin.put(f"{own}/role", json={"role": "user"}).json()["role"] == "user"
    _refused(any_admin.get(f"{ADMIN}/users"), 403, "not_allowed")
    _refused(user.put(f"{place}/role", json={"role": "king"}), 422, "invalid")
    _refused(user.put(f"{ADMIN}/users/x/role", json={"role": "user"}), 404, "not_found")


def test_the_last_administrator_cannot_delete_their_account(any_admin: Api) -> None:
    def erase() -> Any:
        return any_admin.request("DELETE", "/api/v1/users/me", json={"password": PASSWORD})

    _refused(erase(), 409, "last_admin")
    second = _user()
    any_admin.put(f"{ADMIN}/users/{second.user['id']}/role", json={"role": "admin"})
    assert erase().status_code == 204


def test_the_audit_log_is_filtered_by_action_and_time(any_admin: Api) -> None:
    _user()
    place = f"{ADMIN}/audit"
    rows = any_admin.get(place, params={"action": "registered"}).json()["items"]
    assert [row["subject"] for row in rows] == ["candidate@example.org", "admin@example.org"]
    later = any_admin.get(place, params={"action": "registered", "from": rows[0]["at"]}).json()
    assert [row["id"] for row in later["items"]] == [rows[0]["id"]]
    earlier = any_admin.get(place, params={"action": "registered", "to": rows[1]["at"]}).json()
    assert [row["id"] for row in earlier["items"]] == [rows[1]["id"]]
    assert any_admin.get(place, params={"actor": "nobody@example.org"}).json()["total"] == 0


def test_any_live_session_is_seen_and_ended(any_admin: Api) -> None:
    user = _user()
    place = f"{ADMIN}/sessions"
    rows = any_admin.get(place).json()["items"]
    assert {row["email"]: row["current"] for row in rows} == {
        "admin@example.org": True,
        "candidate@example.org": False,
    }
    theirs = any_admin.get(place, params={"q": "candidate"}).json()["items"]
    path = f"{place}/{theirs[0]['id']}"
    assert any_admin.delete(path).status_code == 204
    assert user.get("/api/v1/users/me").status_code == 401
    _refused(any_admin.delete(path), 404, "not_found")
    assert _emails(any_admin.get(place)) == ["admin@example.org"]
    told = any_admin.get(f"{ADMIN}/audit", params={"action": "session_ended"}).json()["items"]
    assert [(row["actor"], row["subject"]) for row in told] == [
        ("admin@example.org", "candidate@example.org")
    ]
