"""Signing up, in and out over the API."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from interview_coach.accounts import tokens
from interview_coach.runtime import Runtime, runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, Api, make_client, sign_up

PAGE = {"X-Interview-Coach": "page"}


def _register(client: TestClient, **changes: str) -> int:
    body = {"email": "a@example.org", "password": PASSWORD, "full_name": "A B", **changes}
    return client.post("/api/v1/auth/register", json=body).status_code


def test_register_sign_in_and_read_the_profile(anonymous: TestClient) -> None:
    api = sign_up(anonymous, "Candidate@Example.org")
    me = api.get("/api/v1/users/me")
    assert me.status_code == 200
    assert me.json()["email"] == "candidate@example.org"
    assert "password_hash" not in me.text


def test_an_email_is_taken_whatever_its_case(anonymous: TestClient) -> None:
    assert _register(anonymous) == 201
    assert _register(anonymous, email="A@EXAMPLE.org") == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "short"},
        {"password": "x" * 129},
        {"email": "no address"},
        {"email": "@example.org"},
        {"full_name": "   "},
    ],
)
def test_bad_input_names_the_field(anonymous: TestClient, changes: dict[str, str]) -> None:
    body = {"email": "a@example.org", "password": PASSWORD, "full_name": "A B", **changes}
    answer = anonymous.post("/api/v1/auth/register", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == f"body.{next(iter(changes))}"


def test_a_password_of_128_characters_is_not_cut(anonymous: TestClient) -> None:
    long = "p" * 127 + "1"
    assert _register(anonymous, password=long) == 201
    wrong = {"username": "a@example.org", "password": "p" * 127 + "2"}
    assert anonymous.post("/api/v1/auth/login", data=wrong).status_code == 401


def test_wrong_password_and_unknown_account_answer_alike(anonymous: TestClient) -> None:
    assert _register(anonymous) == 201
    answers = [
        anonymous.post("/api/v1/auth/login", data={"username": name, "password": "wrong one"})
        for name in ("a@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


def test_the_page_gets_a_cookie_scripts_cannot_read(anonymous: TestClient) -> None:
    assert _register(anonymous) == 201
    form = {"username": "a@example.org", "password": PASSWORD}
    plain = anonymous.post("/api/v1/auth/login", data=form)
    assert "set-cookie" not in plain.headers
    paged = anonymous.post("/api/v1/auth/login", data=form, headers=PAGE)
    cookie = paged.headers["set-cookie"]
    assert cookie.startswith("session=")
    for part in ("HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert anonymous.get("/api/v1/users/me").status_code == 200


def test_behind_https_the_cookie_is_bound_to_the_host(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "1")
    load_settings.cache_clear()
    client = make_client()
    assert _register(client) == 201
    answer = client.post(
        "/api/v1/auth/login",
        data={"username": "a@example.org", "password": PASSWORD},
        headers={**PAGE, "X-Forwarded-Proto": "https"},
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_sign_out_ends_the_session_of_cookie_and_token(anonymous: TestClient) -> None:
    api = sign_up(anonymous)
    assert api.get("/api/v1/users/me").status_code == 200
    assert api.post("/api/v1/auth/logout").status_code == 204
    assert api.get("/api/v1/users/me").status_code == 401
    assert api.post("/api/v1/auth/logout").status_code == 204


def test_an_access_token_names_its_session(api: Api) -> None:
    token = tokens.make_access_token(load_settings().signing_key, api.user["id"], "session")
    assert tokens.session_of_token(load_settings().signing_key, token) == "session"


def test_logins_for_one_account_are_slowed_before_any_hashing(anonymous: TestClient) -> None:
    form = {"username": "a@example.org", "password": "wrong one"}
    statuses = [anonymous.post("/api/v1/auth/login", data=form).status_code for _ in range(11)]
    assert statuses[:10] == [401] * 10
    last = anonymous.post("/api/v1/auth/login", data=form)
    assert last.status_code == 429
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    # Another account is not locked out by that.
    other = {"username": "b@example.org", "password": "wrong one"}
    assert anonymous.post("/api/v1/auth/login", data=other).status_code == 401


@pytest.mark.parametrize(
    "odd", ['theme={"a":1,"b":"c"}', "flag", "list[0]=1", "a=b=c", 'q="unfinished']
)
def test_odd_cookies_of_other_applications_do_not_sign_anybody_out(
    anonymous: TestClient, odd: str
) -> None:
    assert _register(anonymous) == 201
    form = {"username": "a@example.org", "password": PASSWORD}
    cookie = anonymous.post("/api/v1/auth/login", data=form, headers=PAGE).cookies["session"]
    anonymous.cookies.clear()
    answer = anonymous.get("/api/v1/users/me", headers={"Cookie": f"{odd}; session={cookie}"})
    assert answer.status_code == 200


def test_with_an_https_address_only_the_bound_cookie_is_set_and_believed(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_PUBLIC_URL", "https://coach.example.org")
    load_settings.cache_clear()
    runtime.cache_clear()
    client = make_client()
    assert _register(client) == 201
    form = {"username": "a@example.org", "password": PASSWORD}
    cookie = client.post("/api/v1/auth/login", data=form, headers=PAGE).headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    value = cookie.split("=", 1)[1].split(";")[0]
    for name, status in (("session", 401), ("__Host-session", 200)):
        answer = client.get("/api/v1/users/me", headers={"Cookie": f"{name}={value}"})
        assert answer.status_code == status


def test_an_endless_password_is_only_a_wrong_one(anonymous: TestClient) -> None:
    assert _register(anonymous) == 201
    form = {"username": "a@example.org", "password": "x" * 100_000}
    assert anonymous.post("/api/v1/auth/login", data=form).status_code == 401
