"""Takes of one question: tried again, side by side, the best one counts and all are kept."""

from __future__ import annotations

from typing import Any

from interview_coach.feedback.answer_state import AnswerState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import page_state
from tests.support.workers import work

WEAK = (
    "So we kind of had this problem, I guess, and we had to do something about it before the sale. "
    "Maybe we looked at it for some days and tried a few things, and then I think it was fine."
)


def _interview(api: Any, **wanted: Any) -> dict[str, Any]:
    return new_interview(
        api, question_ids=["behavioral-tight-deadline", "behavioral-own-mistake"], **wanted
    )


async def _opened(interview: dict[str, Any], answer: str) -> Any:
    state = await page_state(AnswerState, f"/interview/{interview['id']}/answer/{answer}")
    await state.load()
    return state


def test_after_the_end_of_practice_what_was_answered_is_tried_again(
    any_house: Runtime, any_api: Api
) -> None:
    interview = _interview(any_api)
    path = f"/api/v1/interviews/{interview['id']}"
    weak = typed_answer(any_api, interview, 0, WEAK)
    work(any_house)
    before = any_api.post(f"{path}/complete").json()["overall_score"]
    strong = typed_answer(any_api, interview, 0, STRONG_ANSWER)
    work(any_house)
    found = any_api.get(f"{path}/analysis").json()
    assert {row["answer_id"]: row["counted"] for row in found["answers"]} == {
        weak: False,
        strong: True,
    }
    assert found["overall"]["score"] > before
    assert any_api.get(path).json()["status"] == "completed"
    # What was passed over stays passed over.
    refused = any_api.post(
        f"{path}/answers", json={"question_id": interview["questions"][1]["id"], "text": WEAK}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_step")


def test_a_live_interview_stays_as_it_was(house: Runtime, api: Api) -> None:
    interview = _interview(api, mode="live")
    path = f"/api/v1/interviews/{interview['id']}"
    typed_answer(api, interview, 0, WEAK)
    work(house)
    api.post(f"{path}/complete")
    refused = api.post(
        f"{path}/answers", json={"question_id": interview["questions"][0]["id"], "text": WEAK}
    )
    assert refused.status_code == 409


async def test_two_takes_stand_side_by_side(signed_in: Api, house: Runtime) -> None:
    interview = _interview(signed_in)
    weak = typed_answer(signed_in, interview, 0, WEAK)
    strong = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _opened(interview, strong)
    (view,) = state.compared
    assert view.title == "Take 2 against take 1"
    assert (view.before.answer_id, view.after.answer_id) == (weak, strong)
    assert state.head.counts.startswith("Take 2 counts in the interview")
    rows = {row.label: row for row in view.rows}
    assert rows["Overall"].word == "better"
    assert rows["Overall"].band == "good"
    story = [rows[name] for name in ("Situation", "Task", "Action", "Result")]
    assert "good" in {row.band for row in story}
    assert "bad" not in {row.band for row in story}
    assert int(rows["Overall"].after) - int(rows["Overall"].before) == int(rows["Overall"].change)
    assert "Pitch variation, semitones" not in rows  # both are typed
    assert view.advised
    assert view.fixed
    assert not {one.text for one in view.fixed} & {one.text for one in view.missing}
    assert any(one.change == "in" and "Datadog" in one.text for one in view.words)
    # The page of the first take shows the same two, the earlier first.
    first = await _opened(interview, weak)
    (same,) = first.compared
    assert (same.title, same.rows, same.words) == (view.title, view.rows, view.words)
    assert [choice.answer_id for choice in same.choices] == [strong]


async def test_another_take_can_be_chosen_and_nothing_else(signed_in: Api, house: Runtime) -> None:
    interview = _interview(signed_in)
    takes = [typed_answer(signed_in, interview, 0, text) for text in (WEAK, STRONG_ANSWER, WEAK)]
    work(house)
    state = await _opened(interview, takes[2])
    assert state.compared[0].title == "Take 3 against take 2"
    assert [choice.title for choice in state.compared[0].choices] == ["Take 1", "Take 2"]
    await state.compare_with(takes[0])
    assert state.compared[0].title == "Take 3 against take 1"
    settled = state.compared[0]
    assert settled.fixed == []
    assert settled.missing
    assert [one.change for one in settled.words] == ["same"]
    await state.compare_with("01m88cajqmzcx38hx832011he4")
    assert state.compared[0].title == "Take 3 against take 1"


async def test_trying_again_here_waits_for_the_end(signed_in: Api, house: Runtime) -> None:
    interview = _interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, WEAK)
    work(house)
    state = await _opened(interview, answer)
    assert state.head.room_href == f"/interview/{interview['id']}?q=1"
    state.try_again()
    assert not state.trying
    signed_in.post(f"/api/v1/interviews/{interview['id']}/complete")
    await state.load()
    assert (state.head.room_href, state.head.can_try_here) == ("", True)
    state.try_again()
    assert state.trying
    second = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    sent = {"interviewId": interview["id"], "answerId": second}
    assert await state.hear_sent({**sent, "interviewId": "another"}) is None
    assert state.trying
    assert await state.hear_sent({**sent, "answerId": "nobodys"}) is None
    assert state.problem
    assert await state.hear_sent(sent) is not None
    assert not state.trying


async def test_one_take_has_nothing_beside_it(signed_in: Api, house: Runtime) -> None:
    interview = _interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, WEAK)
    work(house)
    state = await _opened(interview, answer)
    assert (state.compared, state.head.counts) == ([], "")
