"""Own ratings beside the measure: the sum, the trend and the words agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.analytics.calibration import Rated, calibrate
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.workers import work


def _rated(*pairs: tuple[int, float]) -> list[Rated]:
    return [Rated(rating, score, score - 5, score + 5) for rating, score in pairs]


def test_too_high_coming_closer() -> None:
    found = calibrate(_rated((80, 60), (82, 60), (66, 60), (64, 60)))
    assert found.mean_difference == 13.0
    assert (found.within_range, found.trend) == (1, "closer")
    assert found.words == (
        "Over 4 interviews you rated yourself 13 points above the measure. 1 of 4 lay in the "
        "likely range. The later ones are closer than the earlier ones."
    )


def test_too_low_and_further_away() -> None:
    found = calibrate(_rated((58, 60), (57, 60), (40, 60), (42, 60)))
    assert found.trend == "further"
    assert "below the measure" in found.words


def test_few_ratings_have_no_trend_and_none_say_so() -> None:
    assert calibrate(_rated((70, 60), (61, 60), (60, 60))).trend is None
    none = calibrate([])
    assert (none.mean_difference, none.within_range, none.trend) == (None, 0, None)
    assert none.words == "You have not rated an interview yet."


def test_ratings_on_both_sides_do_not_hide_behind_their_mean() -> None:
    found = calibrate(_rated((90, 60), (30, 60), (61, 60), (59, 60)))
    assert found.mean_difference == 0.0
    assert found.trend == "closer"


@given(st.lists(st.tuples(st.integers(0, 100), st.floats(0, 100)), min_size=1, max_size=20))
def test_the_mean_is_that_of_the_differences(pairs: list[tuple[int, float]]) -> None:
    rated = _rated(*pairs)
    found = calibrate(rated)
    assert found.mean_difference == pytest.approx(
        sum(one.difference for one in rated) / len(rated), abs=0.06
    )
    assert 0 <= found.within_range <= len(rated)
    assert (found.trend is None) == (len(rated) < 4)


def _completed(api: Api, house: Runtime) -> str:
    interview = new_interview(api, question_count=1)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    assert api.post(f"/api/v1/interviews/{interview['id']}/complete").status_code == 200
    return f"/api/v1/interviews/{interview['id']}"


def test_a_rating_is_asked_once_and_shows_in_progress(any_api: Api, any_house: Runtime) -> None:
    path = _completed(any_api, any_house)
    found = any_api.put(f"{path}/self-rating", json={"rating": 90})
    assert (found.status_code, found.json()["self_rating"]) == (200, 90)
    assert found.json()["self_rated_at"] is not None
    again = any_api.put(f"{path}/self-rating", json={"rating": 10})
    assert (again.status_code, again.json()["code"]) == (409, "already_rated")
    assert any_api.get(path).json()["self_rating"] == 90
    told = any_api.get("/api/v1/analytics/progress").json()["calibration"]
    (point,) = told["points"]
    assert point["difference"] == round(90 - point["score"], 1)
    assert told["mean_difference"] == point["difference"]
    assert told["trend"] is None


def test_who_would_rather_not_say_is_not_asked_again(api: Api, house: Runtime) -> None:
    path = _completed(api, house)
    assert api.put(f"{path}/self-rating", json={"rating": None}).json()["self_rating"] is None
    assert api.put(f"{path}/self-rating", json={"rating": 50}).status_code == 409
    assert api.get("/api/v1/analytics/progress").json()["calibration"]["points"] == []


@pytest.mark.parametrize("rating", [-1, 101, 50.5, "50", True])
def test_a_rating_is_a_whole_number_from_0_to_100(api: Api, house: Runtime, rating: object) -> None:
    path = _completed(api, house)
    assert api.put(f"{path}/self-rating", json={"rating": rating}).status_code == 422


def test_a_rating_waits_for_the_end_and_is_its_users_own(
    api: Api, other: Api, house: Runtime
) -> None:
    open_one = new_interview(api)
    early = api.put(f"/api/v1/interviews/{open_one['id']}/self-rating", json={"rating": 50})
    assert (early.status_code, early.json()["code"]) == (409, "not_completed")
    path = _completed(api, house)
    assert other.put(f"{path}/self-rating", json={"rating": 50}).status_code == 404
    assert api.get(path).json()["self_rated_at"] is None
