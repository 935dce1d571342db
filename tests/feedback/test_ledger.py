"""The ledger of numbers over a user's answers: quotes, places, no judgement, nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.feedback.answer_state import AnswerState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import new_interview, spoken_answer, typed_answer
from tests.support.pages import current_user, page_state, sent_by
from tests.support.workers import work

FIRST = (
    "Last year our checkout failed on three Fridays and I was the engineer on call. First I traced "
    "the slow queries. Then I tested the index on a copy of production. As a result failed "
    "payments at the checkout went down by 40 percent."
)
SECOND = (
    "When I joined the team, the checkout was my task. I wrote a guide and added alerts for it. "
    "Then I reviewed each release. In the end failed payments at the checkout fell 30 percent, and "
    "the team trained 25 engineers on the new process."
)


def _answers(api: Any, house: Runtime, *texts: str) -> list[str]:
    """The paths of answers to questions of one interview."""
    interview = new_interview(
        api, question_ids=["behavioral-tight-deadline", "behavioral-own-mistake"]
    )
    ids = [typed_answer(api, interview, place, text) for place, text in enumerate(texts)]
    work(house)
    return [f"/api/v1/interviews/{interview['id']}/answers/{answer}" for answer in ids]


def test_two_answers_with_another_number_for_one_thing(any_api: Api, any_house: Runtime) -> None:
    first, second = _answers(any_api, any_house, FIRST, SECOND)
    found = any_api.get(f"{first}/numbers").json()
    assert found["compared_answers"] == 1
    assert "resume is not compared" in found["note"]
    by_quote = {item["quote"]: item for item in found["items"]}
    item = by_quote["40 percent"]
    assert (item["standing"], item["value"], item["unit"]) == ("differs", 40.0, "percent")
    (place,) = item["others"]
    assert (place["quote"], place["same"]) == ("30 percent", False)
    assert second.endswith(place["answer_id"])
    assert place["sentence"] in SECOND
    for one in found["items"]:
        assert one["quote"] in FIRST
        assert one["sentence"] in FIRST
    back = {item["quote"]: item for item in any_api.get(f"{second}/numbers").json()["items"]}
    assert back["30 percent"]["others"][0]["quote"] == "40 percent"
    assert back["25 engineers"]["standing"] == "first"


def test_takes_of_one_question_and_abandoned_interviews_are_not_compared(
    api: Api, house: Runtime
) -> None:
    interview = new_interview(api, question_ids=["behavioral-tight-deadline"])
    first = typed_answer(api, interview, 0, FIRST)
    typed_answer(api, interview, 0, SECOND)
    work(house)
    path = f"/api/v1/interviews/{interview['id']}/answers/{first}/numbers"
    assert api.get(path).json()["compared_answers"] == 0
    other = _answers(api, house, SECOND)[0]
    assert api.get(path).json()["compared_answers"] == 1
    api.post(f"{other.split('/answers/')[0]}/abandon")
    assert api.get(path).json()["compared_answers"] == 0


def test_other_peoples_answers_are_never_compared(api: Api, other: Api, house: Runtime) -> None:
    mine = _answers(api, house, FIRST)[0]
    _answers(other, house, SECOND)
    assert other.get(f"{mine}/numbers").status_code == 404
    found = api.get(f"{mine}/numbers").json()
    assert (found["compared_answers"], {i["standing"] for i in found["items"]}) == (0, {"first"})


async def test_the_page_shows_both_quotes_and_accuses_nobody(api: Api, house: Runtime) -> None:
    first, second = _answers(api, house, FIRST, SECOND)
    page = first.replace("/api/v1/interviews/", "/interview/").replace("/answers/", "/answer/")
    with sent_by(current_user(api)):
        state: Any = await page_state(AnswerState, page)
        await state.load()
        await state.load_numbers()
    line = next(one for one in state.numbers if one.quote == "40 percent")
    assert line.word == "You said 40 percent here and 30 percent in another answer"
    assert line.other_href.endswith(second.rsplit("/", 1)[1])
    assert line.other_quote in SECOND
    for word in ("wrong", "lie", "false", "contradict", "error"):
        assert word not in f"{line.word} {state.numbers_note}".lower()


@pytest.mark.usefixtures("whisper")
def test_a_spoken_number_has_its_second(api: Api, house: Runtime) -> None:
    interview = new_interview(api, question_count=1)
    answer = spoken_answer(api, interview, 0)
    work(house)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer}"
    items = {item["quote"]: item for item in api.get(f"{path}/numbers").json()["items"]}
    words = api.get(path).json()["words"]
    nine = next(word["start"] for word in words if word["word"] == "nine")
    assert items["nine percent"]["start"] == pytest.approx(nine, abs=0.05)
