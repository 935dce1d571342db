"""How long one waits: from what was measured here, and nothing where nothing was."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from sqlmodel import col, update

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.models import AiCall
from interview_coach.interviews import waits
from interview_coach.interviews.models import Answer
from interview_coach.interviews.waits import Waits, about, hearing_words
from interview_coach.runtime import Runtime
from interview_coach.settings import Settings
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer


def with_key(house: Runtime) -> Settings:
    """The settings of the house with an engine in them."""
    return house.settings.model_copy(update={"openai_base_url": "http://127.0.0.1:9/v1"})


def test_before_anything_was_measured_nothing_is_said(house: Runtime, api: Api) -> None:
    with house.database.reading() as session:
        assert waits.read(session, house.settings, Breaker(house.redis)) == Waits()
        found = waits.read(session, with_key(house), Breaker(house.redis))
    assert (found.engine, found.writing, found.follow_up) == ("openai", None, None)
    assert (found.writing_most, found.follow_up_most) == (80.0, 8.0)
    assert "not known" in hearing_words(found, 60.0)


def test_the_middle_of_what_was_measured_counts(any_house: Runtime, any_api: Api) -> None:
    interview = new_interview(any_api, question_count=3)
    times = {typed_answer(any_api, interview, n, STRONG_ANSWER): n for n in range(3)}
    with any_house.database.writing() as session:
        for answer_id, n in times.items():
            values = {"hearing_seconds": (10.0, 20.0, 90.0)[n], "duration_seconds": 100.0}
            session.execute(update(Answer).where(col(Answer.id) == answer_id).values(**values))
        for milliseconds in (2000, 2500, 3000, 2200, 2600):
            for task in ("judge", "advice", "follow_up"):
                session.add(_call(task, milliseconds))
    with any_house.database.reading() as session:
        found = waits.read(session, with_key(any_house), Breaker(any_house.redis))
    assert found.hearing == pytest.approx(0.2)
    assert hearing_words(found, 120.0) == "Usually 24 s for a recording of this length."
    assert found.follow_up == pytest.approx(2.5)
    assert found.writing == pytest.approx(5.0)


def test_an_engine_that_cannot_be_asked_is_not_waited_for(house: Runtime, api: Api) -> None:
    breaker, settings = Breaker(house.redis), with_key(house)
    settings = settings.model_copy(
        update={"gemini_api_key": SecretStr("key-1"), "ai_monthly_budget_usd": 1.0}
    )
    with house.database.reading() as session:
        assert waits.read(session, settings, breaker).engine == "gemini"
    breaker.failed("openai", rest_seconds=60)
    with house.database.writing() as session:
        call = _call("judge", 2000)
        call.cost_usd = 1.0
        session.add(call)
    with house.database.reading() as session:
        found = waits.read(session, settings, breaker)
    # Gemini has no budget left, the other rests.
    assert (found.engine, found.writing) == ("local", None)
    assert "local engine's words stand" in waits.writing_words(found)
    assert waits.follow_up_words(found) == "The local engine asks it at once."
    breaker.succeeded("openai")
    with house.database.reading() as session:
        assert waits.read(session, settings, breaker).engine == "openai"


def _call(task: str, milliseconds: int) -> AiCall:
    return AiCall(
        user_id=None,
        task=task,
        prompt=f"{task}.v1",
        engine="openai",
        model="model",
        outcome="ok",
        attempt=1,
        tokens_in=1,
        tokens_out=1,
        cost_usd=0.0,
        latency_ms=milliseconds,
        detail="",
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (24.4, "24 s"), (60, "1 min"), (80, "1 min 20 s"), (119.6, "2 min")],
)
def test_lengths_as_one_says_them(seconds: float, words: str) -> None:
    assert about(seconds) == words
