"""Servers that speak the wire formats of Gemini and of OpenAI, and misbehave as they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import pytest

from interview_coach import runtime as runtime_module
from interview_coach.settings import load_settings

Wire = Literal["gemini", "openai"]


@dataclass
class Turn:
    """How one request is answered. text: what the model says. hang: seconds nothing comes at all,
    then nothing. cut: the connection ends in the middle of the body. drip: bytes come one by one,
    so slowly that the answer never ends."""

    text: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish: str | None = None
    refusal: bool = False
    hang: bool = False
    cut: bool = False
    drip: bool = False
    raw: bytes | None = None
    error_code: str = "error"
    error_message: str = "made for a test"
    counts: bool = True


def says(value: Any) -> Turn:
    """The model answers with this value as JSON."""
    return Turn(text=json.dumps(value))


Reaction = Turn | Callable[[dict[str, Any]], Turn]


def set_up(monkeypatch: pytest.MonkeyPatch, *servers: EngineServer, **more: str) -> None:
    """From now on the settings name these servers, and whatever `more` of them is said."""
    for server in servers:
        name = server.wire.upper()
        monkeypatch.setenv(f"COACH_{name}_API_KEY", "key-1")
        monkeypatch.setenv(f"COACH_{name}_BASE_URL", server.url)
    for name, value in more.items():
        monkeypatch.setenv(f"COACH_{name.upper()}", value)
    reopen()


def reopen() -> None:
    """Let the process read its settings anew."""
    load_settings.cache_clear()
    runtime_module.runtime.cache_clear()
    runtime_module.router.cache_clear()


class EngineServer:
    """A running server. Turns are used one after the other, the last one again and again."""

    def __init__(self, wire: Wire, server: ThreadingHTTPServer) -> None:
        self.wire = wire
        self.requests: list[dict[str, Any]] = []
        self._turns: list[Reaction] = [Turn(status=500)]
        self._lock = threading.Lock()
        self.released = threading.Event()
        host, port = server.server_address[:2]
        self.url = f"http://{host!s}:{port}" + ("/v1" if wire == "openai" else "")

    def will(self, *turns: Reaction) -> None:
        """From now on answer like this."""
        with self._lock:
            self._turns = list(turns)
            self.requests.clear()

    def next_turn(self, request: dict[str, Any]) -> Turn:
        """The turn for a request, which is kept."""
        with self._lock:
            self.requests.append(request)
            turn = self._turns.pop(0) if len(self._turns) > 1 else self._turns[0]
        return turn if isinstance(turn, Turn) else turn(request)

    def prompts(self) -> list[str]:
        """System text and task of each request, joined."""
        return [_prompt(self.wire, request) for request in self.requests]


def _prompt(wire: Wire, request: dict[str, Any]) -> str:
    if wire == "openai":
        return "\n".join(message["content"] for message in request["messages"])
    parts = [*request["systemInstruction"]["parts"], *request["contents"][0]["parts"]]
    return "\n".join(part["text"] for part in parts)


def body_of(wire: Wire, turn: Turn, model: str) -> dict[str, Any]:
    """The body of an answer or of an error as the API documents it."""
    return _gemini_body(turn, model) if wire == "gemini" else _openai_body(turn, model)


def _gemini_body(turn: Turn, model: str) -> dict[str, Any]:
    if turn.status != 200:
        name = {429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
        return {
            "error": {
                "code": turn.status,
                "message": turn.error_message,
                "status": name.get(turn.status, "INVALID_ARGUMENT"),
            }
        }
    usage = {"promptTokenCount": 1200, "candidatesTokenCount": 300, "totalTokenCount": 1500}
    body: dict[str, Any] = {"modelVersion": model}
    if turn.counts:
        body["usageMetadata"] = usage
    if turn.refusal:
        return {**body, "promptFeedback": {"blockReason": "SAFETY"}}
    content = {"role": "model", "parts": [{"text": turn.text}] if turn.text is not None else []}
    return {
        **body,
        "candidates": [{"content": content, "finishReason": turn.finish or "STOP", "index": 0}],
    }


def _openai_body(turn: Turn, model: str) -> dict[str, Any]:
    if turn.status != 200:
        return {
            "error": {
                "message": turn.error_message,
                "type": "server_error",
                "param": None,
                "code": turn.error_code,
            }
        }
    message: dict[str, Any] = {"role": "assistant", "content": turn.text, "refusal": None}
    if turn.refusal:
        message.update(content=None, refusal="I cannot help with that.")
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": turn.finish or "stop",
            }
        ],
    }
    if turn.counts:
        body["usage"] = {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}
    return body


class _Handler(BaseHTTPRequestHandler):
    """One connection to an engine's server."""

    protocol_version = "HTTP/1.1"
    engines: EngineServer

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        request = json.loads(self.rfile.read(length))
        request["path"] = self.path
        request["key"] = self.headers.get("x-goog-api-key") or self.headers.get("authorization")
        if not self._knows(self.engines.wire):
            self._send(Turn(status=404), b"{}")
            return
        turn = self.engines.next_turn(request)
        if turn.hang:
            self.engines.released.wait(60)
            self.close_connection = True
            return
        body = turn.raw
        if body is None:
            model = str(request.get("model", "model"))
            body = json.dumps(body_of(self.engines.wire, turn, model)).encode()
        self._send(turn, body)

    def _knows(self, wire: Wire) -> bool:
        path = self.path.split("?")[0]
        if wire == "openai":
            return path == "/v1/chat/completions"
        return path.startswith("/v1beta/models/") and path.endswith(":generateContent")

    def _send(self, turn: Turn, body: bytes) -> None:
        self.send_response(turn.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        for name, value in turn.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = turn.cut or turn.drip
        if turn.cut:
            self.wfile.write(body[: len(body) // 2])
        elif turn.drip:
            self._drip(body)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        for sign in body:
            self.wfile.write(bytes([sign]))
            self.wfile.flush()
            if self.engines.released.wait(0.3):
                return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def engine_server(wire: Wire) -> Iterator[EngineServer]:
    """A server on a free local port."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    engines = handler.engines = EngineServer(wire, server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield engines
    finally:
        engines.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
