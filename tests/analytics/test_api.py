"""The history: filters, order and pages, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, update

from interview_coach.analytics import service
from interview_coach.interviews.models import Interview
from interview_coach.kit.clock import iso, now
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import new_interview, typed_answer


def _set(session: Session, interview_id: str, **values: object) -> None:
    session.exec(update(Interview).where(col(Interview.id) == interview_id).values(**values))


@pytest.fixture
def three(any_house: Runtime, any_api: Api) -> list[str]:
    """Three interviews, oldest first: scored 80, scored 40, not scored and abandoned."""
    ids = [new_interview(any_api, type=kind)["id"] for kind in ("hr", "technical", "hr")]
    with any_house.database.writing() as session:
        for age, (interview_id, status, score) in enumerate(
            zip(ids, ("completed", "completed", "abandoned"), (80.0, 40.0, None), strict=True)
        ):
            _set(
                session,
                interview_id,
                status=status,
                overall_score=score,
                created_at=now() - timedelta(days=3 - age),
            )
    return ids


def _ids(api: Any, **params: Any) -> list[str]:
    answer = api.get("/api/v1/interviews/history", params=params)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_order(any_api: Api, three: list[str]) -> None:
    old, middle, new = three
    assert _ids(any_api) == [new, middle, old]
    assert _ids(any_api, sort="created_at") == [old, middle, new]
    assert _ids(any_api, sort="-score") == [old, middle, new]
    assert _ids(any_api, sort="score") == [middle, old, new]


def test_filters(any_api: Api, three: list[str]) -> None:
    old, middle, new = three
    assert _ids(any_api, type="technical") == [middle]
    assert _ids(any_api, status="abandoned") == [new]
    assert _ids(any_api, min_score=50) == [old]
    assert _ids(any_api, max_score=50) == [middle]
    two_days_ago = iso(now() - timedelta(days=2, hours=1))
    assert _ids(any_api, **{"from": two_days_ago}) == [new, middle]
    assert _ids(any_api, to=two_days_ago) == [old]


def test_words_are_looked_for_in_questions_and_typed_answers(
    any_api: Api, three: list[str]
) -> None:
    interview = new_interview(any_api)
    typed_answer(any_api, interview, 0, "We argued about the Zanzibar rollout of 100%_done.")
    assert _ids(any_api, q="zanzibar") == [interview["id"]]
    assert _ids(any_api, q="100%_d") == [interview["id"]]
    assert _ids(any_api, q="%zanz") == []
    words = interview["questions"][1]["text"].split()
    assert interview["id"] in _ids(any_api, q=" ".join(words[:4]))


def test_pages(any_api: Api, three: list[str]) -> None:
    answer = any_api.get("/api/v1/interviews/history", params={"page": 2, "page_size": 2}).json()
    assert (answer["total"], answer["page"], len(answer["items"])) == (3, 2, 1)
    assert any_api.get("/api/v1/interviews/history", params={"page": 0}).status_code == 422
    assert any_api.get("/api/v1/interviews/history", params={"sort": "x"}).status_code == 422


def test_averages_leave_abandoned_and_draft_scores_out(
    any_house: Runtime, any_api: Api, three: list[str]
) -> None:
    user_id = any_api.user["id"]
    with any_house.database.writing() as session:
        _set(session, three[1], draft=True)
    with any_house.database.reading() as session:
        totals = service.totals(session, user_id)
        nobody = service.totals(session, "nobody")
    assert (totals.total_interviews, totals.average_score, totals.best_score) == (2, 80.0, 80.0)
    assert (nobody.total_interviews, nobody.average_score) == (0, None)
