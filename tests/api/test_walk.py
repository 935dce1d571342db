"""Nobody gets in, and nobody gets at what is another's: every route, found by the test itself."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import Api, make_client
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer

OPEN = {
    ("get", "/api/v1/health"),
    # Has a token of its own, and is the machine's own without one: test_metrics.py.
    ("get", "/api/v1/metrics"),
    ("post", "/api/v1/auth/register"),
    ("post", "/api/v1/auth/login"),
    ("post", "/api/v1/auth/refresh"),
    ("post", "/api/v1/auth/logout"),
    # Whoever asks here has forgotten the password, or shows a secret from a mail.
    ("post", "/api/v1/auth/password/forgot"),
    ("post", "/api/v1/auth/password/reset"),
    ("post", "/api/v1/auth/email/verify"),
}
BODIES: dict[str, Any] = {
    "question_id": "x",
    "text": "words",
    "chunks": 1,
    "type": "hr",
    "refresh_token": "x" * 30,
    "role": "user",
}


def _routes(client: Any) -> list[tuple[str, str]]:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    return [(method, path) for path, item in paths.items() for method in item]


def _ask(client: Any, method: str, path: str, ids: dict[str, str]) -> Any:
    place = path
    for name, value in {
        **ids,
        "number": "0",
        "kind": "hr",
        "token_id": "x",
        "export_id": "x",
        "session_id": "x",
        "user_id": "x",
        "job_id": "x",
    }.items():
        place = place.replace("{" + name + "}", value)
    assert "{" not in place, f"the walk does not know a value for {path}"
    if path.endswith("/upload-audio"):
        return client.post(
            place,
            data={"question_id": "x"},
            files={"file": ("a.webm", b"\x1aE\xdf\xa3", "audio/webm")},
        )
    if (method, path) == ("put", "/api/v1/users/me/avatar"):
        return client.put(place, files={"file": ("a.png", b"\x89PNG", "image/png")})
    if "/chunks/" in path:
        return client.put(place, content=b"\x1aE\xdf\xa3", headers={"Content-Type": "audio/webm"})
    if method in {"post", "put"}:
        return client.request(method, place, json=BODIES)
    return client.request(method, place)


@pytest.fixture
def ids(api: Api) -> dict[str, str]:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    return {"interview_id": interview["id"], "answer_id": answer}


def test_anonymous_callers_are_refused_everywhere(
    anonymous: TestClient, ids: dict[str, str]
) -> None:
    routes = _routes(anonymous)
    assert len(routes) > 20
    anonymous.headers.pop("Authorization", None)
    for method, path in routes:
        if (method, path) in OPEN:
            continue
        answer = _ask(anonymous, method, path, ids)
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        assert answer.json()["code"] == "sign_in"


def test_another_user_finds_nothing_under_ids_that_are_not_theirs(
    api: Api, other: Api, ids: dict[str, str]
) -> None:
    before = api.get(f"/api/v1/interviews/{ids['interview_id']}").json()
    walked = 0
    for method, path in _routes(other):
        if "{interview_id}" not in path:
            continue
        answer = _ask(other, method, path, ids)
        assert answer.status_code == 404, f"{method} {path}: {answer.status_code} {answer.text}"
        walked += 1
    assert walked >= 14
    after = api.get(f"/api/v1/interviews/{ids['interview_id']}").json()
    assert {**after, "duration_seconds": 0} == {**before, "duration_seconds": 0}
    assert other.get("/api/v1/interviews/history").json()["items"] == []


def test_a_token_that_may_only_read_changes_nothing(api: Api, ids: dict[str, str]) -> None:
    made = api.post("/api/v1/users/me/tokens", json={"name": "Reader", "scopes": ["read"]})
    assert made.status_code == 201, made.text
    reader = make_client()
    reader.headers["Authorization"] = f"Bearer {made.json()['token']}"
    assert reader.get(f"/api/v1/interviews/{ids['interview_id']}").status_code == 200
    walked = 0
    for method, path in _routes(reader):
        if method in {"get", "head"} or (method, path) in OPEN:
            continue
        answer = _ask(reader, method, path, ids)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope"), f"{method} {path}"
        walked += 1
    assert walked >= 15


def test_openapi_documents_the_problem_shape(api: Api) -> None:
    schema = api.get("/api/v1/openapi.json").json()
    assert set(schema["components"]["schemas"]["Problem"]["required"]) >= {"code", "detail"}
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            if (method, path) not in OPEN:
                assert "401" in operation["responses"], f"{method} {path}"


def test_what_does_not_exist_answers_as_the_rest_of_the_api(api: Api) -> None:
    for method in ("get", "post", "delete"):
        answer = api.request(method, "/api/v1/nothing/here")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_endless_json_body_is_too_large(api: Api) -> None:
    def endless() -> Any:
        for _ in range(3):
            yield b" " * 1024 * 1024

    headers = {"Content-Type": "application/json"}
    answer = api.post("/api/v1/interviews", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_nobodys_upload_is_refused_before_it_is_read(anonymous: TestClient) -> None:
    read = 0

    def sound() -> Any:
        nonlocal read
        for _ in range(8):
            read += 1
            yield b"x" * 1024 * 1024

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    path = "/api/v1/interviews/x/upload-audio"
    assert anonymous.post(path, content=sound(), headers=headers).status_code == 401
