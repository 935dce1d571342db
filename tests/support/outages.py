"""A database that goes away and comes back, and the watchers of pages that live through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.istate.proxy import StateProxy
from reflex_base.event.context import EventContext
from structlog.testing import capture_logs

from interview_coach.accounts.state import SessionState
from interview_coach.jobs.progress import publish
from interview_coach.runtime import Runtime

_WITHIN_SECONDS = 10.0
_TOKEN = "tab"


@contextmanager
def database_away(house: Runtime) -> Iterator[None]:
    """Inside the block the SQLite file of this house cannot be opened; afterwards it is back."""
    file = Path(str(house.database.engine.url.database))
    aside = file.with_suffix(".aside")
    house.database.engine.dispose()
    file.rename(aside)
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        aside.rename(file)


async def in_background(state: SessionState, handler: str, *arguments: Any) -> None:
    """Run a background handler of a page as Reflex runs it, to its end."""
    manager = StateManagerMemory()
    token = BaseStateToken(ident=_TOKEN, cls=type(state))
    manager.states[token.cache_key] = state._get_root_state()

    async def nothing(*_arguments: Any, **_more: Any) -> None:
        """There is no browser to send anything to."""

    context = EventContext(
        token=_TOKEN, state_manager=manager, enqueue_impl=nothing, emit_delta_impl=nothing
    )
    with context:
        await type(state).event_handlers[handler].fn(StateProxy(state), *arguments)
    await manager.close()


@asynccontextmanager
async def watching(
    house: Runtime, state: SessionState, handler: str = "watch"
) -> AsyncIterator[asyncio.Task[None]]:
    """The watcher of a page runs as Reflex runs it, with real messages; it is ended last.

    It looks at the database first when the progress channel is open, then at every message.
    """
    manager = StateManagerMemory()
    token = BaseStateToken(ident=_TOKEN, cls=type(state))
    manager.states[token.cache_key] = state._get_root_state()

    async def nothing(*_arguments: Any, **_more: Any) -> None:
        """There is no browser to send anything to."""

    context = EventContext(
        token=_TOKEN, state_manager=manager, enqueue_impl=nothing, emit_delta_impl=nothing
    )

    async def watch() -> None:
        with context:
            running = type(state).event_handlers[handler].fn(StateProxy(state))
            if hasattr(running, "__aiter__"):
                async for _event in running:
                    pass
            else:
                await running

    watcher = asyncio.create_task(watch())
    channel = asyncio.create_task(house.progress.run())
    try:
        yield watcher
    finally:
        for task in (watcher, channel):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await manager.close()


async def tell_until(house: Runtime, topic: str, condition: Callable[[], bool], what: str) -> None:
    """Publish messages about `topic` until the condition holds; AssertionError in the end."""
    try:
        async with asyncio.timeout(_WITHIN_SECONDS):
            while not condition():
                publish(house.redis, topic, {"status": "done"})
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"not within {_WITHIN_SECONDS:g} s: {what}") from None


async def outage_noticed(house: Runtime, topic: str) -> None:
    """Take the database away until a watcher of `topic` has looked in vain; then bring it back."""
    with capture_logs() as lines, database_away(house):
        await tell_until(
            house,
            topic,
            lambda: any(line["event"] == "database failed" for line in lines),
            "the watcher has looked at the database that is away",
        )
