"""A creating request sent twice with one key creates one thing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import Api, make_client
from tests.support.interviews import STRONG_ANSWER, new_interview

PATH = "/api/v1/interviews"
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
