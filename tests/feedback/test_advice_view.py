"""What the results page says about who wrote the advice, and what failed before."""

from __future__ import annotations

import pytest

from interview_coach.ai.types import FailureKind
from interview_coach.feedback.report import read_report
from interview_coach.feedback.schemas import PassedEngine
from interview_coach.feedback.views.advice import advice_view, problem_words
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.engines import EngineServer, Turn
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.workers import work


def test_advice_is_shown_with_its_proof_and_one_drill(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 1, STRONG_ANSWER)
    work(house)

    with house.database.reading() as session:
        view = advice_view(read_report(session, api.user["id"], interview["id"]))

    assert view.shown
    assert not view.working
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
        assert advice_view(read_report(session, api.user["id"], interview["id"])).working

    work(house, "ai")

    with house.database.reading() as session:
        view = advice_view(read_report(session, api.user["id"], interview["id"]))
    assert view.problem == (
        "Gemini did not accept the request. The words below are those of the local engine."
    )


@pytest.mark.parametrize("kind", FailureKind.__args__)  # type: ignore[attr-defined]
def test_every_way_to_fail_has_words(kind: str) -> None:
    assert problem_words([PassedEngine(engine="openai", kind=kind)]).startswith("The OpenAI")
