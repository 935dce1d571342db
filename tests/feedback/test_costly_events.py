"""What keeps a worker or an engine busy is limited on pages as it is over REST."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from interview_coach.accounts.access import check_costly
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.state import ResultsState
from interview_coach.interviews import outcomes
from interview_coach.interviews.room_steps_state import RoomStepsState, RoomTypingState
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.feedback.test_follow_up_choosing import NO_NUMBER
from tests.support.engines import EngineServer, Turn, reopen
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import page_state
from tests.support.workers import work

TOO_MANY = "Too many requests in a short time."


def _use_up(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave this user no costly request for a minute."""
    monkeypatch.setenv("COACH_RATE_LIMIT_PER_MINUTE", "5")
    reopen()
    check_costly(api.user["id"])
    with pytest.raises(CoachError, match=TOO_MANY):
        check_costly(api.user["id"])


def _jobs(house: Runtime) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        return sorted((row.id, row.status) for row in session.exec(select(OutboxJob)))


async def test_results_and_answers(
    house: Runtime, signed_in: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    path = f"/interview/{interview['id']}"
    results: Any = await page_state(ResultsState, f"{path}/results")
    page: Any = await page_state(AnswerState, f"{path}/answer/{answer}")
    await results.load()
    await page.load()
    _use_up(signed_in, monkeypatch)
    before = _jobs(house)
    for state, event, arguments in (
        (results, "retry", [answer]),
        (results, "write_again", []),
        (page, "retry", []),
        (page, "write_again", []),
        (page, "draw", []),
    ):
        state.problem = ""
        await getattr(state, event)(*arguments)
        assert state.problem.startswith(TOO_MANY), event
    assert not page.drawing
    assert _jobs(house) == before


async def test_a_failed_analysis_in_the_room(
    house: Runtime, signed_in: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    with house.database.writing() as session:
        outcomes.record(session, answer, {"status": "failed"})
    state: Any = await page_state(RoomTypingState, f"/interview/{interview['id']}")
    _ = [event async for event in state.enter()]
    assert state.room.rows[0].can_retry
    _use_up(signed_in, monkeypatch)
    before = _jobs(house)
    await state.try_again(1)
    assert state.problem.startswith(TOO_MANY)
    assert state.room.rows[0].can_retry
    assert _jobs(house) == before


async def test_a_follow_up_in_the_room(
    house: Runtime, signed_in: Api, gemini: EngineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gemini.will(Turn(status=400))
    interview = new_interview(signed_in, follow_ups=True)
    typed_answer(signed_in, interview, 0, NO_NUMBER)
    work(house)
    state: Any = await page_state(RoomStepsState, f"/interview/{interview['id']}?q=2")
    _ = [event async for event in state.enter()]
    assert state.room.asked.can_ask_again
    _use_up(signed_in, monkeypatch)
    before = _jobs(house)
    await state.ask_engine_again()
    assert state.problem.startswith(TOO_MANY)
    assert _jobs(house) == before
