"""The state of the page of one answer on a real database, queue and scorer."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col

from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.models import SoundLanes
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, spoken_answer, typed_answer
from tests.support.outages import database_away
from tests.support.pages import current_user, page_state, sent_by
from tests.support.recordings import SPOKEN_TEXT
from tests.support.workers import work


async def _opened(path: str) -> Any:
    state = await page_state(AnswerState, path)
    await state.load()
    return state


def _spoken(api: Any) -> str:
    interview = new_interview(api, question_ids=["behavioral-tight-deadline"])
    return f"/interview/{interview['id']}/answer/{spoken_answer(api, interview, 0)}"


@pytest.mark.usefixtures("whisper")
async def test_a_spoken_answer_is_shown_with_its_advice(signed_in: Api, house: Runtime) -> None:
    path = _spoken(signed_in)
    work(house)
    # As if these words had been said: they are what the question asks for.
    api = path.replace("/interview/", "/api/v1/interviews/").replace("/answer/", "/answers/")
    assert signed_in.put(f"{api}/transcript", json={"text": STRONG_ANSWER}).status_code == 202
    work(house)
    state = await _opened(path)
    assert (state.loaded, state.missing, state.problem) == (True, False, "")
    assert state.head.place == "Question 1 of 1"
    assert state.head.timeline_src.endswith("/timeline")
    assert state.head.not_drawn == ""
    (take,) = state.take
    assert take.timed
    quoted = [line for line in state.advice if line.quote]
    assert quoted, state.advice
    assert all(line.quote in STRONG_ANSWER for line in quoted)
    assert all(line.at_text for line in quoted)
    assert len({line.text for line in state.advice}) == len(state.advice)
    for kind in ("good", "mid", "accent"):
        lines = [line for line in state.advice if line.kind == kind]
        shown = [line for line in lines if not line.later]
        assert len(shown) == min(3, len(lines))
        if any(line.quote for line in lines):
            assert any(line.quote for line in shown), "what can be checked stands in the open"
    folded = sum(line.later for line in state.advice)
    assert state.head.later == f"{folded} more"
    assert state.head.drill
    assert state.head.drill in state.head.copied
    for line in state.advice:
        assert line.text in state.head.copied


async def test_a_typed_answer_has_nothing_over_time(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _opened(f"/interview/{interview['id']}/answer/{answer}")
    assert state.head.timeline_src == ""
    assert state.head.not_drawn == ""
    assert all(line.at_text == "" for line in state.advice)
    assert "".join(piece.text for piece in state.take[0].pieces) == STRONG_ANSWER


@pytest.mark.usefixtures("whisper")
async def test_an_old_answer_is_drawn_when_asked(signed_in: Api, house: Runtime) -> None:
    path = _spoken(signed_in)
    work(house)
    with house.database.writing() as session:
        session.execute(delete(SoundLanes).where(col(SoundLanes.id).is_not(None)))
    state = await _opened(path)
    before = state.head.revision
    assert state.head.can_be_drawn
    await state.draw()
    assert (state.drawing, state.problem) == (True, "")
    work(house)
    await state.load()
    assert (state.drawing, state.head.not_drawn) == (False, "")
    assert state.head.revision != before
    await state.draw()
    assert state.problem == "The sound of this answer is drawn already."


@pytest.mark.usefixtures("whisper")
async def test_corrected_words_are_scored_again(signed_in: Api, house: Runtime) -> None:
    path = _spoken(signed_in)
    work(house)
    state = await _opened(path)
    await state.edit()
    assert state.edit_text == SPOKEN_TEXT
    await state.save_words({"words": "   "})
    assert state.edit_problem.startswith("Write what you said")
    await state.save_words({"words": SPOKEN_TEXT.replace("two weeks", "three weeks")})
    assert (state.editing, state.take[0].state) == (False, "busy")
    work(house)
    await state.load()
    assert state.take[0].state == "done"
    assert state.head.source.endswith("corrected by you")
    assert state.head.can_undo
    await state.undo()
    work(house)
    await state.load()
    assert (state.head.can_undo, state.problem) == (False, "")
    await state.edit()
    assert state.edit_text == SPOKEN_TEXT


async def test_another_users_answer_is_not_there(api: Api, other: Api, house: Runtime) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    with sent_by(current_user(other)):
        state = await _opened(f"/interview/{interview['id']}/answer/{answer}")
        assert state.missing
        await state.edit()
        assert (state.editing, state.edit_text) == (False, "")
        await state.draw()
        assert (state.drawing, state.take) == (False, [])


async def test_a_database_that_is_away_is_told(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    with database_away(house):
        state = await _opened(f"/interview/{interview['id']}/answer/{answer}")
        assert "does not answer" in state.problem
        assert not state.loaded
