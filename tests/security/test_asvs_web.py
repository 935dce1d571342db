"""OWASP ASVS 5.0 on cookies, headers, origins, uploads and ownership, each by its number."""

from __future__ import annotations

import base64
import gzip
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from fastapi.testclient import TestClient

from interview_coach.api.headers import script_digests
from interview_coach.interviews.models import Recording
from interview_coach.runtime import Runtime, runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, Api, make_client, sign_up
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.recordings import SPOKEN_ANSWER

PAGE = {"X-Interview-Coach": "page"}
HEALTH, ME = "/api/v1/health", "/api/v1/users/me"


def _reopened(monkeypatch: pytest.MonkeyPatch, **settings: str) -> TestClient:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    load_settings.cache_clear()
    runtime.cache_clear()
    return make_client()


def _cookie(client: TestClient, **headers: str) -> str:
    form = {"username": "candidate@example.org", "password": PASSWORD}
    answer = client.post("/api/v1/auth/login", data=form, headers={**PAGE, **headers})
    return str(answer.headers["set-cookie"])


def _directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def test_asvs_3_3_1_behind_https_the_cookie_is_secure(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _reopened(monkeypatch, COACH_TRUSTED_PROXIES="1")
    sign_up(client)
    assert "; Secure" in _cookie(client, **{"X-Forwarded-Proto": "https"})


def test_asvs_3_3_2_the_cookie_goes_to_no_other_site(api: Api) -> None:
    assert "samesite=lax" in _cookie(make_client()).lower()


def test_asvs_3_3_3_behind_https_the_cookie_is_bound_to_its_host(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _reopened(monkeypatch, COACH_TRUSTED_PROXIES="1")
    sign_up(client)
    cookie = _cookie(client, **{"X-Forwarded-Proto": "https"})
    assert cookie.startswith("__Host-session=")
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_asvs_3_3_4_scripts_cannot_read_the_cookie(api: Api) -> None:
    assert "httponly" in _cookie(make_client()).lower()


def test_asvs_3_4_1_browsers_that_came_by_https_stay_there(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _reopened(monkeypatch, COACH_TRUSTED_PROXIES="1")
    answer = client.get(HEALTH, headers={"X-Forwarded-Proto": "https"})
    assert "max-age=63072000" in answer.headers["strict-transport-security"]
    plain = client.get(HEALTH, headers={"X-Forwarded-Proto": "http"})
    assert "strict-transport-security" not in plain.headers


def test_asvs_3_4_2_no_other_site_may_read_an_answer(api: Api) -> None:
    answer = api.get(ME, headers={"Origin": "https://evil.example.org"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    asked = api.request("OPTIONS", ME, headers={"Origin": "https://evil.example.org"})
    assert not [name for name in asked.headers if name.startswith("access-control-")]


def test_asvs_3_4_3_scripts_come_from_here_alone(anonymous: TestClient) -> None:
    page = _directives(anonymous.get("/").headers["content-security-policy"])
    assert page["default-src"] == ["'self'"]
    assert page["object-src"] == page["base-uri"] == ["'none'"]
    assert page["script-src"][0] == "'self'"
    assert not [one for one in page["script-src"] if "unsafe" in one or "*" in one or ":" in one]
    api_policy = _directives(anonymous.get(HEALTH).headers["content-security-policy"])
    assert api_policy["default-src"] == ["'none'"]
    docs = _directives(anonymous.get("/api/v1/docs").headers["content-security-policy"])
    assert docs["script-src"] == ["'self'"]


def test_asvs_3_4_3_inline_scripts_are_allowed_by_their_digest_alone() -> None:
    text = "let a = 1;\n"
    expected = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    html = f'<script>{text}</script><script type="module" src="x.js"></script>'
    assert script_digests(html) == [f"'sha256-{expected}'"]
    assert script_digests('<script type="application/json">{"a": 1}</script>') == []


def test_asvs_3_4_4_types_are_not_guessed(anonymous: TestClient) -> None:
    for path in ("/", HEALTH, "/api/v1/nothing", "/api/v1/docs/swagger-ui.css"):
        assert anonymous.get(path).headers["x-content-type-options"] == "nosniff"


def test_asvs_3_4_5_addresses_are_told_to_no_other_site(anonymous: TestClient) -> None:
    assert anonymous.get("/").headers["referrer-policy"] == "same-origin"


def test_asvs_3_4_6_no_other_site_may_frame_a_page(anonymous: TestClient) -> None:
    for path in ("/", HEALTH, "/api/v1/docs"):
        headers = anonymous.get(path).headers
        assert _directives(headers["content-security-policy"])["frame-ancestors"] == ["'none'"]
        assert headers["x-frame-options"] == "DENY"


def test_asvs_3_4_8_pages_are_alone_in_their_group(anonymous: TestClient) -> None:
    assert anonymous.get("/").headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://coach.test.evil.example.org"},
        {"Origin": "http://coach.test:8080"},
        {"Origin": "https://coach.test"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_asvs_3_5_1_another_site_cannot_act_for_the_user(api: Api, headers: dict[str, str]) -> None:
    client = make_client()
    cookie = _cookie(client).split(";")[0]
    body = {"type": "hr", "question_count": 1}
    answer = client.post("/api/v1/interviews", json=body, headers={**headers, "Cookie": cookie})
    assert (answer.status_code, answer.json()["code"]) == (403, "origin")
    same = {"Origin": "http://coach.test", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
    assert client.post("/api/v1/interviews", json=body, headers=same).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_asvs_3_5_2_a_form_of_another_site_cannot_post_json(api: Api, kind: str) -> None:
    client = make_client()
    cookie = _cookie(client).split(";")[0]
    answer = client.post(
        "/api/v1/interviews",
        content='{"type": "hr", "question_count": 1}',
        headers={"Content-Type": kind, "Cookie": cookie},
    )
    assert answer.status_code == 422


def test_asvs_4_1_3_addresses_told_by_the_client_are_not_believed(
    house: Runtime, anonymous: TestClient
) -> None:
    statuses = []
    for number in range(12):
        form = {"username": "a@example.org", "password": "wrong one"}
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"}
        statuses.append(anonymous.post("/api/v1/auth/login", data=form, headers=forged).status_code)
    assert statuses[10:] == [429, 429]
    secure = anonymous.get(HEALTH, headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" not in secure.headers


def test_asvs_4_1_3_only_trusted_hops_are_counted(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _reopened(monkeypatch, COACH_TRUSTED_PROXIES="1")
    statuses = []
    for number in range(12):
        form = {"username": "a@example.org", "password": "wrong one"}
        chain = f"198.51.100.{number}, 203.0.113.9"  # the first was written by the client
        answer = client.post("/api/v1/auth/login", data=form, headers={"X-Forwarded-For": chain})
        statuses.append(answer.status_code)
    assert statuses[10:] == [429, 429]


def test_asvs_4_4_2_a_foreign_page_opens_no_websocket(anonymous: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    for path in ("/_event/", "/socket.io/"):
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            anonymous.websocket_connect(path, headers={"Origin": "https://evil.example.org"}),
        ):
            pass
        assert refused.value.code == 4403
        polled = anonymous.get(path, headers={"Origin": "https://evil.example.org"})
        assert polled.status_code == 403


def test_asvs_5_2_1_a_file_that_is_too_large_is_refused_before_it_is_read(api: Api) -> None:
    interview = new_interview(api)
    answer = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        content=b"x",
        headers={"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "999999999"},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_asvs_5_2_2_a_file_is_what_its_content_says(api: Api) -> None:
    interview = new_interview(api)
    question = interview["questions"][0]["id"]
    for content in (b"<html><script>alert(1)</script>", b"%PDF-1.7", b"MZ\x90\x00", b"PK\x03\x04"):
        answer = api.post(
            f"/api/v1/interviews/{interview['id']}/upload-audio",
            data={"question_id": question},
            files={"file": ("answer.webm", content, "audio/webm")},
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "not_audio")


def test_asvs_5_2_3_nothing_that_was_sent_packed_is_unpacked(api: Api) -> None:
    """Recordings are decoded, never unpacked; a packed body is not taken for what it holds."""
    packed = gzip.compress(b'{"type": "hr", "question_count": 1}' + b" " * 10_000_000)
    answer = api.post(
        "/api/v1/interviews",
        content=packed,
        headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
    )
    assert answer.status_code in {400, 422}


def test_asvs_5_2_4_one_user_cannot_fill_the_disk(api: Api, house: Runtime) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    with house.database.writing() as session:
        session.add(
            Recording(
                answer_id=answer,
                user_id=api.user["id"],
                content_type="audio/webm",
                object_key="none",
                size=house.settings.user_quota_bytes,
                sha256="0" * 64,
            )
        )
    sent = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][1]["id"]},
        files={"file": ("answer.webm", SPOKEN_ANSWER.read_bytes(), "audio/webm")},
    )
    assert (sent.status_code, sent.json()["code"]) == (413, "quota")


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"question_count": ' + "9" * 10_000 + "}",
        '{"type": "hr", "question_count": 1e999999}',
        '{"type": "hr", "question_count": NaN}',
        '{"type": "\\ud800"}',
        '"' + "x" * 900_000 + '"',
    ],
    ids=["arrays", "objects", "digits", "infinity", "nan", "surrogate", "long"],
)
def test_asvs_1_5_2_odd_json_is_a_mistake_of_the_sender(api: Api, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = api.post("/api/v1/interviews", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_asvs_2_4_1_what_keeps_workers_busy_is_limited_more(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _reopened(monkeypatch, COACH_RATE_LIMIT_PER_MINUTE="50")
    mine = sign_up(client)
    path = "/api/v1/interviews/none/answers/none/retry"
    statuses = [mine.post(path).status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    statuses = [mine.get(ME).status_code for _ in range(45)]
    assert statuses[:39] == [200] * 39
    assert statuses[39:] == [429] * 6
    assert int(mine.get(ME).headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:DB8:0::7]:443", "2001:db8::7"),
        ("203.0.113.5:8080", "203.0.113.5"),
        ("x" * 500, "testclient"),
        ("'; DROP TABLE users --", "testclient"),
    ],
)
def test_asvs_4_1_3_an_address_is_an_address(
    house: Runtime, monkeypatch: pytest.MonkeyPatch, told: str, kept: str
) -> None:
    client = _reopened(monkeypatch, COACH_TRUSTED_PROXIES="1")
    sign_up(client)
    _cookie(client, **{"X-Forwarded-For": told})
    addresses = [item["address"] for item in client.get("/api/v1/auth/sessions").json()["items"]]
    assert kept in addresses


def test_asvs_8_2_2_nobody_reads_by_knowing_an_id(api: Api, other: Api) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    for path in ("", "/analysis", f"/answers/{answer}", f"/answers/{answer}/audio"):
        assert other.get(f"/api/v1/interviews/{interview['id']}{path}").status_code == 404


class _Listener(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def test_asvs_1_5_1_external_entities_are_never_fetched(api: Api) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:'
        f'{server.server_port}/secret">]><a>&x;</a>'
    ).encode()
    try:
        paths = api.get("/api/v1/openapi.json").json()["paths"]
        walked = 0
        for path, methods in paths.items():
            for method in set(methods) & {"post", "put"}:
                if "requestBody" not in methods[method] or path.endswith("/logout"):
                    continue
                place = path
                for name in [part.strip("{}") for part in path.split("/") if "{" in part]:
                    place = place.replace("{" + name + "}", "0")
                for kind in ("application/xml", "text/xml", "application/json"):
                    answer = api.request(
                        method, place, content=bomb, headers={"Content-Type": kind}
                    )
                    assert 400 <= answer.status_code < 500, (method, path, answer.status_code)
                walked += 1
        assert walked >= 10
        assert _Listener.asked == []
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def test_asvs_14_3_2_answers_about_people_are_not_kept_by_browsers(api: Api) -> None:
    interview = new_interview(api)
    for path in (ME, "/api/v1/interviews/history", f"/api/v1/interviews/{interview['id']}"):
        assert "no-store" in api.get(path).headers["cache-control"]
