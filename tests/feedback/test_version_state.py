"""The stronger version on the results page: asked for, waited for, told when it fails."""

from __future__ import annotations

from typing import Any

from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.schemas import ModelAnswerView, PassedEngine
from interview_coach.feedback.version_state import VersionState
from interview_coach.feedback.views.version import version_view
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime, runtime
from tests.conftest import Api
from tests.support.engines import EngineServer, Turn
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.outages import outage_noticed, tell_until, watching
from tests.support.pages import page_state
from tests.support.workers import work


def told(**other: Any) -> ModelAnswerView:
    """A version as the API tells it."""
    values: dict[str, Any] = {
        "answer_id": "a", "status": "done", "engine": "local", "model": "local",
        "prompt": "model_answer.v1", "passed": [], "text": "I moved it [when] by [your number].",
        "gaps": ["when", "your number"], "kept": [], "missing": ["What broke"],
        "facts_dropped": 0, "current": True, "seconds_at_most": 25, "created_at": now(),
    }  # fmt: skip
    return ModelAnswerView.model_validate({**values, **other})


def test_gaps_are_pieces_of_their_own() -> None:
    view = version_view(told())
    assert [(piece.text, piece.gap) for piece in view.pieces] == [
        ("I moved it ", False),
        ("[when]", True),
        (" by ", False),
        ("[your number]", True),
        (".", False),
    ]
    assert "2 marked gaps" in view.gaps
    assert "nothing is left open" in version_view(told(text="I moved it.", gaps=[])).gaps


def test_who_wrote_it_and_who_failed_is_told() -> None:
    passed = [PassedEngine(engine="gemini", kind="timeout").model_dump()]
    failed = version_view(told(passed=passed))
    assert "did not answer in time" in failed.problem
    written = version_view(told(engine="gemini", passed=passed))
    assert (written.problem, "Gemini" in written.writer) == ("", True)
    waiting = version_view(told(status="writing", text=None))
    assert waiting.writing
    assert "25 seconds" in waiting.wait
    assert version_view(told(current=False)).old


async def test_without_an_engine_it_is_there_at_once(house: Runtime, signed_in: Api) -> None:
    interview = new_interview(signed_in, follow_ups=False)
    answer_id = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await page_state(VersionState, f"/interview/{interview['id']}/results")
    assert await state.load() is None
    assert state.versions == {}

    assert await state.write(answer_id) is None

    assert "Datadog" in state.versions[answer_id].text
    again = await page_state(VersionState, f"/interview/{interview['id']}/results")
    await again.load()
    assert again.versions == state.versions


async def test_on_the_page_of_an_answer_it_becomes_old_once_the_words_are_corrected(
    house: Runtime, signed_in: Api
) -> None:
    interview = new_interview(signed_in, follow_ups=False)
    answer_id = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    address = f"/interview/{interview['id']}/answer/{answer_id}"
    state = await page_state(VersionState, address)
    await state.write(answer_id)
    assert not state.versions[answer_id].old

    answer = await page_state(AnswerState, address)
    await answer.load()
    await answer.edit()
    told = await answer.save_words({"words": f"{STRONG_ANSWER} It still holds."})
    assert told is VersionState.load
    assert await state.load() is VersionState.follow  # while the words are analysed again
    work(house)
    assert await state.load() is None
    assert state.versions[answer_id].old


async def test_with_an_engine_the_page_follows(
    house: Runtime, signed_in: Api, gemini: EngineServer
) -> None:
    interview = new_interview(signed_in, follow_ups=False)
    answer_id = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house, "light")
    state = await page_state(VersionState, f"/interview/{interview['id']}/results")
    assert await state.write(answer_id) is VersionState.follow
    assert state.versions[answer_id].writing
    gemini.will(Turn(status=400))
    here = runtime()  # with the engine, unlike `house`
    async with watching(here, state, "follow") as follower:
        # A database that was away in between does not end it.
        await outage_noticed(here, interview["id"])
        work(here, "ai")
        await tell_until(here, interview["id"], follower.done, "the version is there")
    assert "Datadog" in state.versions[answer_id].text


async def test_what_cannot_be_made_is_told_where_it_was_asked_for(
    house: Runtime, signed_in: Api
) -> None:
    interview = new_interview(signed_in, follow_ups=False)
    answer_id = typed_answer(signed_in, interview, 0, "I do not know.")
    work(house)
    state = await page_state(VersionState, f"/interview/{interview['id']}/results")
    await state.write(answer_id)
    assert state.problem_at == answer_id
    assert "no score" in state.problem
    await state.write("somebody-elses")
    assert state.problem_at == "somebody-elses"
