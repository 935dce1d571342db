"""Recommended questions over the API: from what was really answered, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select, update

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.analytics import service
from interview_coach.analytics.schemas import RecommendationRequest
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import current_user
from tests.support.workers import work

PLACE = "/api/v1/questions/recommended"
TIGHT_DEADLINE = "behavioral-tight-deadline"
WEAK_ANSWER = (
    "There is always a lot of pressure in our team and I work well with it. We had to be quick "
    "and everybody gave their best, so it was fine in the end and people were happy with us."
)


def _found(api: Any, **asked: Any) -> list[dict[str, Any]]:
    answer = api.get(PLACE, params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def _answered(
    api: Api, house: Runtime, question_id: str, score: float | None, days: int, draft: bool = False
) -> str:
    """An answer to a question of the bank some days ago that got this score; its interview's id."""
    interview = new_interview(api, question_ids=[question_id])
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    moment = now() - timedelta(days=days)
    with house.database.writing() as session:
        session.exec(
            update(Answer)
            .where(col(Answer.id) == answer_id)
            .values(overall_score=score, created_at=moment, draft=draft)
        )
        session.exec(
            update(Interview)
            .where(col(Interview.id) == interview["id"])
            .values(created_at=moment, started_at=moment)
        )
    return str(interview["id"])


def test_a_new_user_is_told_that_it_is_a_start(any_api: Api) -> None:
    answer = any_api.get(PLACE).json()
    assert (answer["total"], answer["page"], answer["page_size"]) == (5, 1, 5)
    for item in answer["items"]:
        assert item["reasons"][0]["kind"] == "start"
        assert item["reason"] == item["reasons"][0]["text"]
        assert item["competency"] in item["competencies"]
        assert item["expected_score"] is None
        assert not {"why", "key_points", "content"} & set(item)
    assert _found(any_api) == answer["items"]


def test_the_weak_spot_is_named_with_its_figures(any_api: Api, any_house: Runtime) -> None:
    _answered(any_api, any_house, TIGHT_DEADLINE, 44.0, 12)
    _answered(any_api, any_house, TIGHT_DEADLINE, 30.0, 20)
    item = _found(any_api, type="behavioral", count=1)[0]
    asked = _found(any_api, type="behavioral", count=20)
    assert item["id"] != TIGHT_DEADLINE
    first = item["reasons"][0]
    assert first["kind"] == "weak"
    assert "Your 2 answers on" in first["text"]
    # (44 x 0.5^(12/30) + 30 x 0.5^(20/30)) / (0.5^(12/30) + 0.5^(20/30)) = 37.6
    assert "scored 38 on average" in first["text"]
    assert "12 days ago, so it is due again" in first["text"]
    assert {row["type"] for row in asked} == {"behavioral"}
    assert len({row["id"] for row in asked}) == len(asked)
    assert isinstance(item["expected_score"], int)


def test_a_draft_and_an_answer_without_a_score_count_for_nothing(
    any_api: Api, any_house: Runtime
) -> None:
    _answered(any_api, any_house, TIGHT_DEADLINE, 10.0, 5, draft=True)
    _answered(any_api, any_house, TIGHT_DEADLINE, None, 5)
    assert {item["reasons"][0]["kind"] for item in _found(any_api)} == {"start"}


def test_of_several_takes_the_best_counts(any_api: Api, any_house: Runtime) -> None:
    interview_id = _answered(any_api, any_house, TIGHT_DEADLINE, 20.0, 9)
    with any_house.database.writing() as session:
        asked = session.exec(
            select(InterviewQuestion).where(InterviewQuestion.interview_id == interview_id)
        ).one()
        session.add(
            Answer(
                user_id=any_api.user["id"],
                interview_id=interview_id,
                interview_question_id=asked.id,
                take=2,
                kind="typed",
                status="done",
                overall_score=50.0,
                created_at=now() - timedelta(days=7),
            )
        )
    text = _found(any_api, type="behavioral", count=1)[0]["reason"]
    assert "scored 50; last practised 7 days ago" in text


def test_an_interview_that_was_never_begun_asked_nothing(any_api: Api) -> None:
    made = any_api.post(
        "/api/v1/interviews", json={"type": "behavioral", "question_ids": [TIGHT_DEADLINE]}
    )
    assert made.status_code == 201
    listed = _found(any_api, type="behavioral", count=20)
    assert "again" not in {reason["kind"] for item in listed for reason in item["reasons"]}


def test_the_target_role_is_heeded(any_api: Api) -> None:
    profile = {"full_name": "First Candidate", "target_role": "Mobile developer"}
    assert any_api.put("/api/v1/users/me", json=profile).status_code == 200
    first = _found(any_api)[0]
    assert (first["type"], first["track"]) == ("technical", "mobile")
    told = [reason["text"] for reason in first["reasons"] if reason["kind"] == "role"]
    assert told == ["It fits the role you want: Mobile developer."]


def test_a_real_score_of_the_scorer_is_told(api: Api, house: Runtime) -> None:
    interview = new_interview(api, question_ids=[TIGHT_DEADLINE])
    # A low score, so that what was practised comes before all that is new.
    answer_id = typed_answer(api, interview, 0, WEAK_ANSWER)
    work(house)
    place = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    score = api.get(place).json()["scores"]["overall"]
    reasons = [item["reason"] for item in _found(api, type="behavioral", count=20)]
    assert any(f"scored {round(score)}; last practised today" in text for text in reasons)


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"count": 0}, "count"), ({"count": 21}, "count"), ({"type": "cooking"}, "type")],
)
def test_what_is_asked_has_bounds(api: Api, asked: dict[str, Any], field: str) -> None:
    answer = api.get(PLACE, params=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].endswith(field)


def test_nobody_sees_what_another_practised(api: Api, other: Api, house: Runtime) -> None:
    before = [item["id"] for item in _found(other)]
    _answered(api, house, TIGHT_DEADLINE, 20.0, 9)
    assert [item["id"] for item in _found(other)] == before
    assert _found(api)[0]["reasons"][0]["kind"] != "start"


@pytest.fixture
def reading(house: Runtime) -> Iterator[Session]:
    """A session that reads."""
    with house.database.reading() as session:
        yield session


def test_the_day_is_that_of_the_clock_given(api: Api, house: Runtime, reading: Session) -> None:
    user: CurrentUser = current_user(api)
    _answered(api, house, TIGHT_DEADLINE, 40.0, 0)
    wanted = RecommendationRequest(type="behavioral", count=1)
    later = now() + timedelta(days=30)
    found = service.recommended(reading, user, wanted, later)[0]
    assert "last practised 30 days ago, so it is due again" in found.reason
    assert service.recommended(reading, user, wanted, later)[0] == found
