"""Interviews made the way a client makes them."""

from __future__ import annotations

from typing import Any

from tests.support.recordings import SPOKEN_ANSWER

STRONG_ANSWER = (
    "Last year our checkout service failed on three Friday evenings in a row and I was the "
    "engineer on call. My task was to stop the failures before the holiday sale. First I traced "
    "the slow queries with Datadog and found a missing index. Then I wrote the migration, tested "
    "it on a copy of production with 40 million rows and rolled it out on a Monday morning. As a "
    "result failed payments went down from 9 percent to 1 percent in two weeks, and I learned to "
    "load test every release."
)


def new_interview(api: Any, **wanted: Any) -> dict[str, Any]:
    """A started interview, without follow-ups unless they are wanted."""
    body = {"type": "behavioral", "question_count": 2, "follow_ups": False, **wanted}
    made = api.post("/api/v1/interviews", json=body)
    assert made.status_code == 201, made.text
    started = api.post(f"/api/v1/interviews/{made.json()['id']}/start")
    assert started.status_code == 200, started.text
    found: dict[str, Any] = started.json()
    return found


def typed_answer(api: Any, interview: dict[str, Any], place: int, text: str) -> str:
    """A typed answer to the question at this place (from 0); returns its id."""
    answer = api.post(
        f"/api/v1/interviews/{interview['id']}/answers",
        json={"question_id": interview["questions"][place]["id"], "text": text},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def spoken_answer(api: Any, interview: dict[str, Any], place: int) -> str:
    """A recorded answer to the question at this place (from 0); returns its id."""
    answer = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][place]["id"]},
        files={"file": ("answer.webm", SPOKEN_ANSWER.read_bytes(), "audio/webm")},
    )
    assert answer.status_code == 202, answer.text
    return str(answer.json()["answer_id"])
