"""Judging and advising fail apart: what was used instead is said, and another try mends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from interview_coach.feedback import enriching
from interview_coach.feedback.answer_report import read_answer_report
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.events import read_snapshot
from interview_coach.feedback.models import Analysis
from interview_coach.feedback.report import read_report
from interview_coach.feedback.schemas import Authors, PassedTask
from interview_coach.feedback.state import ResultsState
from interview_coach.feedback.views import AdviceView, AnswerHead, answer_page
from interview_coach.feedback.views.advice import advice_view
from interview_coach.feedback.views.engines import problem_words
from interview_coach.kit.errors import CoachError
from interview_coach.reports.document import document, moment_of
from interview_coach.reports.markdown import markdown_of
from interview_coach.reports.typesetting import Typesetter
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.engines import EngineServer, Turn, engine_server, reopen, set_up
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import current_user, page_state, sent_by
from tests.support.pdf_files import text_of
from tests.support.workers import work
from tests.support.written import failing_at, is_judging, written

FITTING = "behavioral-tight-deadline"
REFUSED = Turn(status=400)


@pytest.fixture
def openai(
    house: Runtime, gemini: EngineServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EngineServer]:
    """The product with OpenAI behind Gemini."""
    with engine_server("openai") as server:
        set_up(monkeypatch, gemini, server)
        yield server
    reopen()


def answered(house: Runtime, api: Api) -> tuple[dict[str, Any], str]:
    """An interview with an answer that engines have been asked about."""
    interview = new_interview(api, question_ids=[FITTING, "behavioral-own-mistake"])
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    work(house, "ai")
    return interview, answer_id


def told(api: Api, interview: dict[str, Any]) -> dict[str, Any]:
    """The feedback of an interview."""
    found: dict[str, Any] = api.get(f"/api/v1/interviews/{interview['id']}/feedback").json()
    return found


def told_of(api: Api, interview: dict[str, Any], answer_id: str) -> dict[str, Any]:
    """One answer in full."""
    place = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    found: dict[str, Any] = api.get(place).json()
    return found


def results(house: Runtime, api: Api, interview: dict[str, Any]) -> AdviceView:
    """What the results page shows."""
    with house.database.reading() as session:
        return advice_view(read_report(session, api.user["id"], interview["id"]))


def page(house: Runtime, api: Api, interview: dict[str, Any], answer_id: str) -> AnswerHead:
    """What the page of an answer shows."""
    with house.database.reading() as session:
        report = read_answer_report(session, api.user["id"], interview["id"], answer_id)
        return answer_page(report).head


def ask_again(house: Runtime, api: Api, interview: dict[str, Any]) -> None:
    """Ask for another try, and let it be made."""
    again = api.post(f"/api/v1/interviews/{interview['id']}/feedback/retry")
    assert again.status_code == 202, again.text
    work(house, "ai")


def versions(house: Runtime, answer_id: str) -> list[Any]:
    """Who judged each analysis of an answer, oldest first."""
    with house.database.reading() as session:
        rows = session.exec(
            select(Analysis).where(Analysis.answer_id == answer_id).order_by(col(Analysis.version))
        ).all()
        return [row.result.get("judge", {}).get("engine") for row in rows]


def test_a_judge_that_fails_alone_is_named_and_judges_when_asked_again(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    gemini.will(failing_at(judging=Turn(status=500)))
    interview, answer_id = answered(house, api)
    measured = told_of(api, interview, answer_id)

    assert measured["feedback"]["engine"] == "gemini"
    assert measured["feedback"]["judge"] == "local"
    failed = [{"engine": "gemini", "kind": "server_error", "task": "judge"}]
    assert measured["feedback"]["passed"] == failed
    feedback = told(api, interview)
    assert (feedback["engines"], feedback["judges"]) == (["gemini"], ["local"])
    assert feedback["passed"] == failed
    for shown in (results(house, api, interview), page(house, api, interview, answer_id)):
        assert shown.problem == "Scored by the local measure alone"
        assert shown.problem_text == (
            "Gemini could not judge the content: it had an error of its own. The scores are the "
            "local measure alone."
        )

    gemini.will(written)
    ask_again(house, api, interview)

    judged = told_of(api, interview, answer_id)
    assert judged["scores"]["content"] > measured["scores"]["content"]
    assert judged["feedback"]["judge"] == "gemini"
    assert judged["feedback"]["passed"] == []
    assert results(house, api, interview).problem == ""
    assert page(house, api, interview, answer_id).problem == ""
    # The advice was there and is not paid for twice.
    assert [is_judging(request) for request in gemini.requests] == [True]
    assert api.post(f"/api/v1/interviews/{interview['id']}/feedback/retry").status_code == 409


def test_advice_that_fails_alone_leaves_what_was_judged(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    gemini.will(failing_at(advice=REFUSED))
    interview, answer_id = answered(house, api)

    shown = results(house, api, interview)
    assert shown.problem == "Written by the local engine instead"
    assert shown.problem_text == (
        "Gemini did not accept the request. The words below are those of the local engine."
    )
    assert told(api, interview)["judges"] == ["gemini"]
    assert versions(house, answer_id) == [None, "gemini"]

    gemini.will(written)
    ask_again(house, api, interview)

    assert told(api, interview)["engine"] == "gemini"
    # Judged the same once more is no other version.
    assert versions(house, answer_id) == [None, "gemini"]


def test_each_task_says_which_engine_did_it_and_the_first_is_asked_again(
    house: Runtime, api: Api, gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(failing_at(judging=REFUSED))
    openai.will(written)
    interview, answer_id = answered(house, api)

    feedback = told(api, interview)
    assert (feedback["engines"], feedback["judges"]) == (["gemini"], ["openai"])
    shown = results(house, api, interview)
    assert shown.problem == "Judged by the OpenAI-compatible engine instead"
    assert shown.problem_text == (
        "Gemini could not judge the content: it did not accept the request. The content was "
        "judged by the OpenAI-compatible engine."
    )

    gemini.will(written)
    ask_again(house, api, interview)

    # What OpenAI has judged is kept, but it is Gemini that was wanted.
    assert versions(house, answer_id) == [None, "openai", "gemini"]
    assert told(api, interview)["judges"] == ["gemini"]
    assert results(house, api, interview).problem == ""


def test_a_second_failure_leaves_what_was_judged_and_written_before(
    house: Runtime, api: Api, gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(REFUSED)
    openai.will(written)
    interview, answer_id = answered(house, api)
    assert results(house, api, interview).problem == (
        "Written by the OpenAI-compatible engine instead"
    )

    openai.will(REFUSED)
    ask_again(house, api, interview)

    assert versions(house, answer_id) == [None, "openai"]
    feedback = told(api, interview)
    assert (feedback["engines"], feedback["judges"]) == (["openai"], ["openai"])
    text = results(house, api, interview).problem_text
    assert "those of the OpenAI-compatible engine, written before" in text
    assert "judged by the OpenAI-compatible engine before" in text


def test_one_answer_can_be_asked_for_again_alone(
    house: Runtime, api: Api, other: Api, gemini: EngineServer
) -> None:
    gemini.will(REFUSED)
    interview, first = answered(house, api)
    second = typed_answer(api, interview, 1, STRONG_ANSWER)
    work(house, "light")
    work(house, "ai")
    with house.database.writing() as session:
        assert enriching.ask_again(session, api.user["id"], interview["id"], second) == [second]
    assert told_of(api, interview, first)["status"] == "done"
    assert told_of(api, interview, second)["status"] == "writing"
    with house.database.writing() as session, pytest.raises(CoachError) as refused:
        enriching.ask_again(session, other.user["id"], interview["id"], first)
    assert refused.value.status == 404


def test_the_page_follows_the_job_from_engine_to_engine(
    house: Runtime, api: Api, gemini: EngineServer, openai: EngineServer
) -> None:
    seen: list[tuple[str, str]] = []

    def looking(turn: Turn | None) -> Any:
        def react(request: dict[str, Any]) -> Turn:
            shown = results(house, api, interview)
            seen.append((shown.working, shown.working_text))
            return turn or written(request)

        return react

    gemini.will(looking(REFUSED))
    openai.will(looking(None))
    interview = new_interview(api, question_ids=[FITTING, "behavioral-own-mistake"])
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    channel = house.redis.pubsub(ignore_subscribe_messages=True)
    channel.psubscribe("coach:progress:*")
    channel.get_message(timeout=2)

    work(house, "ai")

    assert [title for title, _ in seen] == [
        "Gemini is judging the content",
        "The OpenAI-compatible engine is judging the content now",
        "Gemini is writing more advice",
        "The OpenAI-compatible engine is writing more advice now",
    ]
    assert seen[1][1].startswith("Gemini did not accept the request. An answer usually")
    # Every page that waits is told to look, each time.
    heard = []
    while (message := channel.get_message(timeout=0.5)) is not None:
        heard.append(message["data"])
    channel.close()
    assert sum(b'"asking"' in data for data in heard) == 4
    assert results(house, api, interview).working == ""
    assert told_of(api, interview, answer_id)["status"] == "done"
    assert not house.redis.keys("coach:asking:*")


async def test_both_pages_ask_again_for_their_owner_alone(
    house: Runtime, api: Api, other: Api, gemini: EngineServer
) -> None:
    gemini.will(failing_at(judging=REFUSED))
    interview, answer_id = answered(house, api)
    place = f"/interview/{interview['id']}/answer/{answer_id}"
    with sent_by(current_user(other)):
        foreign = await page_state(AnswerState, place)
        foreign._interview_id, foreign._answer_id = interview["id"], answer_id
        await foreign.write_again()
    assert foreign.problem
    assert told_of(api, interview, answer_id)["status"] == "done"

    with sent_by(current_user(api)):
        one = await page_state(AnswerState, place)
        await one.load()
        assert one.head.problem == "Scored by the local measure alone"
        await one.write_again()
        assert (one.problem, one.head.working) == ("", "Gemini will be asked next")
        assert one.head.problem == ""
        work(house, "ai")
        gemini.will(written)
        whole = await page_state(ResultsState, f"/interview/{interview['id']}/results")
        await whole.load()
        assert whole.advice.problem == "Scored by the local measure alone"
        await whole.write_again()
        work(house, "ai")
        await whole.load()
        assert whole.advice.problem == ""
        await whole.write_again()
        assert whole.problem == "No engine is to be asked again for this."


def test_what_stood_in_is_told_in_exports_and_to_programs_that_listen(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    gemini.will(failing_at(judging=REFUSED))
    interview = new_interview(api, question_ids=[FITTING, "behavioral-own-mistake"])
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house, "light")
    with house.database.reading() as session:
        news = read_snapshot(session, api.user["id"], interview["id"]).answers[0]
    assert (news.progress["status"], news.progress["writer"]) == ("writing", "gemini")
    work(house, "ai")
    with house.database.reading() as session:
        news = read_snapshot(session, api.user["id"], interview["id"]).answers[0]
        report = read_report(session, api.user["id"], interview["id"])
    assert (news.progress["status"], news.progress["writer"]) == ("done", None)
    failed = "Gemini could not judge the content: it did not accept the request."
    assert failed in markdown_of(report, "")
    shown = document(report, "")["advice"]
    assert shown["problem"] == "Scored by the local measure alone"
    assert shown["problem_text"].startswith(failed)
    assert shown["problem"] in text_of(Typesetter().pdf(document(report, ""), moment_of(report)))


def _words(engines: list[str], judges: list[str], *failed: tuple[str, str, str]) -> tuple[str, str]:
    passed = [PassedTask(task=task, engine=name, kind=kind) for task, name, kind in failed]  # type: ignore[arg-type]
    return problem_words(Authors(engines=engines, judges=judges, passed=passed))


def test_what_failed_differently_is_told_apart() -> None:
    assert _words(
        ["local"], ["local"], ("judge", "gemini", "timeout"), ("advice", "gemini", "resting")
    ) == (
        "Scored and written by the local engine instead",
        (
            "Gemini could not judge the content: it did not answer in time. The scores are the "
            "local measure alone. Gemini could not write the feedback: it was not asked, as it "
            "has just failed several times. The words below are those of the local engine."
        ),
    )
    assert _words(
        ["gemini"],
        ["gemini", "local"],
        ("judge", "gemini", "timeout"),
        ("judge", "openai", "empty"),
    ) == (
        "Partly judged by another engine",
        (
            "Gemini could not judge the content: it did not answer in time; nor could the "
            "OpenAI-compatible engine: it answered with nothing. The content was judged by Gemini; "
            "other answers keep the local measure alone."
        ),
    )


def test_rows_of_older_versions_are_about_the_advice() -> None:
    assert PassedTask.model_validate({"engine": "gemini", "kind": "timeout"}).task == "advice"
