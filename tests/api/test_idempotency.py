"""A creating request sent twice with one key creates one thing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import update

from interview_coach.accounts.models import IdempotencyKey
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client
from tests.support.interviews import STRONG_ANSWER, new_interview
from tests.support.recordings import silence

PATH = "/api/v1/interviews"
EXPORT = "/api/v1/users/me/export"
BODY = {"type": "hr", "question_count": 2}


def _post(api: Any, key: str, body: Any = None, path: str = PATH) -> Any:
    return api.post(path, json=body or BODY, headers={"Idempotency-Key": key})


def _count(api: Any) -> int:
    return int(api.get(f"{PATH}/history").json()["total"])


def test_the_second_answer_is_the_first(any_api: Api) -> None:
    first, again = _post(any_api, "one"), _post(any_api, "one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert _post(any_api, "two").json()["id"] != first.json()["id"]
    assert _count(any_api) == 2


def test_a_key_stands_for_one_request(any_api: Api) -> None:
    _post(any_api, "one")
    answer = _post(any_api, "one", {"type": "technical"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key")
    assert _count(any_api) == 1


def test_what_failed_is_tried_again(any_api: Api) -> None:
    interview = new_interview(any_api)
    path = f"{PATH}/{interview['id']}/answers"
    wrong = {"question_id": "nothing", "text": STRONG_ANSWER}
    assert _post(any_api, "one", wrong, path).status_code == 404
    right = {"question_id": interview["questions"][0]["id"], "text": STRONG_ANSWER}
    first, again = _post(any_api, "one", right, path), _post(any_api, "one", right, path)
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])


def test_two_at_once_create_one(any_api: Api) -> None:
    clients = [make_client() for _ in range(6)]
    for client in clients:
        client.headers["Authorization"] = any_api.client.headers["Authorization"]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda client: _post(client, "one"), clients))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 5
    assert _count(any_api) == 1


def test_keys_are_each_users_own(api: Api, other: Api) -> None:
    assert _post(api, "one").json()["id"] != _post(other, "one").json()["id"]


@pytest.mark.parametrize("key", ["", "x" * 121, "two words"])
def test_a_key_is_a_word(api: Api, key: str) -> None:
    assert _post(api, key).status_code == 422


def _upload(api: Any, interview: dict[str, Any], key: str, sound: bytes) -> Any:
    return api.post(
        f"{PATH}/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][0]["id"]},
        files={"file": ("answer", sound, "audio/wav")},
        headers={"Idempotency-Key": key},
    )


def _answers(api: Any, interview: dict[str, Any]) -> list[str]:
    found = api.get(f"{PATH}/{interview['id']}").json()["answers"]
    return [answer["id"] for answer in found]


def test_a_recording_sent_twice_is_one_answer(api: Api) -> None:
    # A live interview takes one answer to a question: the replay is not refused for the first.
    interview = new_interview(api, mode="live")
    first, again = (_upload(api, interview, "one", silence(1)) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202), again.text
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert _answers(api, interview) == [first.json()["answer_id"]]
    different = _upload(api, interview, "one", silence(2))
    assert (different.status_code, different.json()["code"]) == (422, "idempotency_key")


@pytest.mark.parametrize("mode", ["practice", "live"])
def test_recordings_sent_at_once_are_one_answer(any_api: Api, mode: str) -> None:
    interview = new_interview(any_api, mode=mode)
    clients = [make_client() for _ in range(4)]
    for client in clients:
        client.headers["Authorization"] = any_api.client.headers["Authorization"]
    with ThreadPoolExecutor(len(clients)) as pool:
        sent = list(pool.map(lambda client: _upload(client, interview, "one", silence(1)), clients))
    assert {answer.status_code for answer in sent} == {202}, [answer.text for answer in sent]
    assert {answer.json()["answer_id"] for answer in sent} == set(_answers(any_api, interview))
    assert len(_answers(any_api, interview)) == 1
    assert sum("Idempotency-Replayed" in answer.headers for answer in sent) == 3


def test_a_refused_recording_leaves_no_key(api: Api) -> None:
    interview = new_interview(api)
    assert _upload(api, interview, "one", b"words").status_code == 415
    assert _upload(api, interview, "one", silence(1)).status_code == 202


def test_an_export_asked_for_twice_is_made_once(any_api: Api) -> None:
    first, again = (_post(any_api, "one", {}, EXPORT) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202), again.text
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert any_api.get(EXPORT).json()["total"] == 1
    assert _post(any_api, "two", {}, EXPORT).status_code == 409


def test_a_key_older_than_a_day_is_new(any_house: Runtime, any_api: Api) -> None:
    first = _post(any_api, "one")
    with any_house.database.writing() as session:
        session.execute(
            update(IdempotencyKey).values(created_at=now() - timedelta(hours=24, seconds=1))
        )
    later = _post(any_api, "one", {"type": "technical"})
    assert later.status_code == 201, later.text
    assert "Idempotency-Replayed" not in later.headers
    assert later.json()["id"] != first.json()["id"]
    again = _post(any_api, "one", {"type": "technical"})
    assert again.json()["id"] == later.json()["id"]


def test_the_header_and_its_answer_are_described(api: Api) -> None:
    paths = api.get("/api/v1/openapi.json").json()["paths"]
    described = {
        path: (operation, status)
        for path, item in paths.items()
        for operation in item.values()
        for status, answer in operation["responses"].items()
        if "Idempotency-Replayed" in answer.get("headers", {})
    }
    assert set(described) == {
        PATH,
        f"{PATH}/{{interview_id}}/answers",
        f"{PATH}/{{interview_id}}/upload-audio",
        EXPORT,
        "/api/v1/questions/generate",
    }
    for operation, status in described.values():
        assert status in {"200", "201", "202"}
        assert "Idempotency-Key" in {given["name"] for given in operation["parameters"]}
        assert operation["responses"][status]["content"]["application/json"]["schema"]
