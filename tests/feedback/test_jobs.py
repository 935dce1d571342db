"""The analysis of an answer with the real recognisers, decoder, queue and scorer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from interview_coach.interviews import repository
from interview_coach.interviews.models import Answer
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.recordings import SPOKEN_ANSWER, SPOKEN_TEXT, pieces, put_chunks, silence, wav
from tests.support.workers import work


def _reopen() -> None:
    from interview_coach.runtime import runtime

    load_settings.cache_clear()
    runtime.cache_clear()


def _upload(api: Any, interview: dict[str, Any], content: bytes, kind: str = "audio/webm") -> str:
    sent = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][0]["id"]},
        files={"file": ("answer", content, kind)},
    )
    assert sent.status_code == 202, sent.text
    return str(sent.json()["answer_id"])


def _read(api: Any, interview: dict[str, Any], answer_id: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(
        f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    ).json()
    return found


def _analysed(house: Runtime, api: Any, content: bytes, kind: str = "audio/webm") -> dict[str, Any]:
    interview = new_interview(api)
    answer_id = _upload(api, interview, content, kind)
    work(house)
    return _read(api, interview, answer_id)


@pytest.mark.usefixtures("whisper")
def test_a_recording_becomes_words_measures_and_scores(house: Runtime, api: Api) -> None:
    found = _analysed(house, api, SPOKEN_ANSWER.read_bytes())
    assert found["status"] == "done"
    assert found["speech_engine"] == "whisper"
    assert found["draft"] is False
    assert found["transcript"] == SPOKEN_TEXT
    assert [word["word"] for word in found["words"]] == SPOKEN_TEXT.split()
    assert all(word["start"] <= word["end"] for word in found["words"])
    assert set(found["scores"]) == {"overall", "fluency", "confidence", "clarity", "content"}
    assert all(0 <= score <= 100 for score in found["scores"].values())
    assert found["interval"]["low"] <= found["scores"]["overall"] <= found["interval"]["high"]
    assert found["metrics"]["duration_seconds"] == pytest.approx(23.3, abs=0.2)
    assert found["metrics"]["pause_count"] > 0
    assert found["evidence"]
    for item in found["evidence"]:
        assert item["quote"] in found["transcript"]
        assert item["start"] is not None


@pytest.mark.usefixtures("whisper")
def test_the_interview_has_the_scores_of_its_answers(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    path = f"/api/v1/interviews/{interview['id']}"
    empty = api.get(f"{path}/analysis").json()
    assert empty["overall"] == {"score": None, "low": None, "high": None}
    assert empty["scores"]["fluency"] is None
    _upload(api, interview, SPOKEN_ANSWER.read_bytes())
    typed_answer(api, interview, 1, STRONG_ANSWER)
    assert api.get(f"{path}/analysis").json()["status"] == "working"
    work(house)
    found = api.get(f"{path}/analysis").json()
    assert found["status"] == "done"
    assert len(found["answers"]) == 2
    overall = [one["scores"]["overall"] for one in found["answers"]]
    assert min(overall) <= found["overall"]["score"] <= max(overall)
    assert api.get(path).json()["overall_score"] == found["overall"]["score"]


def test_the_best_take_counts_and_all_are_kept(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    weak = typed_answer(api, interview, 0, "We had some problems and then it was fine I guess, so.")
    strong = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    found = api.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
    counted = {one["answer_id"]: one["counted"] for one in found["answers"]}
    assert counted == {weak: False, strong: True}
    assert found["overall"]["score"] == _read(api, interview, strong)["scores"]["overall"]


def test_typed_words_say_why_they_have_no_fluency(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    found = _read(api, interview, answer_id)
    assert found["kind"] == "typed"
    assert found["words"] is None
    assert found["scores"]["fluency"] is None
    assert "fluency" in {item["score"] for item in found["not_scored"]}
    assert found["scores"]["content"] is not None


def test_without_a_whisper_model_a_draft_is_made_and_named(house: Runtime, api: Api) -> None:
    found = _analysed(house, api, SPOKEN_ANSWER.read_bytes())
    assert found["status"] == "done"
    assert found["speech_engine"] == "pocketsphinx"
    assert found["draft"] is True
    assert found["words"]
    assert found["scores"]["overall"] is not None
    assert found["interval"]["high"] - found["interval"]["low"] >= 20


@pytest.mark.usefixtures("whisper")
def test_a_correction_changes_the_words_and_keeps_the_delivery(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer_id = _upload(api, interview, SPOKEN_ANSWER.read_bytes())
    work(house)
    before = _read(api, interview, answer_id)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}/transcript"
    text = SPOKEN_TEXT.replace("two weeks", "three weeks")
    assert api.put(path, json={"text": text}).status_code == 202
    busy = api.put(path, json={"text": "again"})
    assert busy.status_code == 409
    work(house)
    after = _read(api, interview, answer_id)
    assert after["status"] == "done"
    assert after["transcript"] == text
    assert after["corrected"] is True
    assert after["words"][0]["start"] == before["words"][0]["start"]
    for name in ("pitch_sd_semitones", "pause_count", "silence_ratio", "duration_seconds"):
        assert after["metrics"][name] == before["metrics"][name]


def test_a_corrected_draft_is_no_draft_any_more(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer_id = _upload(api, interview, SPOKEN_ANSWER.read_bytes())
    work(house)
    rough = _read(api, interview, answer_id)
    path = f"/api/v1/interviews/{interview['id']}"
    assert api.get(f"{path}/analysis").json()["draft"] is True
    api.put(f"{path}/answers/{answer_id}/transcript", json={"text": SPOKEN_TEXT})
    work(house)
    found = _read(api, interview, answer_id)
    assert found["draft"] is False
    assert found["speech_engine"] == "pocketsphinx"
    assert found["interval"]["high"] - found["interval"]["low"] < (
        rough["interval"]["high"] - rough["interval"]["low"]
    )
    assert api.get(f"{path}/analysis").json()["draft"] is False


def _noise(seconds: float) -> bytes:
    random = np.random.default_rng(1)
    return wav(random.normal(0, 0.02, int(16000 * seconds)))


@pytest.mark.parametrize("content", [silence(6), _noise(6)], ids=["silence", "noise"])
@pytest.mark.usefixtures("whisper")
def test_nothing_said_is_not_scored_and_says_what_to_do(
    house: Runtime, api: Api, content: bytes
) -> None:
    found = _analysed(house, api, content, "audio/wav")
    assert found["status"] == "needs_text"
    assert found["error"]["code"] == "no_speech"
    assert "record again" in found["error"]["detail"]
    assert set(found["scores"].values()) == {None}
    assert found["transcript"] == ""


@pytest.mark.usefixtures("whisper")
def test_a_truncated_recording_is_analysed_as_far_as_it_goes(house: Runtime, api: Api) -> None:
    whole = SPOKEN_ANSWER.read_bytes()
    found = _analysed(house, api, whole[: len(whole) // 2])
    assert found["status"] == "done"
    assert 5 < found["duration_seconds"] < 20


@pytest.mark.usefixtures("whisper")
def test_what_only_looks_like_a_recording_fails_in_clear_words(house: Runtime, api: Api) -> None:
    found = _analysed(house, api, b"\x1aE\xdf\xa3" + b"no container follows" * 20)
    assert found["status"] == "failed"
    assert found["error"]["code"] == "not_audio"
    assert found["error"]["detail"]
    assert found["scores"] is None


def test_without_any_recogniser_the_sound_is_kept_and_measured(
    house: Runtime, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_SPEECH_ENGINE", "whisper")
    _reopen()
    interview = new_interview(api)
    answer_id = _upload(api, interview, SPOKEN_ANSWER.read_bytes())
    work(house)
    found = _read(api, interview, answer_id)
    assert found["status"] == "needs_text"
    assert found["error"]["code"] == "engine_missing"
    assert found["metrics"]["pause_count"] > 0
    assert set(found["scores"].values()) == {None}
    # Typing what was said is the way on; the delivery is the sound's.
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    assert api.put(f"{path}/transcript", json={"text": SPOKEN_TEXT}).status_code == 202
    work(house)
    typed = _read(api, interview, answer_id)
    assert typed["status"] == "done"
    assert typed["scores"]["fluency"] is not None


@pytest.mark.usefixtures("whisper")
def test_a_lost_object_is_tried_again_then_given_up_and_can_be_retried(
    house: Runtime, api: Api
) -> None:
    from tests.support.jobs import run_to_the_end

    interview = new_interview(api)
    answer_id = _upload(api, interview, SPOKEN_ANSWER.read_bytes())
    with house.database.reading() as session:
        recording = repository.recording(session, answer_id)
    assert recording is not None
    house.storage.delete(recording.object_key)
    job = run_to_the_end(house)
    assert (job.status, job.attempt) == ("failed", 3)
    found = _read(api, interview, answer_id)
    assert found["status"] == "failed"
    assert found["error"]["code"] == "analysis_failed"
    house.storage.keep(f"recordings/{api.user['id']}", [SPOKEN_ANSWER.read_bytes()], 10**9)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}"
    assert api.post(f"{path}/retry").status_code == 202
    assert api.post(f"{path}/retry").status_code == 409
    work(house)
    assert _read(api, interview, answer_id)["status"] == "done"


@pytest.mark.usefixtures("whisper")
def test_a_recording_over_a_refresh_is_heard_whole_and_can_be_played_whole(
    house: Runtime, api: Api
) -> None:
    from interview_coach.speech.decode import decode

    interview = new_interview(api)
    answer = api.post(
        f"/api/v1/interviews/{interview['id']}/answers",
        json={"question_id": interview["questions"][0]["id"]},
    ).json()
    whole = SPOKEN_ANSWER.read_bytes()
    put_chunks(api, interview["id"], answer["id"], [*pieces(whole, 2), *pieces(whole, 2)])
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}"
    assert api.post(f"{path}/finish", json={"chunks": 4}).status_code == 202
    work(house)
    found = _read(api, interview, answer["id"])
    assert found["duration_seconds"] == pytest.approx(46.6, abs=0.3)
    played = api.get(f"{path}/audio")
    assert len(decode(played.content)) / 16000 == pytest.approx(46.6, abs=0.3)


def test_statuses_of_an_answer_only_ever_move_on(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    with house.database.writing() as session:
        moved = repository.set_answer(
            session, answer_id, {"status": "scoring"}, before=("uploaded", "transcribing")
        )
    assert moved is False
    with house.database.reading() as session:
        row = session.get(Answer, answer_id)
    assert row is not None
    assert row.status == "done"


def test_two_answers_that_end_at_once_both_count(any_house: Runtime, any_api: Api) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from sqlmodel import select

    from interview_coach.jobs import runner
    from interview_coach.jobs.models import OutboxJob

    for _ in range(3):
        interview = new_interview(any_api)
        ids = [typed_answer(any_api, interview, place, STRONG_ANSWER) for place in (0, 1)]
        with any_house.database.reading() as session:
            jobs = session.exec(select(OutboxJob).where(OutboxJob.status == "dispatched")).all()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda job: runner.run(job.id, job.attempt), jobs))
        overall = [_read(any_api, interview, one)["scores"]["overall"] for one in ids]
        found = any_api.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
        assert found["overall"]["score"] == pytest.approx(sum(overall) / 2, abs=1)
