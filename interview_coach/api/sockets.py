"""The Socket.IO server of programs: one path, bounded queues, and a way to end a connection whose
client does not read. Knows no domain: namespaces are handed to it."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs

import engineio
import socketio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interview_coach.kit.logging import get_logger

PATH = "/socket.io"
PAGE_PATH = "/_event"
MAX_MESSAGE = 400_000  # a typed answer of the longest kind, every letter escaped
MAX_WAITING_PACKETS = 200
MAX_WAITING_BYTES = 4 * 1024 * 1024
_PING_SECONDS = 25
_PONG_WITHIN_SECONDS = 20
_JOIN_WITHIN_SECONDS = 20.0
_SEND_WITHIN_SECONDS = 20.0
_LINK = "coach.link"
_POLICY_VIOLATION = 1008
log = get_logger("api.sockets")


class Outbox(asyncio.Queue[Any]):
    """What waits to be sent on one connection; knows how many bytes that are."""

    waiting_bytes = 0

    def _put(self, item: Any) -> None:
        self.waiting_bytes += _size(item)
        super()._put(item)

    def _get(self) -> Any:
        item = super()._get()
        self.waiting_bytes -= _size(item)
        return item


def _size(packet: Any) -> int:
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, str | bytes) else 0


def is_full(queue: asyncio.Queue[Any]) -> bool:
    """Whether more waits in this queue than a client that reads would ever leave there."""
    waiting = queue.waiting_bytes if isinstance(queue, Outbox) else 0
    return queue.qsize() > MAX_WAITING_PACKETS or waiting > MAX_WAITING_BYTES


class Link:
    """The transport of one websocket, which can be ended though its client does not read.

    seconds: how long one message may take to be sent, None for as long as it takes.
    """

    def __init__(self, receive: Receive, send: Send, seconds: float | None) -> None:
        self._receive, self._send, self._seconds = receive, send, seconds
        self._under_way: set[asyncio.Timeout] = set()
        self.dropped = False

    def drop(self) -> None:
        """End the connection now; what waits to be sent is thrown away."""
        self.dropped = True
        moment = asyncio.get_running_loop().time()
        for call in self._under_way:
            call.reschedule(moment)

    async def receive(self) -> Message:
        """The next message, or the end of the connection."""
        over: Message = {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
        if self.dropped:
            return over
        try:
            async with asyncio.timeout(None) as call:
                self._under_way.add(call)
                try:
                    return await self._receive()
                finally:
                    self._under_way.discard(call)
        except TimeoutError:
            # There is no limit of time here: `drop` has set one to end the wait.
            return over

    async def send(self, message: Message) -> None:
        """Send a message; OSError when the connection is over or the client does not read."""
        if self.dropped:
            raise OSError("this connection has been ended")
        try:
            async with asyncio.timeout(self._seconds) as call:
                self._under_way.add(call)
                try:
                    await self._send(message)
                finally:
                    self._under_way.discard(call)
        except TimeoutError as error:
            if not self.dropped:
                log.warning("slow reader dropped")
                self.drop()
            raise OSError("the client does not read") from error


class _Engine(engineio.AsyncServer):  # type: ignore[misc]  # untyped
    """Engine.IO with bounded queues."""

    def create_queue(self, *_arguments: Any, **_more: Any) -> Outbox:
        return Outbox()


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # untyped
    """Socket.IO for programs at PATH. Accepts the namespaces that are registered, no other."""

    def __init__(self) -> None:
        super().__init__(
            async_mode="asgi",
            # The gate in front of everything compares origins.
            cors_allowed_origins=[],
            ping_interval=_PING_SECONDS,
            ping_timeout=_PONG_WITHIN_SECONDS,
            max_http_buffer_size=MAX_MESSAGE,
            # One event of a connection after the other: in order, and a client that sends faster
            # than it is served waits in its own connection.
            async_handlers=False,
        )
        self.namespaces: list[str] = []

    def _engineio_server_class(self) -> type[engineio.AsyncServer]:
        return _Engine

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        await super()._handle_eio_connect(eio_sid, environ)
        loop = asyncio.get_running_loop()
        loop.call_later(_JOIN_WITHIN_SECONDS, self._drop_unless_joined, eio_sid)

    def _drop_unless_joined(self, eio_sid: str) -> None:
        spaces = self.manager.get_namespaces()
        if not any(self.manager.sid_from_eio_sid(eio_sid, space) for space in spaces):
            drop(self, eio_sid)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        try:
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            # Not the protocol: whoever sends this is no client of ours.
            log.warning("broken packet", kind=type(error).__name__)
            drop(self, eio_sid)


def drop(server: socketio.AsyncServer, eio_sid: str) -> None:
    """End a connection now, though its client may not read."""
    socket = server.eio.sockets.get(eio_sid)
    if socket is None:
        return
    link = _links.get(eio_sid) or _link_of(server.environ.get(eio_sid))
    if link is not None:
        link.drop()
        return
    # A client that polls has no lasting connection: its session ends, and the poll under way.
    server.start_background_task(socket.close, wait=False, abort=True)
    socket.queue.put_nowait(None)


# Websockets that took over from polling: their session knows another request's scope.
_links: dict[str, Link] = {}


def _link_of(environ: dict[str, Any] | None) -> Link | None:
    found = (environ or {}).get("asgi.scope", {}).get(_LINK)
    return found if isinstance(found, Link) else None


class SocketDoor:
    """ASGI middleware: PATH is the server's; websockets of the page get a link as well."""

    def __init__(self, app: ASGIApp, server: SocketServer) -> None:
        self._app = app
        self._server = socketio.ASGIApp(server, socketio_path=PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the server answer what is its own, the rest the app behind."""
        path = scope.get("path", "")
        mine = scope["type"] in {"http", "websocket"} and f"{path}/".startswith(f"{PATH}/")
        app = self._server if mine else self._app
        if scope["type"] != "websocket" or not (mine or path.startswith(PAGE_PATH)):
            await app(scope, receive, send)
            return
        # A page may be large and its network slow: only programs have to read in time.
        link = Link(receive, send, _SEND_WITHIN_SECONDS if mine else None)
        sid = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("sid", [""])[0]
        if sid:
            _links[sid] = link
        try:
            await app({**scope, _LINK: link}, link.receive, link.send)
        except OSError:
            if not link.dropped:
                raise
        finally:
            if _links.get(sid) is link:
                del _links[sid]
