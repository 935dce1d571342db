"""The recommended questions on the dashboard, on a real database."""

from __future__ import annotations

from typing import Any

from interview_coach.analytics.recommended_state import RecommendedState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import database_away
from tests.support.pages import page_state, sent_to


async def _shown() -> Any:
    state = await page_state(RecommendedState, "/dashboard")
    await state.load()
    return state


async def test_all_of_them_make_one_interview_in_their_order(signed_in: Api) -> None:
    state = await _shown()
    assert len(state.rows) == 5
    assert "to begin with" in state.lead
    assert state.all_label.startswith("Practise these 5 (")
    (target,) = await sent_to(state.practise_all())
    assert await sent_to(state.practise_all()) == []  # a second press
    interview = signed_in.get(f"/api/v1/interviews/{target.split('/')[2]}").json()
    assert [q["question_id"] for q in interview["questions"]] == [row.id for row in state.rows]
    kinds = [q["type"] for q in interview["questions"]]
    assert kinds.count(interview["type"]) == max(map(kinds.count, kinds))


async def test_one_of_them_is_practised_alone(signed_in: Api) -> None:
    state = await _shown()
    for strange in ("behavioral-tight-deadline-not-shown", "", None, ["x"], 7):
        assert await sent_to(state.practise_one(strange)) == []
    (target,) = await sent_to(state.practise_one(state.rows[2].id))
    interview = signed_in.get(f"/api/v1/interviews/{target.split('/')[2]}").json()
    (question,) = interview["questions"]
    assert (question["question_id"], question["type"]) == (state.rows[2].id, interview["type"])


async def test_without_a_database_it_says_so(signed_in: Api, house: Runtime) -> None:
    with database_away(house):
        state = await _shown()
    assert (state.loaded, state.rows) == (False, [])
    assert "try again" in state.problem
    await state.load()
    assert (state.loaded, state.problem) == (True, "")
