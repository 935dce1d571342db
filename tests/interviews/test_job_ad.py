"""Questions from a job ad on the practice page: the request, the preview, the start."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.interviews.job_ad_state import JobAdState
from interview_coach.interviews.job_ad_view import preview_of, start_words, wait_words
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.questions.tailored_schemas import GeneratedView
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import in_background
from tests.support.pages import page_state

AD = "You have solid knowledge of Python and PostgreSQL.\nKafka is a plus."


def generated(api: Any, **other: Any) -> GeneratedView:
    """What the API answers, some of it replaced."""
    body = {"type": "technical", "count": 3, "job_description": AD}
    made = api.post("/api/v1/questions/generate", json=body)
    assert made.status_code == 201, made.text
    return GeneratedView.model_validate({**made.json(), **other})


def test_a_preview_tells_where_each_question_comes_from(api: Api) -> None:
    preview = preview_of(generated(api))
    assert "made on this machine" in preview.told
    assert preview.found == "Python, PostgreSQL, Kafka"
    assert preview.problem == ""
    assert all(row.origin and row.chosen for row in preview.rows)
    assert {row.quote for row in preview.rows} <= {*AD.splitlines(), ""}


def test_a_preview_tells_which_engine_failed_or_was_mended(api: Api) -> None:
    passed = [{"engine": "gemini", "kind": "timeout"}]
    failed = preview_of(generated(api, passed=passed))
    assert failed.problem.startswith("Gemini did not answer in time.")
    made = generated(api)
    mixed = made.model_copy(update={"engine": "mixed", "dropped": 1, "passed": failed and []})
    mixed.questions[0].engine = "gemini"
    told = preview_of(mixed).told
    assert "written by Gemini, filled up on this machine" in told
    assert "1 question broke our rules and was left out" in told


def test_the_wait_says_who_is_at_work_and_how_long_at_most() -> None:
    assert "on this machine" in wait_words("local", 45)
    assert wait_words("gemini", 45).startswith("Gemini reads the ad")
    assert "45 seconds at most" in wait_words("gemini", 45)
    assert start_words(()) == "Choose a question"


async def test_an_ad_becomes_an_interview_without_what_was_left_out(
    house: Runtime, signed_in: Api
) -> None:
    state = await page_state(JobAdState, "/practice")
    choice = await state.get_state(PracticeState)
    choice.kind, choice.mode, choice.follow_ups = "hr", "live", "no"
    form = {"job_description": AD, "role": " ", "count": "3", "level": ""}
    await in_background(state, "make", form)
    assert (state.phase, state.kind, len(state.rows)) == ("preview", "hr", 3)

    state.toggle(state.rows[1].id)
    state.toggle("nothing")
    assert state.start_label == "Start with 2 questions"
    events = [event async for event in state.start()]
    assert "/lobby" in str(events[-1])
    (made,) = signed_in.get("/api/v1/interviews/history").json()["items"]
    interview = signed_in.get(f"/api/v1/interviews/{made['id']}").json()
    assert (interview["type"], interview["mode"]) == ("hr", "live")
    kept = [row.text for row in state.rows if row.chosen]
    assert [row["text"] for row in interview["questions"]] == kept


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Paste a job ad or a resume, or name the role."),
        ({"role": " ", "job_description": "\n"}, "Paste a job ad or a resume, or name the role."),
        ({"job_description": "x" * 20_001}, "20,000"),
        ({"role": "a", "count": "many"}, "20,000"),
    ],
)
async def test_what_cannot_be_made_is_told(
    house: Runtime, signed_in: Api, form: dict[str, Any], told: str
) -> None:
    state = await page_state(JobAdState, "/practice")
    await in_background(state, "make", form)
    assert told in state.problem
    assert (state.phase, state.rows) == ("form", [])
