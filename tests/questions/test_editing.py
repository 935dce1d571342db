"""Administrators edit the bank over the API: checked, kept in versions, audited."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.accounts import administration
from interview_coach.questions.admin_schemas import QuestionContent
from interview_coach.questions.bank import load_bank
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client, sign_up
from tests.support.interviews import new_interview

PLACE = "/api/v1/admin/questions"
KEY = "behavioral-tight-deadline"
CONTENT = tuple(QuestionContent.model_fields)


@pytest.fixture
def any_admin(any_house: Runtime) -> Api:
    """The one administrator, signed in."""
    account = sign_up(make_client(), "admin@example.org")
    assert administration.raise_existing(any_house.database, "admin@example.org")
    return account


def _entry(api: Any, key: str = KEY) -> dict[str, Any]:
    answer = api.get(f"{PLACE}/{key}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _body(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: entry[name] for name in (*CONTENT, "revision")} | changes


def _published(api: Any, **changes: Any) -> dict[str, Any]:
    answer = api.put(f"{PLACE}/{KEY}", json=_body(_entry(api), **changes))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _done(api: Any, step: str, key: str = KEY) -> dict[str, Any]:
    answer = api.post(f"{PLACE}/{key}/{step}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _ids(api: Any, **asked: Any) -> list[str]:
    answer = api.get(PLACE, params={"page_size": 100, **asked})
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["items"]]


def test_the_bank_is_searched_and_filtered(any_admin: Api) -> None:
    bank = load_bank()
    first = next(item for item in bank if item.id == KEY)
    assert any_admin.get(PLACE).json()["total"] == len(bank)
    assert _ids(any_admin, q="DEADLINE tight") == [KEY]
    assert KEY in _ids(any_admin, q=" ".join(first.text.split()[:3]))
    fitting = [q.id for q in bank if (q.type, q.track) == (first.type, first.track)]
    assert _ids(any_admin, type=first.type, track=first.track) == sorted(fitting)
    found = _ids(any_admin, type="behavioral", competency=first.competencies[0])
    assert KEY in found
    assert _ids(any_admin, standing="edited") == _ids(any_admin, standing="retired") == []
    _published(any_admin, time_guide_seconds=100)
    other = next(item.id for item in bank if item.id != KEY)
    _done(any_admin, "retire", other)
    assert _ids(any_admin, standing="edited") == [KEY]
    assert _ids(any_admin, standing="retired") == [other]
    assert any_admin.get(PLACE, params={"standing": "asked"}).json()["total"] == len(bank) - 1
    assert any_admin.get(PLACE, params={"standing": "lost"}).status_code == 422


def test_a_new_version_is_asked_and_old_interviews_keep_theirs(
    any_admin: Api, any_house: Runtime
) -> None:
    before = _entry(any_admin)
    old = new_interview(any_admin, question_ids=[KEY])
    wanted = "Tell me about a deadline of yours that was really tight."
    after = _published(any_admin, text=wanted, difficulty="hard", time_guide_seconds=150)
    assert (after["revision"], after["edited"], after["text"]) == (2, True, wanted)
    assert _entry(any_admin) == after
    new = new_interview(any_admin, question_ids=[KEY])
    assert (new["questions"][0]["text"], new["questions"][0]["difficulty"]) == (wanted, "hard")
    kept = any_admin.get(f"/api/v1/interviews/{old['id']}").json()["questions"][0]
    assert (kept["text"], kept["difficulty"]) == (before["text"], before["difficulty"])
    rows = any_admin.get(f"{PLACE}/{KEY}/versions").json()
    assert [(row["revision"], row["source"]) for row in rows] == [(2, "admin"), (1, "file")]
    assert rows[0]["changed"] == ["difficulty", "text", "time_guide_seconds"]
    assert rows[1]["text"] == before["text"]


def test_the_same_content_makes_no_version(any_admin: Api) -> None:
    assert _published(any_admin)["revision"] == 1
    assert len(any_admin.get(f"{PLACE}/{KEY}/versions").json()) == 1


def test_of_two_who_edit_at_once_the_second_is_told(any_admin: Api) -> None:
    body = _body(_entry(any_admin), difficulty="hard")
    assert any_admin.put(f"{PLACE}/{KEY}", json=body).status_code == 200
    late = any_admin.put(f"{PLACE}/{KEY}", json={**body, "difficulty": "easy"})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert late.json()["revision"] == 2
    assert _entry(any_admin)["difficulty"] == "hard"


POINT = {"text": "What you left out and why", "phrases": ["cut the scope", "left it out", "later"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Why?"}, "body.text"),
        ({"text": "x" * 401}, "body.text"),
        ({"text": "Tell me about a time without an end"}, "body.text"),
        ({"why": ""}, "body.why"),
        ({"why": "a\x00b" * 20}, "body.why"),
        ({"track": "python"}, "body.track"),
        ({"difficulty": "endless"}, "body.difficulty"),
        ({"competencies": ["ownershp"]}, "body.competencies"),
        ({"competencies": []}, "body.competencies"),
        ({"competencies": ["ownership", "ownership"]}, "body.competencies"),
        ({"key_points": [POINT] * 3}, "body.key_points"),
        ({"key_points": [POINT] * 4}, "body.key_points.1.text"),
        ({"key_points": [{"text": "No phrases at all", "phrases": []}] * 4}, "body.key_points.0"),
        ({"red_flags": ["Only one."]}, "body.red_flags"),
        ({"tips": ["Too few"]}, "body.tips"),
        ({"follow_ups": [{"kind": "praise", "text": "Well done?"}] * 2}, "body.follow_ups.0.kind"),
        ({"time_guide_seconds": 5}, "body.time_guide_seconds"),
        ({"id": "another"}, "body.id"),
    ],
)
def test_what_breaks_a_rule_of_the_files_is_refused_with_its_field(
    any_admin: Api, changes: dict[str, Any], field: str
) -> None:
    before = _entry(any_admin)
    answer = any_admin.put(f"{PLACE}/{KEY}", json=_body(before, **changes))
    assert answer.status_code == 422, answer.text
    assert any(error["field"].startswith(field) for error in answer.json()["errors"]), answer.text
    assert _entry(any_admin) == before


def test_a_nul_in_a_phrase_is_refused(any_admin: Api) -> None:
    entry = _entry(any_admin)
    points = entry["key_points"]
    points[0]["phrases"][0] = "left\x00out"
    answer = any_admin.put(f"{PLACE}/{KEY}", json=_body(entry, key_points=points))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body.key_points"


def test_the_same_text_as_another_question_is_refused(any_admin: Api) -> None:
    other = next(item for item in load_bank() if item.id != KEY)
    answer = any_admin.put(f"{PLACE}/{KEY}", json=_body(_entry(any_admin), text=other.text.upper()))
    assert answer.status_code == 422
    assert {"field": "body.text", "message": f"the same question as {other.id}."} in answer.json()[
        "errors"
    ]


def test_a_retired_question_is_not_asked_until_it_is_brought_back(any_admin: Api) -> None:
    def listed() -> bool:
        params = {"q": "deadline", "page_size": 100}
        found = any_admin.get("/api/v1/questions/by-type/behavioral", params=params).json()
        return KEY in {item["id"] for item in found["items"]}

    assert listed()
    for _twice in range(2):
        gone = _done(any_admin, "retire")
        assert (gone["active"], gone["retired_by"]) == (False, "admin")
    assert not listed()
    for _twice in range(2):
        back = _done(any_admin, "restore")
        assert (back["active"], back["retired_by"], back["edited"]) == (True, None, False)
    assert listed()
    told = any_admin.get("/api/v1/admin/audit").json()["items"]
    actions = [row["action"] for row in told if row["action"].startswith("question")]
    assert actions == ["question_brought_back", "question_retired"]


def test_the_version_of_the_files_comes_back_as_a_new_one(any_admin: Api) -> None:
    first = _entry(any_admin)
    _published(any_admin, difficulty="hard")
    back = _done(any_admin, "reset")
    assert (back["revision"], back["edited"], back["difficulty"]) == (3, False, first["difficulty"])
    assert _done(any_admin, "reset")["revision"] == 3
    rows = any_admin.get(f"{PLACE}/{KEY}/versions").json()
    assert [row["source"] for row in rows] == ["file", "admin", "file"]


def test_every_change_is_in_the_audit_log_with_its_version(any_admin: Api) -> None:
    _published(any_admin, difficulty="hard")
    told = any_admin.get("/api/v1/admin/audit", params={"action": "question_published"}).json()
    (row,) = told["items"]
    assert row["actor"] == "admin@example.org"
    assert row["detail"] == {"question_id": KEY, "revision": 2}


def test_nobody_else_gets_at_the_bank(any_admin: Api) -> None:
    plain = sign_up(make_client(), "somebody.else@example.org")
    body = _body(_entry(any_admin), difficulty="hard")
    for answer in (
        plain.get(PLACE),
        plain.get(f"{PLACE}/{KEY}"),
        plain.get(f"{PLACE}/{KEY}/versions"),
        plain.put(f"{PLACE}/{KEY}", json=body),
        *(plain.post(f"{PLACE}/{KEY}/{step}") for step in ("retire", "restore", "reset")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert _entry(any_admin)["revision"] == 1


def test_a_question_that_is_not_there(any_admin: Api) -> None:
    body = _body(_entry(any_admin))
    place = f"{PLACE}/no-such-question"
    for answer in (
        any_admin.get(place),
        any_admin.get(f"{place}/versions"),
        any_admin.put(place, json=body),
        *(any_admin.post(f"{place}/{step}") for step in ("retire", "restore", "reset")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert any_admin.get(f"{PLACE}/NO%20such").status_code == 422
