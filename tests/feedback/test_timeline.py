"""An answer over time: what is told of it, whose it is, and drawing what is old."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlmodel import col

from interview_coach.feedback.models import SoundLanes
from interview_coach.interviews import retention
from interview_coach.kit.crypto import SEALED
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, spoken_answer, typed_answer
from tests.support.recordings import SPOKEN_TEXT
from tests.support.workers import use_up_attempts, work


def _spoken(api: Any) -> str:
    """A spoken answer that waits for its analysis; the path of its timeline."""
    interview = new_interview(api)
    answer = spoken_answer(api, interview, 0)
    return f"/api/v1/interviews/{interview['id']}/answers/{answer}/timeline"


def _forget_lanes(house: Runtime) -> None:
    """As if the answers had been analysed before sounds were drawn."""
    with house.database.writing() as session:
        session.execute(delete(SoundLanes).where(col(SoundLanes.id).is_not(None)))


@pytest.mark.usefixtures("whisper")
def test_a_spoken_answer_is_told_over_time(house: Runtime, api: Api) -> None:
    path = _spoken(api)
    waiting = api.get(path).json()
    assert waiting["lanes"] is None
    assert waiting["not_drawn"]["code"] == "working"
    work(house)
    found = api.get(path).json()
    seconds = found["duration_seconds"]
    assert seconds == pytest.approx(23.3, abs=0.2)
    assert [word["text"] for word in found["words"]] == SPOKEN_TEXT.split()
    lanes = found["lanes"]
    assert found["not_drawn"] is None
    assert len(lanes["wave"]) * lanes["wave_step_seconds"] == pytest.approx(seconds, abs=0.1)
    assert len(lanes["pitch"]) == len(lanes["loudness"])
    assert None in lanes["pitch"]
    assert set(lanes["pitch"]) - {None}
    assert len(found["pauses"]) > 0
    assert all(pause["end"] - pause["start"] >= 0.25 for pause in found["pauses"])
    inside = sum(pause["inside_clause"] for pause in found["pauses"])
    answer = api.get(path.removesuffix("/timeline")).json()
    assert inside == answer["metrics"]["mid_clause_pause_count"]
    assert len(found["fillers"]) == answer["metrics"]["filler_count"]
    parts = [part["part"] for part in found["story"]]
    assert parts[-1] == "result"
    assert {"situation", "action"} <= set(parts)
    for before, after in zip(found["story"], found["story"][1:], strict=False):
        assert before["end"] == after["start"]


@pytest.mark.usefixtures("whisper")
def test_what_is_known_is_not_sent_again_and_what_is_sent_is_compressed(
    house: Runtime, api: Api
) -> None:
    path = _spoken(api)
    work(house)
    first = api.get(path)
    assert first.headers["content-encoding"] == "gzip"
    again = api.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("whisper")
def test_a_correction_changes_the_words_over_time_and_not_the_lanes(
    house: Runtime, api: Api
) -> None:
    path = _spoken(api)
    work(house)
    before = api.get(path).json()
    wanted = SPOKEN_TEXT.replace("one missing index", "a missing index")
    changed = api.put(path.replace("/timeline", "/transcript"), json={"text": wanted})
    assert changed.status_code == 202
    work(house)
    after = api.get(path).json()
    assert after["lanes"] == before["lanes"]
    assert [word["text"] for word in after["words"]] == wanted.split()
    assert after["analysis_version"] == before["analysis_version"] + 1
    assert {word["mark"] for word in after["words"]} <= {"plain", "fill", "repeat", "hedge"}


def test_words_of_low_probability_are_marked_in_a_good_transcript_only(
    house: Runtime, api: Api
) -> None:
    path = _spoken(api)
    work(house)  # by the rough recogniser, whose every word is uncertain
    assert api.get(path.removesuffix("/timeline")).json()["draft"] is True
    assert "low" not in {word["mark"] for word in api.get(path).json()["words"]}


@pytest.mark.usefixtures("any_whisper")
def test_an_answer_of_before_says_why_it_is_not_drawn_and_is_drawn_when_asked(
    any_house: Runtime, any_api: Api
) -> None:
    path = _spoken(any_api)
    work(any_house)
    drawn = any_api.get(path).json()
    _forget_lanes(any_house)
    old = any_api.get(path).json()
    assert old["lanes"] is None
    assert old["not_drawn"]["can_be_drawn"] is True
    assert "before version 0.2" in old["not_drawn"]["reason"]
    assert old["words"] == drawn["words"]
    assert any_api.post(path).json()["status"] == "drawing"
    work(any_house)
    assert any_api.get(path).json() == drawn
    refused = any_api.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_draw")


@pytest.mark.usefixtures("whisper")
def test_a_drawing_that_cannot_be_made_leaves_the_answer_as_it_is(house: Runtime, api: Api) -> None:
    path = _spoken(api)
    work(house)
    _forget_lanes(house)
    before = api.get(path.removesuffix("/timeline")).json()
    assert api.post(path).status_code == 202
    house.storage.delete_all(list(house.storage.all_keys()))
    use_up_attempts(house, "feedback.draw_lanes")
    assert api.get(path.removesuffix("/timeline")).json() == before
    assert api.post(path).status_code == 202


@pytest.mark.usefixtures("whisper")
def test_typed_words_and_deleted_recordings_say_so(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    typed = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    path = f"/api/v1/interviews/{interview['id']}/answers/{typed}/timeline"
    found = api.get(path).json()
    assert found["not_drawn"]["code"] == "typed"
    assert found["words"] == []
    assert api.post(path).status_code == 409
    spoken = _spoken(api)
    work(house)
    _forget_lanes(house)
    # Those of tomorrow are older than minus one day.
    assert retention.drop_recordings(house.database, house.storage, -1, chosen=False) == 1
    assert api.get(spoken).json()["not_drawn"]["code"] == "no_sound"
    assert api.post(spoken).json()["detail"].startswith("Not drawn: the recording was deleted")


@pytest.mark.usefixtures("whisper")
def test_a_timeline_is_its_users_own(house: Runtime, api: Api, other: Api) -> None:
    path = _spoken(api)
    work(house)
    assert other.get(path).status_code == 404
    assert other.post(path).status_code == 404


@pytest.mark.usefixtures("any_whisper")
def test_lanes_are_encrypted_where_they_are_kept(any_house: Runtime, any_api: Api) -> None:
    _spoken(any_api)
    work(any_house)
    with any_house.database.reading() as session:
        (kept,) = session.execute(text("SELECT CAST(content AS TEXT) FROM sound_lanes")).scalars()
    assert kept.startswith(SEALED)
