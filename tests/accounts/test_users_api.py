"""Profile and preferences over the API."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from interview_coach.accounts.models import AuditEvent
from interview_coach.runtime import runtime
from tests.conftest import Api

ME = "/api/v1/users/me"
PREFERENCES = f"{ME}/preferences"
DEFAULTS = {
    "theme": "system",
    "feedback_tone": "balanced",
    "captions": True,
    "motion": "system",
    "speech_profile": "standard",
    "audio_retention_days": None,
    "language": "en",
}


def _changes() -> list[AuditEvent]:
    with runtime().database.reading() as session:
        statement = select(AuditEvent).where(AuditEvent.action == "profile_changed")
        return list(session.exec(statement))


def test_a_profile_is_set_whole_and_what_is_left_out_is_emptied(any_api: Api) -> None:
    whole = {
        "full_name": "  New Name ",
        "headline": "Ten years of payments",
        "target_role": "Staff engineer",
        "experience_level": "senior",
    }
    answer = any_api.put(ME, json=whole)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {**any_api.user, **whole, "full_name": "New Name"}
    assert any_api.get(ME).json() == answer.json()
    short = any_api.put(ME, json={"full_name": "New Name", "headline": "  "}).json()
    assert (short["headline"], short["target_role"], short["experience_level"]) == (None,) * 3


def test_the_audit_log_says_which_fields_changed_and_not_what_they_hold(api: Api) -> None:
    same = {"full_name": api.user["full_name"]}
    assert api.put(ME, json=same).status_code == 200
    assert _changes() == []
    assert api.put(ME, json={**same, "headline": "Between jobs"}).status_code == 200
    (event,) = _changes()
    assert (event.actor, event.subject) == (api.user["id"], api.user["id"])
    assert event.detail == {"changed": ["headline"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.full_name"),
        ({"full_name": " "}, "body.full_name"),
        ({"full_name": "A", "headline": "x" * 161}, "body.headline"),
        ({"full_name": "A", "target_role": "a\x00b"}, "body.target_role"),
        ({"full_name": "A", "experience_level": "wizard"}, "body.experience_level"),
        ({"full_name": "A", "role": "admin"}, "body.role"),
        ({"full_name": "A", "email": "b@example.org"}, "body.email"),
    ],
)
def test_a_wrong_profile_names_the_field(api: Api, body: dict[str, Any], field: str) -> None:
    answer = api.put(ME, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert api.get(ME).json() == api.user


def test_preferences_have_defaults_until_they_are_set(any_api: Api) -> None:
    assert any_api.get(PREFERENCES).json() == DEFAULTS
    wanted = {**DEFAULTS, "theme": "dark", "audio_retention_days": 30, "speech_profile": "patient"}
    for _ in range(2):
        assert any_api.put(PREFERENCES, json=wanted).json() == wanted
    assert any_api.get(PREFERENCES).json() == wanted
    assert [event.detail for event in _changes()] == [
        {"changed": ["audio_retention_days", "speech_profile", "theme"]}
    ]
    assert any_api.put(PREFERENCES, json={}).json() == DEFAULTS


@pytest.mark.parametrize(
    "change",
    [
        {"theme": "pink"},
        {"feedback_tone": "rude"},
        {"captions": "perhaps"},
        {"motion": "wild"},
        {"speech_profile": "fast"},
        {"audio_retention_days": 0},
        {"audio_retention_days": 3651},
        {"language": "xx"},
        {"unknown": 1},
    ],
)
def test_a_wrong_preference_names_the_field(api: Api, change: dict[str, Any]) -> None:
    answer = api.put(PREFERENCES, json={**DEFAULTS, **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"body.{next(iter(change))}"
    assert api.get(PREFERENCES).json() == DEFAULTS


def test_profile_and_preferences_are_each_users_own(api: Api, other: Api) -> None:
    assert api.put(ME, json={"full_name": "Mine"}).status_code == 200
    assert api.put(PREFERENCES, json={"theme": "dark"}).status_code == 200
    assert other.get(ME).json() == other.user
    assert other.get(PREFERENCES).json() == DEFAULTS
