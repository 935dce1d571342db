"""Pages without a browser: they speak to the page's websocket as the browser does, and time it."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

_NAMESPACE = "/_event,"
_OPENED, _PING, _PONG, _EVENT = "40", "2", "3", "42"
_ANSWERED_WITHIN = 60.0


class PageSocket:
    """One open page. Events go out one after the other, each waited for.

    An event is answered by the first update that holds its marker, the name of a var that this
    event sets and nothing else on this page does.
    """

    def __init__(self, socket: ClientConnection, path: str) -> None:
        self._socket = socket
        self._path = path
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._marker = ""
        self._answered: asyncio.Future[float] | None = None
        self.updates = 0

    async def listen(self) -> None:
        """Read what comes until the page is closed."""
        with suppress(ConnectionClosed):
            async for message in self._socket:
                await self._hear(str(message), time.perf_counter())

    async def _hear(self, message: str, at: float) -> None:
        if message == _PING:
            await self._socket.send(_PONG)
        elif message.startswith(_OPENED + _NAMESPACE):
            self._opened.set_result(None)
        elif message.startswith(_EVENT):
            self.updates += 1
            waiting = self._answered
            if waiting is not None and not waiting.done() and self._marker in message:
                waiting.set_result(at)

    async def open(self) -> None:
        """Join the page's namespace."""
        await self._socket.send(_OPENED + _NAMESPACE)
        await asyncio.wait_for(self._opened, _ANSWERED_WITHIN)

    async def event(self, name: str, payload: dict[str, Any], marker: str) -> float:
        """Send an event and wait for its update; returns when that arrived (perf_counter)."""
        self._answered = asyncio.get_running_loop().create_future()
        self._marker = marker
        await self.tell(name, payload)
        return await asyncio.wait_for(self._answered, _ANSWERED_WITHIN)

    async def tell(self, name: str, payload: dict[str, Any]) -> None:
        """Send an event whose update nobody waits for."""
        place = {"pathname": self._path, "asPath": self._path, "query": {}}
        body = ["event", {"name": name, "payload": payload, "router_data": place}]
        await self._socket.send(f"{_EVENT}{_NAMESPACE}{json.dumps(body)}")


async def with_page(
    url: str, cookie: str, path: str, use: Callable[[PageSocket], Awaitable[None]]
) -> None:
    """Open a page of the site at `url` for the holder of this cookie, and use it."""
    address = f"{url.replace('http', 'ws', 1)}/_event/?EIO=4&transport=websocket"
    async with connect(
        f"{address}&token={uuid.uuid4()}", origin=Origin(url), additional_headers={"Cookie": cookie}
    ) as socket:
        page = PageSocket(socket, path)
        listening = asyncio.create_task(page.listen())
        await page.open()
        await use(page)
        listening.cancel()


async def at_intervals(
    seconds: float,
    stopped: Callable[[], bool],
    send: Callable[[int], Awaitable[float]],
    *,
    after: float = 0.0,
) -> list[float]:
    """Send number 0, 1, 2 ... every so many seconds, the first `after` seconds from now.

    Returns the seconds each took.

    An event that had to wait for the answer of the one before is counted from when it was due:
    a slow answer does not hide the ones it delays.
    """
    took: list[float] = []
    due = time.perf_counter() + after
    answered = 0.0
    while not stopped():
        delay = due - time.perf_counter()
        if delay > 0:
            await asyncio.sleep(delay)
        began = due if answered > due else time.perf_counter()
        answered = await send(len(took))
        took.append(answered - began)
        due += seconds
    return took
