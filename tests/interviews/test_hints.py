"""Help with a question: in steps, on request, noted with the answer it helped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from interview_coach.interviews.nudges import hint_steps, nudge_of
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer


def take(api: Api, interview: dict[str, Any], step: int, place: int = 0) -> Any:
    """Ask for a step of help with a question."""
    question = interview["questions"][place]["id"]
    return api.put(f"/api/v1/interviews/{interview['id']}/questions/{question}/hints/{step}")


def answers(api: Api, interview: dict[str, Any]) -> list[int]:
    """The help that is noted with each answer."""
    view = api.get(f"/api/v1/interviews/{interview['id']}").json()
    return [row["hints"] for row in view["answers"]]


def test_tips_come_first_then_a_nudge(any_house: Runtime, any_api: Api) -> None:
    interview = new_interview(any_api)
    asked = interview["questions"][0]
    assert (asked["hints"], asked["hint_steps"], asked["nudge"]) == (0, 2, None)
    assert take(any_api, interview, 2).status_code == 409
    first = take(any_api, interview, 1).json()
    assert (first["hints"], first["nudge"]) == (1, None)
    second = take(any_api, interview, 2).json()
    assert second["hints"] == 2
    assert "Begin with this: " in second["nudge"]
    assert take(any_api, interview, 1).json() == second
    assert take(any_api, interview, 3).status_code == 422


def test_it_is_noted_with_the_takes_it_helped(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    take(api, interview, 1)
    question = interview["questions"][0]["id"]
    begun = api.post(
        f"/api/v1/interviews/{interview['id']}/answers", json={"question_id": question}
    )
    assert begun.status_code == 201
    take(api, interview, 2)
    typed_answer(api, interview, 1, STRONG_ANSWER)
    assert answers(api, interview) == [0, 2, 0]


def test_pressed_twice_it_is_one_step(any_house: Runtime, any_api: Api) -> None:
    interview = new_interview(any_api)
    with ThreadPoolExecutor(4) as threads:
        came = list(threads.map(lambda _: take(any_api, interview, 1).status_code, range(4)))
    assert came == [200] * 4
    view = any_api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert view["questions"][0]["hints"] == 1


def test_a_live_or_ended_interview_and_another_user_get_none(
    house: Runtime, api: Api, other: Api
) -> None:
    live = new_interview(api, mode="live")
    assert take(api, live, 1).json()["code"] == "no_hints"
    ended = new_interview(api)
    api.post(f"/api/v1/interviews/{ended['id']}/complete")
    assert take(api, ended, 1).json()["code"] == "wrong_step"
    running = new_interview(api)
    assert take(other, running, 1).status_code == 404


@pytest.mark.parametrize(
    ("content", "steps"),
    [
        ({}, 0),
        ({"tips": ["Take your time."]}, 1),
        ({"tips": ["Take your time."], "key_points": [{"text": "What it cost"}], "why": "Why."}, 2),
    ],
)
def test_there_are_as_many_steps_as_there_is_help(content: dict[str, Any], steps: int) -> None:
    assert hint_steps(content) == steps


def test_a_nudge_reads_as_a_sentence() -> None:
    content = {"why": "Shows care.", "key_points": [{"text": "What it cost."}]}
    assert nudge_of(content) == "Shows care. Begin with this: what it cost."
    content = {"why": "Shows care.", "key_points": [{"text": "SQL indexes"}]}
    assert nudge_of(content) == "Shows care. Begin with this: SQL indexes."
