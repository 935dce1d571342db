"""Interviews, answers and recordings over the API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.recordings import (
    SPOKEN_ANSWER,
    digest_header,
    pieces,
    put_chunks,
)


def _begin(api: Any, interview: dict[str, Any], **more: str) -> dict[str, Any]:
    answer = api.post(
        f"/api/v1/interviews/{interview['id']}/answers",
        json={"question_id": interview["questions"][0]["id"], **more},
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _finish(api: Any, interview: dict[str, Any], answer: dict[str, Any], chunks: int) -> Any:
    return api.post(
        f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}/finish",
        json={"chunks": chunks, "duration_seconds": 23.3},
    )


def test_an_interview_is_made_with_copies_of_its_questions(api: Api) -> None:
    made = api.post("/api/v1/interviews", json={"type": "behavioral", "question_count": 3}).json()
    assert made["status"] == "pending"
    assert [question["position"] for question in made["questions"]] == [1, 2, 3]
    assert len({question["track"] for question in made["questions"]}) == 3
    assert made["overall_score"] is None


def test_the_next_interview_asks_what_was_not_asked_yet(api: Api) -> None:
    asked: set[str] = set()
    for _ in range(3):
        made = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 4}).json()
        ids = {question["question_id"] for question in made["questions"]}
        assert not ids & asked
        asked |= ids


def test_named_questions_are_asked_in_their_order(api: Api) -> None:
    found = api.get("/api/v1/questions/by-type/hr", params={"page_size": 3}).json()["items"]
    ids = [item["id"] for item in reversed(found)]
    made = api.post("/api/v1/interviews", json={"type": "hr", "question_ids": ids}).json()
    assert [question["question_id"] for question in made["questions"]] == ids
    unknown = api.post("/api/v1/interviews", json={"type": "hr", "question_ids": ["nothing"]})
    assert unknown.status_code == 404


def test_the_steps_and_their_order(api: Api) -> None:
    made = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    path = f"/api/v1/interviews/{made['id']}"
    wrong = api.post(f"{path}/pause")
    assert wrong.status_code == 409
    assert wrong.json()["allowed"] == ["in_progress"]
    for step, status in [
        ("start", "in_progress"),
        ("pause", "paused"),
        ("resume", "in_progress"),
        ("complete", "completed"),
    ]:
        assert api.post(f"{path}/{step}").json()["status"] == status
    assert api.post(f"{path}/abandon").status_code == 409
    found = api.get(path).json()
    assert found["started_at"] < found["completed_at"]
    assert found["duration_seconds"] >= 0


def test_two_steps_at_once_are_one_step(any_api: Api) -> None:
    made = any_api.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    path = f"/api/v1/interviews/{made['id']}/start"
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(
            answer.status_code for answer in pool.map(lambda _: any_api.post(path), range(4))
        )
    assert statuses == [200, 409, 409, 409]


def test_answers_are_taken_only_while_the_interview_runs(api: Api) -> None:
    made = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    body = {"question_id": made["questions"][0]["id"], "text": STRONG_ANSWER}
    early = api.post(f"/api/v1/interviews/{made['id']}/answers", json=body)
    assert early.status_code == 409
    api.post(f"/api/v1/interviews/{made['id']}/abandon")
    late = api.post(f"/api/v1/interviews/{made['id']}/answers", json=body)
    assert late.status_code == 409


def test_takes_count_up_and_a_client_id_gives_the_same_answer_back(api: Api) -> None:
    interview = new_interview(api)
    first = _begin(api, interview, client_id="recording-one")
    again = _begin(api, interview, client_id="recording-one")
    second = _begin(api, interview, client_id="recording-two")
    assert again["id"] == first["id"]
    assert [first["take"], second["take"]] == [1, 2]


def test_a_live_interview_takes_one_answer_to_a_question(api: Api) -> None:
    interview = new_interview(api, mode="live")
    begun = _begin(api, interview)  # a recording that was never sent does not count
    put_chunks(api, interview["id"], begun["id"], pieces(SPOKEN_ANSWER.read_bytes(), 2))
    typed_answer(api, interview, 0, STRONG_ANSWER)
    body = {"question_id": interview["questions"][0]["id"], "text": STRONG_ANSWER}
    again = api.post(f"/api/v1/interviews/{interview['id']}/answers", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "one_take")
    late = _finish(api, interview, begun, 2)
    assert (late.status_code, late.json()["code"]) == (409, "one_take")


def test_chunks_arrive_in_any_order_and_any_number_of_times(api: Api) -> None:
    interview = new_interview(api)
    answer = _begin(api, interview)
    chunks = pieces(SPOKEN_ANSWER.read_bytes(), 5)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}"
    for number in (0, 3, 1, 3, 4):
        sent = api.put(
            f"{path}/chunks/{number}",
            content=chunks[number],
            headers={
                "Content-Type": "audio/webm;codecs=opus",
                "Content-Digest": digest_header(chunks[number]),
            },
        )
        assert sent.status_code == 200, sent.text
    assert sent.json()["received"] == [0, 1, 3, 4]
    assert api.get(path).json()["chunks_received"] == [0, 1, 3, 4]
    early = _finish(api, interview, answer, 5)
    assert early.status_code == 409
    assert early.json()["missing"] == [2]
    put_chunks(api, interview["id"], answer["id"], chunks)
    assert _finish(api, interview, answer, 5).status_code == 202
    assert _finish(api, interview, answer, 5).status_code == 202  # its answer may have got lost
    sound = api.get(f"{path}/audio")
    assert sound.content == SPOKEN_ANSWER.read_bytes()


def test_the_same_chunk_sent_many_times_at_once_is_kept_once(any_api: Api) -> None:
    interview = new_interview(any_api)
    answer = _begin(any_api, interview)
    chunk = pieces(SPOKEN_ANSWER.read_bytes(), 5)[0]
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}/chunks/0"
    headers = {"Content-Type": "audio/webm"}
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: any_api.put(path, content=chunk, headers=headers), range(8)))
    assert {one.status_code for one in sent} == {200}
    other = any_api.put(path, content=chunk + b"x", headers=headers)
    assert other.status_code == 409
    assert other.json()["code"] == "chunk_differs"


def test_a_recording_over_a_refresh_has_two_segments_and_one_sound(
    house: Runtime, api: Api
) -> None:
    from interview_coach.interviews import repository

    interview = new_interview(api)
    answer = _begin(api, interview)
    whole = SPOKEN_ANSWER.read_bytes()
    chunks = [*pieces(whole, 2), *pieces(whole, 2)]
    put_chunks(api, interview["id"], answer["id"], chunks)
    assert _finish(api, interview, answer, 4).status_code == 202
    with house.database.reading() as session:
        recording = repository.recording(session, answer["id"])
    assert recording is not None
    assert recording.segments == [0, len(whole)]


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"", {"Content-Type": "audio/webm"}, 422, "empty"),
        (b"plain words", {"Content-Type": "audio/webm"}, 415, "not_audio"),
        (b"plain words", {"Content-Type": "text/plain"}, 415, "unsupported_type"),
        (
            b"\x1aE\xdf\xa3 rest",
            {"Content-Type": "audio/webm", "Content-Digest": digest_header(b"other")},
            400,
            "digest",
        ),
        (
            b"\x1aE\xdf\xa3 rest",
            {"Content-Type": "audio/webm", "Content-Digest": "sha-256=:@@:"},
            400,
            "digest",
        ),
    ],
)
def test_bad_chunks_are_refused_in_clear_words(
    api: Api, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    interview = new_interview(api)
    answer = _begin(api, interview)
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}/chunks/0"
    refused = api.put(path, content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_recording_that_was_not_sent_can_be_thrown_away(api: Api) -> None:
    interview = new_interview(api)
    answer = _begin(api, interview)
    put_chunks(api, interview["id"], answer["id"], pieces(SPOKEN_ANSWER.read_bytes(), 3))
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
    typed = typed_answer(api, interview, 0, STRONG_ANSWER)
    kept = api.delete(f"/api/v1/interviews/{interview['id']}/answers/{typed}")
    assert kept.status_code == 409


def _upload(api: Any, interview: dict[str, Any], content: bytes, kind: str = "audio/webm") -> Any:
    return api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][0]["id"]},
        files={"file": ("answer.webm", content, kind)},
    )


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "audio/webm", 422, "empty"),
        (b"words under another name", "audio/webm", 415, "not_audio"),
        (b"%PDF-1.7", "application/pdf", 415, "unsupported_type"),
    ],
)
def test_bad_uploads_make_no_answer(
    api: Api, content: bytes, kind: str, status: int, code: str
) -> None:
    interview = new_interview(api)
    refused = _upload(api, interview, content, kind)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert api.get(f"/api/v1/interviews/{interview['id']}").json()["answers"] == []


def test_200_mb_are_refused_before_they_are_read(api: Api) -> None:
    interview = new_interview(api)
    refused = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        content=b"x",
        headers={"Content-Length": str(200 * 1024 * 1024), "Content-Type": "multipart/form-data"},
    )
    assert refused.status_code == 413
    assert refused.json()["code"] == "too_large"


def test_too_much_without_a_length_is_cut_off(api: Api) -> None:
    interview = new_interview(api)
    answer = _begin(api, interview)

    def endless() -> Any:
        for _ in range(6):
            yield b"x" * 1024 * 1024

    refused = api.put(
        f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}/chunks/0",
        content=endless(),
        headers={"Content-Type": "audio/webm"},
    )
    assert refused.status_code == 413


def test_ranges_of_the_sound(api: Api) -> None:
    interview = new_interview(api)
    whole = SPOKEN_ANSWER.read_bytes()
    answer_id = _upload(api, interview, whole).json()["answer_id"]
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer_id}/audio"
    part = api.get(path, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == whole[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert part.headers["cache-control"] == "private, no-store"
    assert api.get(path, headers={"Range": "bytes=-5"}).content == whole[-5:]
    assert api.get(path, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert api.get(path, headers={"Range": "pieces=1-2"}).status_code == 416


def test_the_same_answer_begun_many_times_at_once_is_one(any_api: Api) -> None:
    interview = new_interview(any_api)
    body = {"question_id": interview["questions"][0]["id"], "client_id": "recording-one"}
    path = f"/api/v1/interviews/{interview['id']}/answers"
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _: any_api.post(path, json=body), range(8)))
    assert {one.status_code for one in begun} == {201}
    assert len({one.json()["id"] for one in begun}) == 1


def test_takes_begun_at_once_have_numbers_of_their_own(any_api: Api) -> None:
    interview = new_interview(any_api)
    body = {"question_id": interview["questions"][0]["id"]}
    path = f"/api/v1/interviews/{interview['id']}/answers"
    with ThreadPoolExecutor(6) as pool:
        begun = list(pool.map(lambda _: any_api.post(path, json=body), range(6)))
    assert sorted(one.json()["take"] for one in begun) == [1, 2, 3, 4, 5, 6]


def test_finishing_many_times_at_once_is_finishing_once(any_api: Api) -> None:
    interview = new_interview(any_api)
    answer = _begin(any_api, interview)
    put_chunks(any_api, interview["id"], answer["id"], pieces(SPOKEN_ANSWER.read_bytes(), 4))
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: _finish(any_api, interview, answer, 4), range(6)))
    assert {one.status_code for one in done} == {202}
    path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}"
    assert any_api.get(f"{path}/audio").content == SPOKEN_ANSWER.read_bytes()


def test_of_sending_and_throwing_away_at_once_one_wins(any_api: Api) -> None:
    interview = new_interview(any_api)
    for _ in range(5):
        answer = _begin(any_api, interview)
        put_chunks(any_api, interview["id"], answer["id"], pieces(SPOKEN_ANSWER.read_bytes(), 2))
        path = f"/api/v1/interviews/{interview['id']}/answers/{answer['id']}"
        with ThreadPoolExecutor(2) as pool:
            sent = pool.submit(_finish, any_api, interview, answer, 2)
            thrown = pool.submit(any_api.delete, path)
        if thrown.result().status_code == 204:
            assert sent.result().status_code in {404, 409}
            assert any_api.get(path).status_code == 404
        else:
            assert sent.result().status_code == 202
            assert any_api.get(f"{path}/audio").status_code == 200


def test_a_recording_from_before_the_end_may_arrive_after_it(api: Api) -> None:
    interview = new_interview(api)
    api.post(f"/api/v1/interviews/{interview['id']}/complete")
    late = _begin(api, interview, client_id="made-before-the-end")
    assert late["status"] == "recording"
    body = {"question_id": interview["questions"][0]["id"], "text": STRONG_ANSWER}
    typed = api.post(f"/api/v1/interviews/{interview['id']}/answers", json=body)
    assert typed.status_code == 409


def test_an_upload_to_an_ended_interview_keeps_nothing(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    api.post(f"/api/v1/interviews/{interview['id']}/abandon")
    assert _upload(api, interview, SPOKEN_ANSWER.read_bytes()).status_code == 409
    files = house.settings.data_dir / "files" / "recordings"
    assert not files.exists()


def test_signs_that_cannot_be_stored_are_refused(any_api: Api) -> None:
    interview = new_interview(any_api)
    body = {"question_id": interview["questions"][0]["id"], "text": "before\x00after it all"}
    refused = any_api.post(f"/api/v1/interviews/{interview['id']}/answers", json=body)
    assert refused.status_code == 422
    for path in ("/api/v1/interviews/x%00y", "/api/v1/interviews/history?q=%00"):
        assert any_api.get(path).status_code == 400
