"""Skipping a question over REST, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer


def _skip(api: Any, interview: dict[str, Any], place: int, skipped: Any = True) -> Any:
    question = interview["questions"][place]["id"]
    path = f"/api/v1/interviews/{interview['id']}/questions/{question}/skipped"
    return api.put(path, json={"skipped": skipped})


def test_a_question_is_skipped_and_taken_back(any_api: Api) -> None:
    interview = new_interview(any_api)
    for _ in range(2):  # asked twice it is one
        told = _skip(any_api, interview, 0)
        assert (told.status_code, told.json()["skipped"]) == (200, True)
    found = any_api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert [row["skipped"] for row in found["questions"]] == [True, False]
    assert _skip(any_api, interview, 0, skipped=False).json()["skipped"] is False


def test_an_answer_takes_it_back(any_api: Api) -> None:
    interview = new_interview(any_api)
    _skip(any_api, interview, 0)
    typed_answer(any_api, interview, 0, STRONG_ANSWER)
    found = any_api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert not found["questions"][0]["skipped"]


def test_only_a_running_interview_has_questions_to_skip(api: Api) -> None:
    interview = new_interview(api)
    api.post(f"/api/v1/interviews/{interview['id']}/pause")
    assert _skip(api, interview, 0).status_code == 200
    api.post(f"/api/v1/interviews/{interview['id']}/complete")
    refused = _skip(api, interview, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_step")


def test_a_question_of_somebody_else_or_of_nobody_is_not_found(api: Api, other: Api) -> None:
    interview = new_interview(api)
    assert _skip(other, interview, 0).status_code == 404
    path = f"/api/v1/interviews/{interview['id']}/questions/nobodys/skipped"
    assert api.put(path, json={"skipped": True}).status_code == 404


@pytest.mark.parametrize("wrong", [None, "yes", 1])
def test_what_is_no_yes_or_no_is_refused(api: Api, wrong: Any) -> None:
    assert _skip(api, new_interview(api), 0, wrong).status_code == 422
