"""Personal access tokens: made, told once, listed without secrets, revoked, expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from interview_coach.accounts import personal_tokens
from interview_coach.accounts.models import AuditEvent, PersonalToken, User
from interview_coach.accounts.schemas import PersonalTokenRequest
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime, runtime
from tests.conftest import Api

TOKENS = "/api/v1/users/me/tokens"
WANTED = {"name": "backup script", "scopes": ["read"], "days": 30}


def _make(api: Api, **changes: Any) -> dict[str, Any]:
    answer = api.post(TOKENS, json={**WANTED, **changes})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _rows() -> list[PersonalToken]:
    with runtime().database.reading() as session:
        return list(session.exec(select(PersonalToken)))


def test_a_token_is_told_once_and_kept_as_a_digest(any_api: Api) -> None:
    made = _make(any_api, scopes=["write", "read"])
    assert made["token"].startswith("icp_")
    assert len(made["token"]) > 40
    listed = any_api.get(TOKENS).json()
    assert listed["total"] == 1
    assert listed["items"] == [{name: made[name] for name in made if name != "token"}]
    assert made["scopes"] == ["read", "write"]
    (row,) = _rows()
    assert made["token"] not in repr(row)
    assert timedelta(days=29) < row.expires_at - now() <= timedelta(days=30)


def test_a_token_becomes_its_user_with_its_scopes(any_api: Api) -> None:
    made = _make(any_api)
    user = personal_tokens.user_of_token(runtime().database, made["token"])
    assert user is not None
    assert (user.id, user.scopes, user.session_id) == (any_api.user["id"], ("read",), made["id"])
    assert personal_tokens.user_of_token(runtime().database, made["token"] + "x") is None
    assert any_api.get(TOKENS).json()["items"][0]["last_used_at"] is not None


def test_a_revoked_token_works_no_more(any_api: Api) -> None:
    made = _make(any_api)
    place = f"{TOKENS}/{made['id']}"
    assert any_api.delete(place).status_code == 204
    assert personal_tokens.user_of_token(runtime().database, made["token"]) is None
    assert any_api.get(TOKENS).json()["items"] == []
    assert any_api.delete(place).status_code == 404


def test_neither_an_expired_token_works_nor_one_of_a_locked_account(
    api: Api, house: Runtime
) -> None:
    late, locked = _make(api), _make(api)
    with house.database.writing() as session:
        row = session.get(PersonalToken, late["id"])
        assert row is not None
        row.expires_at = now() - timedelta(seconds=1)
    assert personal_tokens.user_of_token(house.database, late["token"]) is None
    assert [item["id"] for item in api.get(TOKENS).json()["items"]] == [locked["id"]]
    with house.database.writing() as session:
        user = session.get(User, api.user["id"])
        assert user is not None
        user.is_active = False
    assert personal_tokens.user_of_token(house.database, locked["token"]) is None


def test_making_and_revoking_stand_in_the_audit_log_without_the_secret(api: Api) -> None:
    made = _make(api)
    api.delete(f"{TOKENS}/{made['id']}")
    with runtime().database.reading() as session:
        found = list(session.exec(select(AuditEvent).where(AuditEvent.subject == api.user["id"])))
    told = {event.action: event.detail for event in found}
    assert told["token_made"] == {"token_id": made["id"], "scopes": ["read"], "days": 30}
    assert told["token_revoked"] == {"token_id": made["id"]}
    assert made["token"] not in repr(found)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["admin"]}, "scopes.0"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_a_wrong_wish_names_the_field(api: Api, change: dict[str, Any], field: str) -> None:
    answer = api.post(TOKENS, json={**WANTED, **change})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, f"body.{field}")


def test_there_is_a_most_of_tokens(api: Api) -> None:
    for _ in range(personal_tokens.MAX_TOKENS):
        made = _make(api)
    answer = api.post(TOKENS, json=WANTED)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tokens")
    assert api.delete(f"{TOKENS}/{made['id']}").status_code == 204
    _make(api)


def test_tokens_are_their_users_own(api: Api, other: Api) -> None:
    made = _make(api)
    assert other.get(TOKENS).json()["items"] == []
    assert other.delete(f"{TOKENS}/{made['id']}").status_code == 404
    assert personal_tokens.user_of_token(runtime().database, made["token"]) is not None


def test_the_operator_makes_a_token_by_email(api: Api, house: Runtime) -> None:
    wanted = PersonalTokenRequest(name="shell", scopes=["read", "write"], days=7)
    with house.database.writing() as session:
        made = personal_tokens.mint_for_email(session, " Candidate@example.org ", wanted)
    user = personal_tokens.user_of_token(house.database, made.token)
    assert user is not None
    assert user.id == api.user["id"]
    with pytest.raises(CoachError) as caught, house.database.writing() as session:
        personal_tokens.mint_for_email(session, "nobody@example.org", wanted)
    assert caught.value.status == 404


def test_a_token_reaches_its_users_answers_but_not_the_account_itself(api: Api) -> None:
    api.headers["Authorization"] = f"Bearer {_make(api, scopes=['read', 'write'])['token']}"
    me = "/api/v1/users/me"
    assert api.get(me).json()["id"] == api.user["id"]
    assert api.put(f"{me}/preferences", json={"theme": "dark"}).status_code == 200
    body = {"password": "x"}
    for method, path, sent in (
        ("GET", TOKENS, None),
        ("POST", TOKENS, WANTED),
        ("DELETE", f"{TOKENS}/x", None),
        ("POST", f"{me}/export", None),
        ("GET", f"{me}/export", None),
        ("GET", f"{me}/export/x/file", None),
        ("DELETE", me, body),
    ):
        answer = api.request(method, path, json=sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "needs_sign_in"), path


def test_a_token_that_reads_changes_nothing(api: Api) -> None:
    api.headers["Authorization"] = f"Bearer {_make(api, scopes=['read'])['token']}"
    answer = api.put("/api/v1/users/me/preferences", json={"theme": "dark"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
