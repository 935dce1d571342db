"""The history: filters, order and pages, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
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


def test_a_time_that_ends_before_it_begins_names_the_field(any_api: Api) -> None:
    for path in ("interviews/history", "analytics/progress"):
        params = {"from": "2026-02-01T00:00:00+02:00", "to": "2026-01-31T21:59:59Z"}
        answer = any_api.get(f"/api/v1/{path}", params=params)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "query.from")
        params["to"] = "2026-01-31T22:00:00"  # without a zone: UTC, the same moment
        assert any_api.get(f"/api/v1/{path}", params=params).status_code == 200


def test_the_dashboard_follows_what_has_changed(
    any_house: Runtime, any_api: Api, three: list[str]
) -> None:
    before = any_api.get("/api/v1/analytics/dashboard").json()
    assert (before["total_interviews"], before["average_score"], before["best_score"]) == (
        2,
        60,
        80,
    )
    assert [item["id"] for item in before["recent"]] == three[::-1]
    assert (before["streak_days"], before["due_drills"]) == (0, [])
    assert any_api.get("/api/v1/analytics/dashboard").json() == before
    with any_house.database.writing() as session:
        _set(session, three[0], overall_score=90.0, completed_at=now())
    after = any_api.get("/api/v1/analytics/dashboard").json()
    assert (after["best_score"], after["streak_days"]) == (90, 1)


def test_a_streak_ends_today_or_yesterday() -> None:
    today = date(2026, 3, 1)
    days = {today - timedelta(days=age) for age in (1, 2, 4)}
    assert service.streak(days, today) == 2
    assert service.streak(days | {today}, today) == 3
    assert service.streak({today - timedelta(days=2)}, today) == 0


def test_progress_leaves_abandoned_and_draft_interviews_out(
    any_house: Runtime, any_api: Api, three: list[str]
) -> None:
    with any_house.database.writing() as session:
        for interview_id in three:
            _set(session, interview_id, completed_at=now(), scores={"fluency": 70.0})
        _set(session, three[1], draft=True)
    found = any_api.get("/api/v1/analytics/progress").json()
    assert [point["interview_id"] for point in found["trend"]] == [three[0]]
    assert found["skills"]["fluency"] == {"score": 70.0, "interviews": 1, "reason": None}
    assert found["skills"]["content"]["score"] is None
    assert found["skills"]["content"]["reason"]
    assert [(kind["type"], kind["average_score"]) for kind in found["by_type"]] == [("hr", 80.0)]
    assert found["tone"]["values"] is None
    assert found["tone"]["reason"]
    assert found["delivery"] == []
    later = {"from": iso(now() + timedelta(days=1))}
    assert any_api.get("/api/v1/analytics/progress", params=later).json()["trend"] == []
