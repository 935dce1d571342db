"""The PDF over the API: the owner's alone, from real rows."""

from __future__ import annotations

from fastapi.testclient import TestClient

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pdf_files import text_of
from tests.support.workers import work


def test_the_report_of_an_interview_is_a_pdf_that_nobody_keeps(
    any_house: Runtime, any_api: Api
) -> None:
    interview = new_interview(any_api)
    typed_answer(any_api, interview, 0, STRONG_ANSWER)
    work(any_house)
    any_api.post(f"/api/v1/interviews/{interview['id']}/complete")
    answer = any_api.get(f"/api/v1/interviews/{interview['id']}/report.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    day = interview["started_at"][:10]
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="interview-report-{day}.pdf"'
    )
    text = text_of(answer.content)
    analysis = any_api.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
    assert f"Why {analysis['overall']['score']:g}" in text
    assert "First Candidate" in text
    assert "traced the slow queries with Datadog" in text
    again = any_api.get(f"/api/v1/interviews/{interview['id']}/report.pdf")
    assert again.content == answer.content


def test_before_the_first_answer_there_is_nothing_to_report(api: Api) -> None:
    interview = new_interview(api)
    answer = api.get(f"/api/v1/interviews/{interview['id']}/report.pdf")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_report")


def test_an_answer_that_still_waits_is_told_in_the_report(api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    text = text_of(api.get(f"/api/v1/interviews/{interview['id']}/report.pdf").content)
    assert "1 answer still being analysed" in text
    assert "Waiting for analysis" in text


def test_nobody_elses_report_is_told(
    house: Runtime, api: Api, other: Api, anonymous: TestClient
) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    path = f"/api/v1/interviews/{interview['id']}/report.pdf"
    assert other.get(path).status_code == 404
    assert anonymous.get(path).status_code == 401
