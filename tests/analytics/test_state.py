"""The dashboard's state on a real database."""

from __future__ import annotations

from typing import Any

from interview_coach.analytics.state import DashboardState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.outages import database_away
from tests.support.pages import page_state
from tests.support.workers import work


async def _dashboard() -> Any:
    state = await page_state(DashboardState, "/dashboard")
    await state.load()
    return state


def _step(api: Api, interview: dict[str, Any], step: str) -> None:
    assert api.post(f"/api/v1/interviews/{interview['id']}/{step}").status_code == 200


async def test_the_first_run_leads_to_an_interview_in_one_press(signed_in: Api) -> None:
    state = await _dashboard()
    assert state.first_run
    assert {figure.value for figure in state.figures} == {"-"}
    events = [event async for event in state.start_first() if event is not None]
    assert [event async for event in state.start_first() if event is not None] == []
    assert len(events) == 1
    found = signed_in.get("/api/v1/interviews/history").json()
    assert found["total"] == 1
    target = next(str(value) for key, value in events[0].args if str(key) == "path")
    assert target.strip('"') == f"/interview/{found['items'][0]['id']}/lobby"


async def test_open_interviews_go_on_and_finished_ones_show_their_score(
    signed_in: Api, house: Runtime
) -> None:
    finished = new_interview(signed_in)
    typed_answer(signed_in, finished, 0, STRONG_ANSWER)
    _step(signed_in, finished, "complete")
    running = new_interview(signed_in)
    made = signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    work(house)
    state = await _dashboard()
    waiting, open_one, done = state.listing.rows
    assert (waiting.href, waiting.action) == (f"/interview/{made['id']}/lobby", "Start")
    assert (open_one.href, open_one.action) == (f"/interview/{running['id']}", "Continue")
    assert (done.href, done.action) == (f"/interview/{finished['id']}/results", "Results")
    assert done.score.scored
    assert done.score.range_text
    assert state.figures[1].value == done.score.value_text
    assert not state.first_run


async def test_an_abandoned_interview_is_marked_and_not_averaged(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    _step(signed_in, interview, "abandon")
    work(house)
    state = await _dashboard()
    row = state.listing.rows[0]
    assert row.status == "Ended early"
    assert "not averaged" in row.note
    assert [figure.value for figure in state.figures] == ["-", "-", "-", "-"]


async def test_ten_a_page_newest_first(signed_in: Api) -> None:
    for _ in range(11):
        signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 1})
    state = await _dashboard()
    newest = state.listing.rows[0].href
    assert (len(state.listing.rows), state.listing.turn.place) == (10, "Page 1 of 2")
    assert (state.listing.turn.newest, state.listing.turn.oldest) == (True, False)
    await state.go_to(2)
    assert (len(state.listing.rows), state.listing.turn.oldest) == (1, True)
    await state.go_to(0)
    assert state.listing.turn.place == "Page 2 of 2"
    await state.load()
    assert state.listing.rows[0].href == newest


async def test_nobody_elses_interviews_are_listed(signed_in: Api, other: Api) -> None:
    new_interview(other)
    assert (await _dashboard()).first_run


async def test_a_dashboard_that_cannot_be_read_says_so_and_can_be_tried_again(
    signed_in: Api, house: Runtime
) -> None:
    with database_away(house):
        state = await _dashboard()
        assert not state.loaded
        assert state.problem.startswith("The database does not answer right now.")
    await state.load()
    assert (state.loaded, state.problem) == (True, "")


async def test_a_press_that_the_database_missed_changes_nothing(
    signed_in: Api, house: Runtime
) -> None:
    for _ in range(11):
        signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 1})
    state = await _dashboard()
    before = state.listing
    with database_away(house):
        await state.go_to(2)
        assert [event async for event in state.start_first() if event is not None] == []
    assert state.problem
    assert (state.listing, state.starting, state._page) == (before, False, 1)
    await state.go_to(2)
    assert (state.problem, state.listing.turn.place) == ("", "Page 2 of 2")


async def test_an_answer_that_arrives_late_is_counted(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _dashboard()
    assert "0 of 2 answers" in state.listing.rows[0].note
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    await state.hear_sent({"interviewId": interview["id"], "answerId": answer})
    assert "1 of 2 answers" in state.listing.rows[0].note
