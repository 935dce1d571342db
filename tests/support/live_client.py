"""A Socket.IO client of the namespace /interview on a bare websocket, which remembers what it was
told. It is light enough to run a thousand of it, and does nothing behind the test's back."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

NAMESPACE = "/interview"
WITHIN_SECONDS = 10.0
_PACKET = re.compile(r"^4([0-4])/interview,?(\d*)(.*)$", re.DOTALL)
_JOINED, _LEFT, _EVENT, _ACK, _REFUSED = "01234"


def token_of(api: Any) -> str:
    """The access token a client of the API is signed in with."""
    return str(api.headers["Authorization"]).removeprefix("Bearer ")


class RefusedError(Exception):
    """The server does not let this client in. told: what it said."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(str(told))
        self.told = told


class LiveClient:
    """One connection. heard: (event, payload) in the order they came. closed: it is over."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[tuple[str, Any]] = []
        self.closed = asyncio.Event()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.keep = True

    async def listen(self) -> None:
        """Read what comes until the connection is over."""
        with suppress(ConnectionClosed):
            async for message in self.socket:
                text = str(message)
                if text == "2":  # the server asks whether we are there
                    await self.socket.send("3")
                    continue
                found = _PACKET.match(text)
                if found is not None:
                    self._hear(found[1], found[2], found[3])
        self.closed.set()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the connection is over"))

    def _hear(self, kind: str, number: str, data: str) -> None:
        if kind == _ACK:
            waiting = self._waiting.pop(int(number), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(json.loads(data)[0])
        elif kind == _EVENT and self.keep:
            event, payload = json.loads(data)
            self.heard.append((event, payload))
        elif kind == _JOINED:
            self._joined.set_result(None)
        elif kind == _REFUSED:
            self._joined.set_exception(RefusedError(json.loads(data)))
        elif kind == _LEFT:
            self.closed.set()

    async def join(self, credentials: Any) -> None:
        """Join the namespace; RefusedError, after which it may be tried again."""
        self._joined = asyncio.get_running_loop().create_future()
        await self.socket.send(f"40{NAMESPACE},{json.dumps(credentials)}")
        await asyncio.wait_for(self._joined, WITHIN_SECONDS)

    async def send(self, event: str, *payload: Any) -> Any:
        """Send an event; returns its acknowledgement."""
        return await asyncio.wait_for(await self.ask(event, *payload), WITHIN_SECONDS)

    async def ask(self, event: str, *payload: Any) -> asyncio.Future[Any]:
        """Send an event; returns what its acknowledgement will stand in."""
        number = next(self._numbers)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        await self.socket.send(f"42{NAMESPACE},{number}{json.dumps([event, *payload])}")
        return waiting

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until the condition holds."""
        try:
            async with asyncio.timeout(WITHIN_SECONDS):
                while not condition():  # noqa: ASYNC110  any condition, Redis's too
                    await asyncio.sleep(0.02)
        except TimeoutError:
            told = [event for event, _ in self.heard]
            raise AssertionError(f"not in time: {what}; heard {told}") from None

    def told(self, event: str, **members: Any) -> list[Any]:
        """The payloads of this event with these members."""
        return [
            payload
            for name, payload in self.heard
            if name == event and members.items() <= payload.items()
        ]

    async def hears(self, event: str, **members: Any) -> Any:
        """Wait for an event with these members; returns its payload."""
        await self.until(lambda: bool(self.told(event, **members)), f"{event} {members}")
        return self.told(event, **members)[0]


def address(url: str, path: str = "/socket.io/") -> str:
    """Where a client connects by websocket."""
    return f"{url.replace('http', 'ws', 1)}{path}?EIO=4&transport=websocket"


@asynccontextmanager
async def opened(url: str, path: str = "/socket.io/", **more: Any) -> AsyncIterator[LiveClient]:
    """A connection that has not joined yet."""
    async with connect(
        address(url, path), max_size=None, compression=None, ping_interval=None, **more
    ) as socket:
        client = LiveClient(socket)
        listening = asyncio.create_task(client.listen())
        try:
            yield client
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


@asynccontextmanager
async def joined(url: str, token: str, **more: Any) -> AsyncIterator[LiveClient]:
    """A connection that has joined the namespace."""
    async with opened(url, **more) as client:
        await client.join({"token": token})
        yield client
