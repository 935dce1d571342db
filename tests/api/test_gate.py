"""The gate: foreign pages are refused, for requests and websockets alike; headers are set."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_coach.api.gate import Gate
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings


async def _hello(_request: Any) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


@pytest.fixture
def gated(house: Runtime) -> TestClient:
    app = Starlette(
        routes=[
            Route("/api/x", _hello, methods=["GET", "POST"]),
            Route("/assets/x.js", _hello),
            Route("/page/", _hello),
            WebSocketRoute("/_event", _echo),
        ]
    )
    return TestClient(Gate(app), base_url="http://coach.test:3000")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://coach.test:3000", 200),
        ("http://coach.test", 403),
        ("https://coach.test:3000", 403),
        ("http://evil.test", 403),
        ("http://coach.test:3000.evil.test", 403),
        ("null", 403),
        ("http://coach.test:notaport", 403),
    ],
)
def test_only_our_own_pages_may_change_things(gated: TestClient, origin: str, status: int) -> None:
    assert gated.post("/api/x", headers={"Origin": origin}).status_code == status
    assert gated.get("/api/x", headers={"Origin": origin}).status_code == 200


def test_programs_without_an_origin_may(gated: TestClient) -> None:
    assert gated.post("/api/x").status_code == 200


def test_a_foreign_page_gets_no_websocket(gated: TestClient) -> None:
    with gated.websocket_connect(
        "ws://coach.test:3000/_event", headers={"Origin": "http://coach.test:3000"}
    ) as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect),
        gated.websocket_connect(
            "ws://coach.test:3000/_event", headers={"Origin": "http://evil.test"}
        ),
    ):
        pass


def test_the_public_address_is_ours_too(gated: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PUBLIC_URL", "https://coach.example.org")
    load_settings.cache_clear()
    headers = {"Origin": "https://coach.example.org"}
    assert gated.post("/api/x", headers=headers).status_code == 200


def test_forwarded_headers_are_believed_only_behind_a_trusted_proxy(
    gated: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Origin": "https://coach.test:3000", "X-Forwarded-Proto": "https"}
    assert gated.post("/api/x", headers=headers).status_code == 403
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "1")
    load_settings.cache_clear()
    assert gated.post("/api/x", headers=headers).status_code == 200


def test_headers(gated: TestClient) -> None:
    answer = gated.get("/page")
    assert answer.history == []  # a page answers at its own address, without a redirect
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    assert "immutable" in gated.get("/assets/x.js").headers["cache-control"]
    assert gated.get("/api/x").headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
