"""Interviews that somebody listens to: each is read again when something has changed, once for
all its listeners in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from interview_coach.feedback.events import Snapshot, read_snapshot
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

Found = TypeVar("Found")
_READ_EVERY_SECONDS = 0.25
# A message may have been lost: the database knows.
_LOOK_AGAIN_IN_WORK_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 300.0
_THREADS = 8
_threads = ThreadPoolExecutor(_THREADS, "live")
log = get_logger("feedback.feeds")


async def in_thread(work: Callable[[], Found]) -> Found:
    """What `work` returns, run in one of a few threads; 503 when the database does not answer."""
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    except SQLAlchemyError as error:
        log.error("database failed", kind=type(error).__name__)
        raise CoachError(
            "database", "The database does not answer right now. Try again in a moment.", 503
        ) from error


class Feed:
    """One interview of one user. Snapshots follow each other in time: none is older than the one
    before it."""

    def __init__(self, user_id: str, interview_id: str) -> None:
        self._user_id = user_id
        self._interview_id = interview_id
        # Each is called with this feed when there is a newer snapshot.
        self.listeners: set[Listener] = set()
        self._reading = asyncio.Lock()
        self._stale = True
        self._read_at = 0.0
        self._snapshot: Snapshot | None = None
        self._messages: asyncio.Queue[dict[str, Any]] | None = None
        self._opened = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Listen for changes. The first snapshot is read afterwards, so that none is missed."""
        if self._following is None:
            self._following = asyncio.create_task(self._follow())
        await self._opened.wait()

    def close(self) -> None:
        """Stop listening."""
        if self._following is not None:
            self._following.cancel()

    def newest(self) -> Snapshot:
        """The newest snapshot that was read. Only after `current` has returned."""
        if self._snapshot is None:
            raise CoachError("not_read", "This interview has not been read yet.", 409)
        return self._snapshot

    async def current(self) -> Snapshot:
        """What holds now: read again only when something has changed. 404, 503."""
        if self._out_of_date():
            await self._refresh()
        return self.newest()

    def poke(self) -> None:
        """Something was changed in this process: look, without waiting for Redis to tell."""
        self._stale = True
        if self._messages is not None and not self._messages.full():
            self._messages.put_nowait({})

    def _out_of_date(self) -> bool:
        if self._stale or (self._messages is not None and not self._messages.empty()):
            return True
        # Without Redis nobody tells of changes.
        age = asyncio.get_running_loop().time() - self._read_at
        return not runtime().progress.listening and age > _READ_EVERY_SECONDS

    async def _follow(self) -> None:
        async with runtime().progress.watch(self._interview_id) as messages:
            self._messages = messages
            self._opened.set()
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(messages.get(), self._patience())
                self._stale = True
                try:
                    await self._refresh()
                except CoachError as error:
                    # Deleted meanwhile, or the database is away: the next look tells.
                    log.warning("feed not read", code=error.code)

    def _patience(self) -> float:
        in_work = self._snapshot is not None and self._snapshot.in_work
        return _LOOK_AGAIN_IN_WORK_SECONDS if in_work else _LOOK_AGAIN_SECONDS

    async def _refresh(self) -> None:
        loop = asyncio.get_running_loop()
        async with self._reading:
            if not self._out_of_date():
                return
            await asyncio.sleep(max(0.0, self._read_at + _READ_EVERY_SECONDS - loop.time()))
            while self._messages is not None and not self._messages.empty():
                self._messages.get_nowait()
            # What changes from here on makes it stale again.
            self._stale, self._read_at = False, loop.time()
            try:
                self._snapshot = await in_thread(self._read)
            except BaseException:
                self._stale = True
                raise
        for listener in list(self.listeners):
            await listener(self)

    def _read(self) -> Snapshot:
        with runtime().database.reading() as session:
            return read_snapshot(session, self._user_id, self._interview_id)


Listener = Callable[[Feed], Awaitable[None]]


class Feeds:
    """The feeds of this process, each there as long as somebody listens."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Feed] = {}

    async def join(self, user_id: str, interview_id: str, listener: Listener) -> Feed:
        """Listen to an interview of this user; 404 when there is none, 503 without a database."""
        key = (user_id, interview_id)
        feed = self._open.get(key)
        if feed is None:
            feed = self._open[key] = Feed(user_id, interview_id)
        new = listener not in feed.listeners
        feed.listeners.add(listener)
        try:
            await feed.open()
            await feed.current()
        except BaseException:
            if new:
                self.leave(user_id, interview_id, listener)
            raise
        return feed

    def poke(self, user_id: str, interview_id: str) -> None:
        """This interview was changed in this process."""
        feed = self._open.get((user_id, interview_id))
        if feed is not None:
            feed.poke()

    def leave(self, user_id: str, interview_id: str, listener: Listener) -> None:
        """Listen no longer."""
        feed = self._open.get((user_id, interview_id))
        if feed is None:
            return
        feed.listeners.discard(listener)
        if not feed.listeners:
            del self._open[(user_id, interview_id)]
            feed.close()
