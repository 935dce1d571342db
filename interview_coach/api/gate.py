"""The gate in front of everything: origin, size and headers, for pages, API and websockets."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interview_coach.api.headers import add_headers
from interview_coach.api.limits import is_secure, scheme_of
from interview_coach.api.problems import problem_answer
from interview_coach.kit.errors import CoachError
from interview_coach.settings import load_settings

MAX_JSON_BODY = 1024 * 1024
MAX_CHUNK_BODY = 4 * 1024 * 1024
MAX_RECORDING = 64 * 1024 * 1024
MAX_PICTURE = 5 * 1024 * 1024
_MULTIPART_FRAME = 64 * 1024
_FOREIGN = {"cross-site", "same-site"}  # a neighbouring subdomain is another site to us
_LIVE = ("/socket.io", "/_event")
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_SOCKET_PATHS = ("/socket.io", "/_event")
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class _BodyTooLargeError(CoachError):
    """More bytes have arrived than this path takes. The API answers it as any CoachError."""


class Gate:
    """ASGI middleware in front of the page, the API and the websocket alike."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse foreign origins and bodies that are too large; add security headers."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if scope["type"] == "http":
            send = _with_headers(scope, send)
        if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
            await _bad_address(scope, receive, send)
            return
        if not _origin_allowed(connection):
            await _refuse_origin(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        await self._pass(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = _page_without_redirect(scope)
        limit = _limit_of(scope["path"])
        length = HTTPConnection(scope).headers.get("content-length", "")
        if length.isdigit() and int(length) > limit:
            await _too_large(_words(limit, scope["path"]))(scope, receive, send)
            return
        seen, started, refused = 0, False, False

        async def counted() -> Message:
            nonlocal seen, refused
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                refused = True
                raise _BodyTooLargeError("too_large", _words(limit, scope["path"]), 413)
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            if refused and not started:
                return  # a parser may have called this a broken body; the answer below is right
            if message["type"] == "http.response.start":
                started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _BodyTooLargeError:
            if started:
                raise
        if refused and not started:
            refused = False
            await _too_large(_words(limit, scope["path"]))(scope, receive, watched)


def _with_headers(scope: Scope, send: Send) -> Send:
    """What sends an answer with the security headers, refusals of the gate too."""
    secure = is_secure(HTTPConnection(scope))

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            add_headers(scope["path"], MutableHeaders(scope=message), secure=secure)
        await send(message)

    return sending


def _page_without_redirect(scope: Scope) -> Scope:
    """The static files of a page lie in a folder, which would be answered by a redirect to
    `/dashboard/`: a round trip, and another address than the one that was asked for."""
    path = scope["path"]
    last = path.rsplit("/", 1)[-1]
    if not last or "." in last or path.startswith(("/api/", "/_")):
        return scope
    return {**scope, "path": f"{path}/", "raw_path": scope.get("raw_path", b"") + b"/"}


def _limit_of(path: str) -> int:
    if "/chunks/" in path:
        return MAX_CHUNK_BODY
    if path.endswith("/upload-audio"):
        return MAX_RECORDING + _MULTIPART_FRAME
    if _is_picture(path):
        return MAX_PICTURE + _MULTIPART_FRAME
    return MAX_JSON_BODY


def _too_large(words: str) -> ASGIApp:
    return problem_answer(413, "too_large", words, headers={"Connection": "close"})


def _words(limit: int, path: str) -> str:
    told = f"This is larger than {limit // (1024 * 1024)} MB, the most we take here."
    if limit >= MAX_RECORDING:
        return (
            f"{told} Record a shorter answer, or send it in a compressed form such as WebM or MP3."
        )
    return f"{told} Choose a smaller picture." if _is_picture(path) else told


def _is_picture(path: str) -> bool:
    return path.endswith("/users/me/avatar")


def _origin_allowed(connection: HTTPConnection) -> bool:
    """A browser names the page that asks; it must be ours. Programs send no Origin."""
    unsafe = (
        connection.scope["type"] == "websocket"
        or connection.scope.get("method") not in _SAFE_METHODS
        # A client that polls receives by GET what a websocket would bring.
        or connection.scope["path"].startswith(_SOCKET_PATHS)
    )
    origin = connection.headers.get("origin")
    if unsafe and connection.headers.get("sec-fetch-site") in _FOREIGN:
        return False
    # A live connection is one also while it asks by GET.
    if origin is None or not (unsafe or connection.scope["path"].startswith(_LIVE)):
        return True
    public = load_settings().public_url
    if public is not None and _place(origin) == _place(public):
        return True
    own = f"{scheme_of(connection)}://{connection.headers.get('host', '')}"
    return _place(origin) == _place(own)


def _place(address: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ("invalid", address, None)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return (scheme, parts.hostname, port or _DEFAULT_PORTS.get(scheme))


async def _bad_address(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4400})
        return
    answer = problem_answer(400, "address", "This address holds a sign that no address can have.")
    await answer(scope, receive, send)


async def _refuse_origin(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4403})
        return
    answer = problem_answer(403, "origin", "This request came from another site.")
    await answer(scope, receive, send)
