"""An answer in another language, through the API, the worker and the real recognisers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.engines import reopen
from tests.support.interviews import new_interview, spoken_answer, typed_answer
from tests.support.scripted_whisper import build
from tests.support.workers import work

GERMAN = (
    "Letztes Jahr hatten wir drei Wochen Verzug. Meine Aufgabe war es, ähm, den Termin zu halten. "
    "Ich habe zuerst die Liste gekürzt, danach habe ich mit dem Kunden gesprochen. Am Ende waren "
    "wir zwei Tage früher fertig."
)


def _practise_in(api: Any, language: str) -> None:
    wanted = api.get("/api/v1/users/me/preferences").json() | {"language": language}
    assert api.put("/api/v1/users/me/preferences", json=wanted).status_code == 200


def _spoken(house: Runtime, api: Any) -> dict[str, Any]:
    interview = new_interview(api)
    path = f"/api/v1/interviews/{interview['id']}/answers/{spoken_answer(api, interview, 0)}"
    work(house)
    found: dict[str, Any] = api.get(path).json()
    found["timeline"] = api.get(f"{path}/timeline").json()
    found["path"] = path
    return found


@pytest.fixture
def several(house: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of several languages that says the German answer."""
    model = build(tmp_path / "several", GERMAN, seconds=22.5, multilingual=True)
    monkeypatch.setenv("COACH_WHISPER_MODEL", str(model))
    reopen()


@pytest.mark.usefixtures("several")
def test_a_german_answer_has_fluency_its_story_and_reasons(house: Runtime, api: Api) -> None:
    _practise_in(api, "de")
    found = _spoken(house, api)
    assert found["status"] == "done"
    assert found["transcript"] == GERMAN
    assert found["scores"]["fluency"] is not None
    assert found["scores"]["overall"] is None
    assert [row["text"] for row in found["metrics"]["fillers"] if row["certain"]] == ["ähm"]
    assert found["metrics"]["language"] == "de"
    assert found["feedback"] is None
    marked = [word["text"] for word in found["timeline"]["words"] if word["mark"] == "fill"]
    assert marked == ["ähm,"]
    told = [row["part"] for row in found["timeline"]["story"]]
    assert told == ["situation", "task", "action", "result"]
    # A correction keeps the language it was heard in, whatever is practised since.
    _practise_in(api, "en")
    corrected = GERMAN.replace("zwei Tage", "drei Tage")
    assert api.put(f"{found['path']}/transcript", json={"text": corrected}).status_code == 202
    work(house)
    again = api.get(found["path"]).json()
    assert again["metrics"]["language"] == "de"
    assert again["scores"]["fluency"] is not None


@pytest.mark.usefixtures("whisper")
def test_an_english_model_says_that_it_does_not_know_german(house: Runtime, api: Api) -> None:
    _practise_in(api, "de")
    found = _spoken(house, api)
    assert found["status"] == "needs_text"
    assert found["error"]["code"] == "language_unknown"
    assert "German" in found["error"]["detail"]
    assert "COACH_WHISPER_MODEL" in found["error"]["detail"]
    assert found["metrics"]["pause_count"] is not None


def test_a_typed_german_answer_says_what_is_not_read(house: Runtime, api: Api) -> None:
    _practise_in(api, "de")
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, GERMAN)
    work(house)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    found = api.get(path).json()
    assert set(found["scores"].values()) == {None}
    analysis = api.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
    reasons = {row["score"]: row["reason"] for row in analysis["answers"][0]["not_scored"]}
    assert "English only" in reasons["content"]
    assert len(api.get(f"/api/v1/interviews/{interview['id']}").json()["questions"]) == 2
