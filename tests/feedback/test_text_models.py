"""The analysis of an answer where text models are named: relevance, tone, and what is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rq.serializers import JSONSerializer

from interview_coach.ai import text_models
from interview_coach.feedback.report import read_report
from interview_coach.feedback.views.report import report_view
from interview_coach.interviews.models import Interview
from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.worker import _ForkingWorker
from interview_coach.runtime import Runtime, runtime
from interview_coach.scoring import ALGORITHM
from interview_coach.settings import load_settings
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.text_models import build_embedder, build_tone
from tests.support.workers import work


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    text_models.forget()
    yield
    text_models.forget()


@pytest.fixture
def named(house: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of an installation with an embedding and a tone model."""
    small = build_embedder(tmp_path / "small")
    tone = build_tone(tmp_path / "tone", positive=("strong", "learned"), negative=("failed",))
    monkeypatch.setenv("COACH_EMBEDDING_MODEL", str(small))
    monkeypatch.setenv("COACH_TONE_MODEL", str(tone))
    load_settings.cache_clear()
    runtime.cache_clear()


def _analysed(house: Runtime, api: Api) -> tuple[dict[str, Any], str]:
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    place = f"/api/v1/interviews/{interview['id']}"
    found: dict[str, Any] = api.get(f"{place}/answers/{answer_id}").json()
    assert found["status"] == "done"
    user_id = api.get("/api/v1/users/me").json()["id"]
    with house.database.reading() as session:
        method = report_view(read_report(session, user_id, interview["id"])).head.method
    return found, method


def test_without_a_model_the_words_are_read_and_the_page_says_so(house: Runtime, api: Api) -> None:
    found, method = _analysed(house, api)
    assert found["metrics"]["relevance_engine"] == "lexical"
    assert found["metrics"]["tone"] is None
    assert found["algorithm"] == ALGORITHM
    assert method.endswith("Key points are found by words alone.")


@pytest.mark.usefixtures("named")
def test_with_models_the_result_and_the_page_name_them(house: Runtime, api: Api) -> None:
    found, method = _analysed(house, api)
    assert found["metrics"]["relevance_engine"] == "embeddings:small"
    assert found["algorithm"] == f"{ALGORITHM}+embeddings"
    assert method.endswith("Key points are found by words, and by the meaning model small.")
    tone = found["metrics"]["tone"]
    assert tone["model"] == "tone"
    assert tone["positive"] + tone["neutral"] + tone["negative"] == pytest.approx(1, abs=0.001)
    assert tone["positive"] > 0
    assert "tone" not in {row["part"] for row in found["parts"]}


@pytest.mark.usefixtures("named")
def test_the_tone_of_all_answers_is_told_with_the_progress(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answers = [typed_answer(api, interview, place, STRONG_ANSWER) for place in (0, 1)]
    work(house)
    place = f"/api/v1/interviews/{interview['id']}"
    assert api.post(f"{place}/complete").status_code == 200
    tones = [api.get(f"{place}/answers/{one}").json()["metrics"]["tone"] for one in answers]
    told = api.get("/api/v1/analytics/progress").json()["tone"]
    assert told["reason"] is None
    assert set(told["values"]) == {"positive", "neutral", "negative"}
    for name, value in told["values"].items():
        assert value == pytest.approx(sum(tone[name] for tone in tones) / 2, abs=0.006)


def test_a_model_that_arrives_after_the_start_is_loaded_by_the_worker_not_by_each_fork(
    house: Runtime, api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "later"
    monkeypatch.setenv("COACH_EMBEDDING_MODEL", str(place))
    load_settings.cache_clear()
    runtime.cache_clear()
    text_models.warm_up(load_settings(), threads=1, fetch=False)
    kept = text_models._kept["embedding"]
    assert kept.loaded is None
    build_embedder(place)
    kept.looked_at = float("-inf")  # the five minutes between two looks have passed
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)

    runtime().database.dispose()
    queue = queue_of(house.redis, "light")
    worker = _ForkingWorker([queue], connection=house.redis, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="ERROR")

    assert kept.loaded is not None
    place_of_it = f"/api/v1/interviews/{interview['id']}"
    found = api.get(f"{place_of_it}/answers/{answer_id}").json()
    assert found["algorithm"] == f"{ALGORITHM}+embeddings"


def test_an_interview_names_every_method_its_answers_were_scored_by(
    house: Runtime, api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = new_interview(api)
    place = f"/api/v1/interviews/{interview['id']}"
    assert api.get(f"{place}/analysis").json()["algorithm"] == ALGORITHM
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    assert api.get(f"{place}/analysis").json()["algorithm"] == ALGORITHM
    monkeypatch.setenv("COACH_EMBEDDING_MODEL", str(build_embedder(tmp_path / "small")))
    load_settings.cache_clear()
    runtime.cache_clear()
    typed_answer(api, interview, 1, STRONG_ANSWER)
    work(house)

    both = f"{ALGORITHM}, {ALGORITHM}+embeddings"
    assert api.get(f"{place}/analysis").json()["algorithm"] == both
    with house.database.reading() as session:
        row = session.get(Interview, interview["id"])
        assert row is not None
        assert row.algorithm == both


@pytest.mark.usefixtures("named")
def test_an_interview_scored_in_one_way_names_that(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    told = api.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
    assert told["algorithm"] == f"{ALGORITHM}+embeddings"
    with house.database.reading() as session:
        row = session.get(Interview, interview["id"])
        assert row is not None
        assert row.algorithm == f"{ALGORITHM}+embeddings"
