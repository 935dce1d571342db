"""Corrected words keep the times of the sound, and a correction can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, spoken_answer, typed_answer
from tests.support.recordings import SPOKEN_TEXT
from tests.support.workers import work


def _spoken(api: Any) -> str:
    """The path of a spoken answer that waits for its analysis."""
    interview = new_interview(api)
    answer = spoken_answer(api, interview, 0)
    return f"/api/v1/interviews/{interview['id']}/answers/{answer}"


def _correct(house: Runtime, api: Any, path: str, text: str) -> dict[str, Any]:
    assert api.put(f"{path}/transcript", json={"text": text}).status_code == 202
    work(house)
    found: dict[str, Any] = api.get(path).json()
    assert found["status"] == "done"
    return found


@pytest.mark.usefixtures("whisper")
def test_quotes_still_lead_to_their_place_after_a_correction(house: Runtime, api: Api) -> None:
    path = _spoken(api)
    work(house)
    before = api.get(path).json()
    # More words in front, one dropped, one put right: what stands after them keeps its second.
    text = "Well, as I said, " + SPOKEN_TEXT.replace("every Friday", "each Friday").replace(
        "a short guide", "a guide"
    )
    after = _correct(house, api, path, text)
    starts = {item["quote"]: item["start"] for item in before["evidence"]}
    both = [item for item in after["evidence"] if item["quote"] in starts]
    assert any(item["criterion"] == "number" for item in both)
    for item in after["evidence"]:
        assert item["quote"] in text
    for item in both:
        assert item["start"] == pytest.approx(starts[item["quote"]], abs=0.01), item["quote"]
    kept = {word["word"]: word["start"] for word in before["words"] if word["word"] != "I"}
    for word in after["words"]:
        if word["word"] in {"traced", "payments", "weeks."}:
            assert word["start"] == kept[word["word"]]
    times = [word["start"] for word in after["words"]]
    assert times == sorted(times)


def test_a_correction_is_taken_back(any_house: Runtime, any_api: Api) -> None:
    path = _spoken(any_api)
    work(any_house)
    heard = any_api.get(path).json()
    assert any_api.delete(f"{path}/transcript").status_code == 409  # nothing is corrected yet
    changed = _correct(any_house, any_api, path, SPOKEN_TEXT)
    assert (changed["corrected"], changed["draft"]) == (True, False)
    taken_back = any_api.delete(f"{path}/transcript")
    assert (taken_back.status_code, taken_back.json()["status"]) == (202, "scoring")
    assert any_api.delete(f"{path}/transcript").status_code == 409  # it is being scored
    work(any_house)
    again = any_api.get(path).json()
    assert again == heard
    assert any_api.get(f"{path}/timeline").json()["analysis_version"] == 3


def test_words_that_replace_nothing_cannot_be_taken_back(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer}"
    _correct(house, api, path, f"{STRONG_ANSWER} And that was it.")
    refused = api.delete(f"{path}/transcript")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")


def test_a_correction_is_its_users_own(house: Runtime, api: Api, other: Api) -> None:
    path = _spoken(api)
    work(house)
    _correct(house, api, path, SPOKEN_TEXT)
    assert other.delete(f"{path}/transcript").status_code == 404
    assert api.get(path).json()["corrected"] is True
