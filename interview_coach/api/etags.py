"""ETag on what the API tells in JSON: who has it already gets 304 and no body."""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOT_MODIFIED = 304
_DROPPED = ("content-type", "content-length", "content-encoding")


class ETags:
    """ASGI middleware inside the compression. Only a GET answered with 200, in JSON and whole is
    looked at; streams, sound and files go through untouched. The tag is weak: compression
    changes the bytes, not what they say."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the tag, or answer 304 when the caller named it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        held: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_json(message):
                held = message
                return
            if held is None:
                await send(message)
                return
            start, held = held, None
            if message.get("more_body"):
                await send(start)
                await send(message)
                return
            tag = f'W/"{sha256(message.get("body", b"")).hexdigest()[:32]}"'
            headers = MutableHeaders(scope=start)
            headers["ETag"] = tag
            if not _named(asked, tag):
                await send(start)
                await send(message)
                return
            for name in _DROPPED:
                del headers[name]
            start["status"] = _NOT_MODIFIED
            await send(start)
            await send({"type": "http.response.body", "body": b""})

        await self._app(scope, receive, tagged)


def _is_json(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] == 200 and kind.partition(";")[0] == "application/json"


def _named(asked: str, tag: str) -> bool:
    """Weak comparison: what stands in the quotes counts."""
    known = [part.strip().removeprefix("W/") for part in asked.split(",")]
    return "*" in known or tag.removeprefix("W/") in known
