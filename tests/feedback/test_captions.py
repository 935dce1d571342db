"""Live captions by the server: rough words, nobody waits, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select, update

from interview_coach.feedback import captions
from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime, runtime
from interview_coach.speech.encode import encode_webm
from tests.speech.sounds import spoken
from tests.support.engines import reopen
from tests.support.interviews import new_interview, typed_answer
from tests.support.scripted_whisper import build

SCRIPT = "so I moved the release"
SOUND = encode_webm(spoken()[: 16000 * 5])


@pytest.fixture
def model(house: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COACH_CAPTION_MODEL", str(build(tmp_path / "tiny", SCRIPT, seconds=4.0)))
    reopen()
    captions.forget()
    yield
    captions.forget()


def _ask(api: Any, interview_id: str, sound: bytes = SOUND) -> Any:
    return api.post(
        f"/api/v1/interviews/{interview_id}/captions",
        content=sound,
        headers={"Content-Type": "audio/webm"},
    )


@pytest.mark.usefixtures("model")
def test_a_piece_becomes_rough_words_and_nothing_is_kept(any_api: Any) -> None:
    interview = new_interview(any_api)
    answer = _ask(any_api, interview["id"])
    assert answer.status_code == 200
    with runtime().database.reading() as session:
        free = captions.has_core_free(session)
        for table in (Analysis, Answer, OutboxJob):
            assert session.exec(select(table)).all() == []
    expected = (SCRIPT, "tiny", None) if free else (None, None, "busy")
    shown = answer.json()
    assert (shown["text"], shown["engine"], shown["reason"]) == expected
    assert shown["final"] is False


@pytest.mark.usefixtures("model")
def test_only_one_piece_is_heard_at_a_time_and_the_next_works_again() -> None:
    assert captions._kept.turn.acquire(blocking=False)
    try:
        assert captions.caption(SOUND, "en", free=True).reason == "busy"
    finally:
        captions._kept.turn.release()
    assert captions.caption(SOUND, "en", free=False).reason == "busy"
    assert captions.caption(SOUND, "en", free=True).text == SCRIPT


@pytest.mark.usefixtures("model")
def test_silence_has_no_words_and_what_is_no_sound_is_refused() -> None:
    assert captions.caption(encode_webm(0 * spoken()[:16000]), "en", free=True).text == ""
    with pytest.raises(CoachError) as caught:
        captions.caption(b"not a recording", "en", free=True)
    assert (caught.value.code, caught.value.status) == ("not_audio", 415)
    with pytest.raises(CoachError) as caught:
        captions.caption(encode_webm(spoken()[: 16000 * 18]), "en", free=True)
    assert (caught.value.code, caught.value.status) == ("too_long", 413)
    # A refusal gives its turn back.
    assert captions.caption(SOUND, "en", free=True).text == SCRIPT


@pytest.mark.usefixtures("model")
def test_another_language_than_the_model_knows_has_no_captions() -> None:
    assert captions.caption(SOUND, "de", free=True).reason == "no_model"


def test_without_a_model_it_says_so(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CAPTION_MODEL", "/nowhere")
    reopen()
    captions.forget()
    assert captions.caption(SOUND, "en", free=True).reason == "no_model"


def test_a_core_is_free_beside_the_jobs_that_run(api: Any, house: Runtime) -> None:
    def free(session: Session) -> list[bool]:
        return [captions.has_core_free(session, cores) for cores in (1, 2, 3)]

    typed_answer(api, new_interview(api), 0, "We moved the release by a week.")
    with house.database.writing() as session:
        assert free(session) == [False, True, True]
        session.exec(update(OutboxJob).values(status="running"))
        assert free(session) == [False, False, True]


def test_another_user_gets_nothing(api: Any, other: Any) -> None:
    interview = new_interview(api)
    assert _ask(other, interview["id"]).status_code == 404
