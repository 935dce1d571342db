"""What the results page says about who wrote the advice, and what failed before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.models import AiCall
from interview_coach.ai.types import FailureKind
from interview_coach.feedback.report import read_report
from interview_coach.feedback.schemas import Authors, PassedTask
from interview_coach.feedback.views.advice import AdviceView, advice_view
from interview_coach.feedback.views.answer import status_of
from interview_coach.feedback.views.engines import problem_words
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.engines import EngineServer, Turn
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.workers import use_up_attempts, work


def test_advice_is_shown_with_its_proof_and_one_drill(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 1, STRONG_ANSWER)
    work(house)

    with house.database.reading() as session:
        view = advice_view(read_report(session, api.user["id"], interview["id"]))

    assert view.shown
    assert view.working == ""
    assert view.problem == ""
    assert "without a language model" in view.writer
    assert view.drill
    assert view.drill_href == "#question-2"
    for item in [*view.strengths, *view.weaknesses, *view.improvements]:
        assert item.at_text == "Question 2"
        if item.quote:
            assert item.quote in STRONG_ANSWER


def test_nothing_is_shown_before_there_is_a_score(house: Runtime, api: Api) -> None:
    interview = new_interview(api)

    with house.database.reading() as session:
        assert not advice_view(read_report(session, api.user["id"], interview["id"])).shown


def test_a_failed_engine_is_named_with_what_was_used_instead(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    gemini.will(Turn(status=400))
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    with house.database.reading() as session:
        assert advice_view(read_report(session, api.user["id"], interview["id"])).working != ""

    work(house, "ai")

    with house.database.reading() as session:
        view = advice_view(read_report(session, api.user["id"], interview["id"]))
    assert view.problem == "Scored and written by the local engine instead"
    assert view.problem_text == (
        "Gemini did not accept the request. The words below are those of the local engine. "
        "The scores are the local measure alone."
    )


def _told(engines: list[str], *kinds: str) -> tuple[str, str]:
    passed = [PassedTask(engine="openai", kind=kind) for kind in kinds]
    return problem_words(Authors(engines=engines, judges=["gemini"], passed=passed))


@pytest.mark.parametrize("kind", FailureKind.__args__)  # type: ignore[attr-defined]
def test_every_way_to_fail_has_words(kind: str) -> None:
    title, why = _told(["local"], kind)
    assert title == "Written by the local engine instead"
    assert why.startswith("The OpenAI-compatible engine ")


def test_another_engine_that_wrote_instead_is_named() -> None:
    assert _told(["gemini"], "timeout") == (
        "Written by Gemini instead",
        "The OpenAI-compatible engine did not answer in time. The words below are those of Gemini.",
    )
    title, why = _told(["gemini", "local"], "empty")
    assert title == "Partly written by another engine"
    assert why.endswith("those of Gemini and the local engine.")
    assert _told(["gemini"]) == ("", "")


def test_a_job_that_was_given_up_says_so_and_can_be_asked_again(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    with house.database.writing() as session:
        session.connection().execute(text("ALTER TABLE ai_calls RENAME TO elsewhere"))
    use_up_attempts(house, "feedback.advise")
    with house.database.writing() as session:
        session.connection().execute(text("ALTER TABLE elsewhere RENAME TO ai_calls"))

    view = _shown(house, api, interview)

    assert view.problem == "Scored and written by the local engine instead"
    assert "failed several times" in view.problem_text
    again = api.post(f"/api/v1/interviews/{interview['id']}/feedback/retry")
    assert again.status_code == 202
    assert _shown(house, api, interview).working == "Gemini will be asked next"


def _shown(house: Runtime, api: Api, interview: dict[str, Any]) -> AdviceView:
    with house.database.reading() as session:
        return advice_view(read_report(session, api.user["id"], interview["id"]))


def _writing(house: Runtime, api: Api) -> dict[str, Any]:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    return interview


def test_a_wait_names_the_engine_and_how_long_it_took_lately(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    interview = _writing(house, api)
    plain = _shown(house, api, interview)
    assert plain.working == "Gemini will be asked next"
    assert "usually takes under a minute, and is given up after 80 seconds" in plain.working_text
    with house.database.reading() as session:
        take = read_report(session, api.user["id"], interview["id"]).takes[0]
    assert status_of(take) == "Gemini writes the feedback"
    with house.database.writing() as session:
        session.add_all(
            AiCall(
                task=task,
                prompt=f"{task}.v1",
                engine="gemini",
                outcome=outcome,
                latency_ms=ms,
            )
            for task, outcome, times in (
                ("judge", "ok", range(1000, 6000, 1000)),
                ("advice", "ok", range(2000, 12000, 2000)),
                # Neither a failure nor another task says how long this takes.
                ("judge", "timeout", [90_000] * 9),
                ("questions", "ok", [50_000] * 9),
            )
            for ms in times
        )
    # Half of the calls took 3 s and 6 s at most, nine of ten 5 s and 10 s.
    assert "Lately that took 9 to 15 seconds" in _shown(house, api, interview).working_text


def test_an_engine_that_rests_is_not_said_to_write(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    interview = _writing(house, api)
    Breaker(house.redis).failed("gemini", rest_seconds=60)
    view = _shown(house, api, interview)
    assert view.working == "The local engine writes"
    assert "No language engine can be asked right now" in view.working_text


def test_another_answer_that_is_analysed_is_no_writing(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    typed_answer(api, interview, 1, STRONG_ANSWER)
    view = _shown(house, api, interview)
    assert view.working == "More advice follows"
    assert "still being analysed" in view.working_text
