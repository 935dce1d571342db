"""Who listens now: how many connections a user has, and their end with the session's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from redis.exceptions import RedisError

from interview_coach.accounts import access
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.sessions import ENDED_TOPIC
from interview_coach.feedback.feeds import in_thread
from interview_coach.kit.errors import CoachError
from interview_coach.kit.ids import new_id
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

MAX_CONNECTIONS = 10
ENDED = CoachError("signed_out", "You have been signed out. Sign in to go on.", 401)
_KEY = "coach:live:"
_CHECK_EVERY_SECONDS = 30.0
_KEPT_SECONDS = 90.0  # a process that has died holds a user's places no longer than this
log = get_logger("feedback.connections")


@dataclass(eq=False, slots=True)
class Connection:
    """One open connection. end: called once when it must close, with the reason."""

    user: CurrentUser
    end: Callable[[CoachError], Awaitable[None]]
    id: str = field(default_factory=new_id)


class Connections:
    """The connections of this process. The limit counts those of all processes."""

    def __init__(self) -> None:
        self._open: dict[str, Connection] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    async def admit(self, connection: Connection) -> None:
        """Count a connection in; 429 `too_many_connections` when its user has too many."""
        self._open[connection.id] = connection
        if not await in_thread(lambda: self._count_in(connection)):
            self.forget(connection)
            raise CoachError(
                "too_many_connections",
                f"You have {MAX_CONNECTIONS} live connections open, the most there can be. "
                "Close one.",
                429,
                {"retry_after": 5},
            )

    def forget(self, connection: Connection) -> None:
        """A connection is over."""
        if self._open.pop(connection.id, None) is not None:
            task = asyncio.create_task(in_thread(lambda: _count_out(connection)))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    def _count_in(self, connection: Connection) -> bool:
        key = _KEY + connection.user.id
        try:
            with runtime().redis.pipeline(transaction=True) as batch:
                batch.zremrangebyscore(key, 0, time.time())
                batch.zadd(key, {connection.id: time.time() + _KEPT_SECONDS})
                batch.expire(key, round(_KEPT_SECONDS))
                batch.zcard(key)
                count = int(batch.execute()[-1])
        except RedisError as error:
            log.warning("live connections counted in this process", reason=str(error))
            user_id = connection.user.id
            count = sum(each.user.id == user_id for each in list(self._open.values()))
        return count <= MAX_CONNECTIONS

    async def run(self) -> None:
        """End connections whose session has ended, until cancelled; then end all."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._hear_of_ended())
                group.create_task(self._check_regularly())
        finally:
            leaving = CoachError("restart", "The server restarts. Connect again.", 503)
            for connection in list(self._open.values()):
                await connection.end(leaving)

    async def _hear_of_ended(self) -> None:
        async with runtime().progress.watch(ENDED_TOPIC) as messages:
            while True:
                message = await messages.get()
                ended = set(message.get("session_ids") or ())
                if not ended:
                    # The channel was away, or another form of this message: ask.
                    await self._check()
                    continue
                for connection in list(self._open.values()):
                    if connection.user.session_id in ended:
                        await connection.end(ENDED)

    async def _check_regularly(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_EVERY_SECONDS)
            await self._check()

    async def _check(self) -> None:
        here = list(self._open.values())
        if not here:
            return
        users = [connection.user for connection in here]
        try:
            live = await in_thread(lambda: access.still_signed_in(users))
        except CoachError:
            return  # the database is away: nobody can be told apart
        for connection in here:
            if connection.user.session_id not in live:
                await connection.end(ENDED)
        staying = list(self._open.values())
        await in_thread(lambda: _keep(staying))


def _count_out(connection: Connection) -> None:
    try:
        runtime().redis.zrem(_KEY + connection.user.id, connection.id)
    except RedisError as error:
        log.warning("live connection not counted out", reason=str(error))


def _keep(connections: list[Connection]) -> None:
    until = time.time() + _KEPT_SECONDS
    try:
        with runtime().redis.pipeline(transaction=False) as batch:
            for connection in connections:
                key = _KEY + connection.user.id
                batch.zadd(key, {connection.id: until})
                batch.expire(key, round(_KEPT_SECONDS))
            batch.execute()
    except RedisError as error:
        log.warning("live connections not counted", reason=str(error))
