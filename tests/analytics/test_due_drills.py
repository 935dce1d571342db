"""Drills that are due: from answers really given and advised on, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlmodel import col, update

from interview_coach.analytics.state import DashboardState
from interview_coach.interviews.models import Answer, Interview
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import current_user, page_state, sent_by
from tests.support.workers import work

_DEADLINE = "behavioral-tight-deadline"
_DECISION = "behavioral-conflict-with-peer"


def _answered(api: Api, house: Runtime, question_id: str, score: float, days: int) -> str:
    """An analysed answer that was given some days ago and got this score; its id."""
    interview = new_interview(api, question_ids=[question_id], follow_ups=False)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    moment = now() - timedelta(days=days)
    with house.database.writing() as session:
        session.exec(
            update(Answer)
            .where(col(Answer.id) == answer_id)
            .values(overall_score=score, created_at=moment)
        )
        session.exec(
            update(Interview)
            .where(col(Interview.id) == interview["id"])
            .values(created_at=moment, started_at=moment)
        )
    return answer_id


def _due(api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/api/v1/analytics/dashboard").json()["due_drills"]
    return found


def test_a_weak_answer_gives_its_drill_once_it_is_due(any_house: Runtime, any_api: Api) -> None:
    assert _due(any_api) == []
    answer_id = _answered(any_api, any_house, _DEADLINE, 31.0, days=3)
    drill = _due(any_api)[0]
    feedback = any_api.get(f"/api/v1/interviews/{drill['interview_id']}/feedback").json()
    assert drill["answer_id"] == answer_id
    assert drill["text"] == feedback["next_drill"]["text"]
    assert drill["seconds"] == feedback["next_drill"]["seconds"]
    assert drill["question_id"] == _DEADLINE
    assert "scored 31; last practised 3 days ago, so it is due again." in drill["reason"]
    assert drill["overdue_days"] == 2
    assert len(_due(any_api)) == 1, "a question gives one drill, however many things it is about"


def test_what_was_practised_today_is_not_due(any_house: Runtime, any_api: Api) -> None:
    _answered(any_api, any_house, _DEADLINE, 31.0, days=0)
    assert _due(any_api) == []


def test_a_new_take_moves_the_day_on(any_house: Runtime, any_api: Api) -> None:
    _answered(any_api, any_house, _DEADLINE, 31.0, days=3)
    assert _due(any_api)
    _answered(any_api, any_house, _DEADLINE, 80.0, days=0)
    assert _due(any_api) == []


def test_the_neediest_comes_first(any_house: Runtime, any_api: Api) -> None:
    _answered(any_api, any_house, _DECISION, 70.0, days=7)
    _answered(any_api, any_house, _DEADLINE, 10.0, days=7)
    assert [drill["question_id"] for drill in _due(any_api)] == [_DEADLINE, _DECISION]


def test_nobody_elses_answers_are_due(house: Runtime, api: Api, other: Api) -> None:
    _answered(api, house, _DEADLINE, 31.0, days=3)
    assert _due(api)
    assert _due(other) == []


async def test_the_dashboard_shows_what_is_due_with_the_way_to_it(house: Runtime, api: Api) -> None:
    answer_id = _answered(api, house, _DEADLINE, 31.0, days=3)
    with sent_by(current_user(api)):
        state = await page_state(DashboardState, "/dashboard")
        await state.load()
    (row,) = state.drills
    assert row.href.endswith(f"/answer/{answer_id}")
    assert "so it is due again" in row.why
    assert row.about.startswith(f"{_due(api)[0]['seconds']} seconds, on: ")
