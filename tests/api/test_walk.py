"""Nobody gets in, and nobody gets at what is another's: every route, found by the test itself."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlmodel import col

from interview_coach.accounts import access
from interview_coach.api.app import PREFIX
from interview_coach.jobs.models import OutboxJob
from interview_coach.routes import ROUTERS
from interview_coach.runtime import Runtime
from interview_coach.tables import metadata
from tests.conftest import PASSWORD, Api, make_client
from tests.support.accounts import objects_of
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer

# Stands in the name and in an answer of the user whose things nobody else may see.
MARK = "Quartzwhistle"
# Path parameters that name nobody's thing.
NOBODYS = {
    "number": "0",
    "kind": "hr",
    "engine": "gemini",
    "step": "1",
    "token": "x" * 43,
    "bank_id": "behavioral-tight-deadline",
}
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
    # The token in the address opens them; test_sharing.py asks with wrong ones.
    ("get", "/api/v1/shared/{token}/answers/{answer_id}/audio"),
    ("post", "/api/v1/shared/{token}/comments"),
}
BODIES: dict[str, Any] = {
    "text": "words",
    "chunks": 1,
    "type": "hr",
    "refresh_token": "x" * 30,
    "role": "user",
    "rating": 50,
    "skipped": True,
    "name": "Somebody",
}


def _routes(client: Any) -> list[tuple[str, str]]:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    return [(method, path) for path, item in paths.items() for method in item]


def _parameters(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def _ask(client: Any, method: str, path: str, ids: dict[str, str]) -> Any:
    """Ask a route, with a value for each of its path parameters."""
    place = path
    for name in _parameters(path):
        assert name in ids or name in NOBODYS, (
            f"{method} {path} has a path parameter that this test does not know. Say in the "
            f"fixture `ids` how a user comes to a {name}, or in NOBODYS that it is nobody's."
        )
        place = place.replace("{" + name + "}", ids.get(name) or NOBODYS[name])
    question = ids["question_id"]
    if path.endswith("/upload-audio"):
        return client.post(
            place,
            data={"question_id": question},
            files={"file": ("a.webm", b"\x1aE\xdf\xa3", "audio/webm")},
        )
    if (method, path) == ("put", "/api/v1/users/me/avatar"):
        return client.put(place, files={"file": ("a.png", b"\x89PNG", "image/png")})
    if "/chunks/" in path:
        return client.put(place, content=b"\x1aE\xdf\xa3", headers={"Content-Type": "audio/webm"})
    if method in {"post", "put"}:
        return client.request(method, place, json={**BODIES, "question_id": question})
    return client.request(method, place)


@pytest.fixture
def ids(house: Runtime, api: Api) -> dict[str, str]:
    """What a user has, by the name of the path parameter that stands for it."""
    named = api.put("/api/v1/users/me", json={"full_name": f"First {MARK}"})
    assert named.status_code == 200, named.text
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, f"{MARK}. {STRONG_ANSWER}")
    wanted = {"name": MARK, "scopes": ["read"]}
    token = api.post("/api/v1/users/me/tokens", json=wanted).json()
    export = api.post("/api/v1/users/me/export").json()
    signed_in = make_client().post(
        "/api/v1/auth/login", data={"username": api.user["email"], "password": PASSWORD}
    )
    assert signed_in.status_code == 200, signed_in.text
    devices = api.get("/api/v1/auth/sessions").json()["items"]
    shared = api.post(f"/api/v1/interviews/{interview['id']}/share", json={"comments": True})
    token_of_link = shared.json()["url"].rsplit("/", 1)[1]
    said = make_client().post(
        f"/api/v1/shared/{token_of_link}/comments", json={"name": MARK, "text": f"Said of {MARK}"}
    )
    assert said.status_code == 201, said.text
    with house.database.reading() as session:
        theirs = col(OutboxJob.user_id) == api.user["id"]
        job = session.scalars(select(col(OutboxJob.id)).where(theirs)).all()[0]
    return {
        "interview_id": interview["id"],
        "question_id": interview["questions"][1]["id"],
        "answer_id": answer,
        "token_id": token["id"],
        "export_id": export["id"],
        "session_id": next(device["id"] for device in devices if not device["current"]),
        "user_id": api.user["id"],
        "job_id": job,
        "comment_id": said.json()["id"],
    }


def _everything_but(house: Runtime, user_id: str) -> str:
    """A digest of every row of every table in which this user is not named."""
    digest = sha256()
    with house.database.reading() as session:
        for table in metadata.sorted_tables:
            rows = [tuple(row) for row in session.execute(select(table))]
            for line in sorted(repr(row) for row in rows if user_id not in row):
                digest.update(f"{table.name} {line}\n".encode())
    return digest.hexdigest()


def _needs_sign_in() -> list[tuple[str, str]]:
    """The routes that are declared to want a sign-in of the user's own, as the code has them."""

    def wants(dependant: Any) -> bool:
        return dependant.call is access.signed_in_self or any(map(wants, dependant.dependencies))

    return [
        (method.lower(), PREFIX + route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and wants(route.dependant)
        for method in sorted(route.methods)
    ]


def test_anonymous_callers_are_refused_everywhere(
    house: Runtime, anonymous: TestClient, ids: dict[str, str]
) -> None:
    routes = _routes(anonymous)
    assert len(routes) > 20
    before = _everything_but(house, "nobody")
    for method, path in routes:
        if (method, path) in OPEN:
            continue
        answer = _ask(anonymous, method, path, ids)
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        assert answer.json()["code"] == "sign_in"
        assert MARK not in answer.text
    assert _everything_but(house, "nobody") == before


def test_another_user_finds_nothing_under_ids_that_are_not_theirs(
    house: Runtime, api: Api, other: Api, ids: dict[str, str]
) -> None:
    before, files = _everything_but(house, other.user["id"]), objects_of(house, api.user["id"])
    walked = set()
    for method, path in _routes(other):
        named = set(_parameters(path)) - set(NOBODYS)
        if not named:
            continue
        answer = _ask(other, method, path, ids)
        wanted = 403 if path.startswith("/api/v1/admin/") else 404
        assert answer.status_code == wanted, f"{method} {path}: {answer.status_code} {answer.text}"
        assert MARK not in answer.text, f"{method} {path}"
        assert _everything_but(house, other.user["id"]) == before, f"{method} {path} changed rows"
        walked |= {(method, path, *named)}
    assert len(walked) >= 25
    assert objects_of(house, api.user["id"]) == files
    assert objects_of(house, other.user["id"]) == []
    # Each of the ids is right: its owner has something there.
    assert {name for _, _, *named in walked for name in named} == set(ids)
    for path in ("interviews/{interview_id}", "users/me/export/{export_id}"):
        assert _ask(api, "get", f"/api/v1/{path}", ids).status_code == 200
    for path in ("users/me/tokens/{token_id}", "auth/sessions/{session_id}"):
        assert _ask(api, "delete", f"/api/v1/{path}", ids).status_code == 204


def test_no_list_and_no_page_of_anothers_tells_of_a_user(
    api: Api, other: Api, ids: dict[str, str]
) -> None:
    assert MARK in api.get("/api/v1/users/me").text
    walked = 0
    for method, path in _routes(other):
        if method != "get" or set(_parameters(path)) - set(NOBODYS):
            continue
        told = _ask(other, method, path, ids).text
        for secret in (MARK, api.user["email"], *ids.values()):
            # Questions are everybody's, and so are their ids.
            if secret != ids["question_id"]:
                assert secret not in told, f"{path} tells another's {secret}"
        walked += 1
    assert walked >= 10


def test_what_wants_a_sign_in_of_ones_own_refuses_every_personal_token(
    house: Runtime, api: Api, ids: dict[str, str]
) -> None:
    wanted = {"name": "Writer", "scopes": ["read", "write"]}
    made = api.post("/api/v1/users/me/tokens", json=wanted)
    program = make_client()
    program.headers["Authorization"] = f"Bearer {made.json()['token']}"
    assert program.get("/api/v1/users/me").status_code == 200
    declared = _needs_sign_in()
    assert (
        {
            ("delete", "/api/v1/users/me"),
            ("put", "/api/v1/users/me/password"),
            ("post", "/api/v1/users/me/tokens"),
            ("delete", "/api/v1/auth/sessions/{session_id}"),
            ("get", "/api/v1/users/me/export/{export_id}/file"),
            ("put", "/api/v1/admin/users/{user_id}/role"),
        }
        <= set(declared)
        <= set(_routes(program))
    )
    before = _everything_but(house, made.json()["id"])
    for method, path in declared:
        answer = _ask(program, method, path, ids)
        told = (answer.status_code, answer.json()["code"])
        assert told == (403, "needs_sign_in"), f"{method} {path}: {told}"
    assert _everything_but(house, made.json()["id"]) == before


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
