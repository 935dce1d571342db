"""The room with follow-ups: what is in front stays there, and each choice on the page works."""

from __future__ import annotations

from typing import Any

from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.feedback.test_follow_up_choosing import NO_NUMBER
from tests.support.interviews import new_interview, typed_answer
from tests.support.pages import page_state
from tests.support.workers import work


async def _room(kind: type[Any], interview: dict[str, Any], query: str = "") -> Any:
    state = await page_state(kind, f"/interview/{interview['id']}{query}")
    assert [event async for event in state.enter() if event is not None] == []
    return state


async def test_what_is_in_front_stays_there_when_a_follow_up_comes(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in, follow_ups=True, question_count=3)
    state = await _room(RoomState, interview, "?q=2")
    second = interview["questions"][1]["id"]
    typed_answer(signed_in, interview, 0, NO_NUMBER)
    work(house)
    await state.hear_sent({"interviewId": interview["id"]})
    assert state.room.asked.question_id == second
    assert state.room.asked.position == 3
    assert state.address == f"/interview/{interview['id']}?q=3"
    again = await _room(RoomState, interview, "?q=3")
    assert again.room.asked.question_id == second


async def test_a_follow_up_is_offered_and_taken_up_or_left(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in, follow_ups=True)
    typed_answer(signed_in, interview, 0, NO_NUMBER)
    work(house)
    state = await _room(RoomStepsState, interview, "?q=1")
    offered = state.room.asked.offer_id
    assert state.room.asked.offer
    await state.pass_over("somebody-elses")
    assert state.room.asked.offer_id == offered
    await state.pass_over(offered)
    assert state.room.asked.offer == ""
    assert state.room.rows[1].mark == "skipped"
    await state.take_up(offered)
    assert state.room.asked.question_id == offered
    await state.take_up("somebody-elses")
    assert state.room.asked.question_id == offered
    await state.ask_engine_again()  # no engine failed: nothing happens
    assert state.problem == ""


async def test_hints_come_on_request_and_survive_a_refresh(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomStepsState, interview, "?q=1")
    assert state.room.asked.help.tips == []
    await state.ask_hint(2)
    assert state.room.asked.help.tips == []
    await state.ask_hint(1)
    await state.ask_hint(1)
    assert state.room.asked.help.tips
    assert state.room.asked.help.nudge == ""
    await state.ask_hint(2)
    assert state.room.asked.help.nudge
    again = await _room(RoomStepsState, interview, "?q=1")
    assert again.room.asked.help == state.room.asked.help
    assert again.hint


async def test_in_a_live_interview_the_next_question_is_the_follow_up(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in, follow_ups=True, mode="live", question_count=3)
    typed_answer(signed_in, interview, 0, NO_NUMBER)
    state = await _room(RoomStepsState, interview, "?q=1")
    assert "Then a follow-up question comes." in state.room.asked.wait
    work(house)
    await state.next_or_end({})
    assert state.room.asked.chips == ["Follow-up"]
    await state.press("s")
    await state.skip()
    assert state.room.asked.position == 3
    assert state.room.rows[1].mark == "skipped"
