"""The progress channel: ids and percentages from workers to the pages that wait for them."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from interview_coach.kit.logging import get_logger

_CHANNEL = "coach:progress:"
_RECONNECT_SECONDS = 1.0
_MAX_WAITING = 64
log = get_logger("jobs.progress")


def publish(redis: Redis, topic: str, message: dict[str, Any]) -> None:
    """Tell whoever watches `topic` (an interview id). Nobody listening, or no Redis, is fine:
    the database holds the truth and pages look there."""
    try:
        redis.publish(_CHANNEL + topic, json.dumps(message))
    except RedisError as error:
        log.warning("progress not told", topic=topic, reason=str(error))


class ProgressHub:
    """One Redis subscription for the whole process, fanned out to its watchers.

    listening: False while Redis is away, and nobody is told of anything.
    """

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url
        self._watchers: dict[str, set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)
        self.listening = False

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen()
            except RedisError as error:
                log.warning("progress channel lost", reason=str(error))
            except OSError as error:
                log.warning("progress channel lost", reason=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen(self) -> None:
        # Without retries of its own: it would subscribe again and not tell what was missed.
        redis = AsyncRedis.from_url(
            self._redis_url, health_check_interval=15, retry=Retry(NoBackoff(), 0)
        )
        try:
            channel = redis.pubsub(ignore_subscribe_messages=True)
            await channel.psubscribe(_CHANNEL + "*")
            self.listening = True
            # What was published while we were away is in the database: everyone looks again.
            self._tell_all({"status": "sync"})
            async for message in channel.listen():
                topic = message["channel"].decode().removeprefix(_CHANNEL)
                self._tell(topic, json.loads(message["data"]))
        finally:
            self.listening = False
            await redis.aclose()

    def _tell(self, topic: str, message: dict[str, Any]) -> None:
        for queue in self._watchers.get(topic, ()):
            if queue.full():
                # A slow reader loses the oldest: it reads the state from the database anyway.
                queue.get_nowait()
            queue.put_nowait(message)

    def _tell_all(self, message: dict[str, Any]) -> None:
        for topic in list(self._watchers):
            self._tell(topic, message)

    @asynccontextmanager
    async def watch(self, topic: str) -> AsyncIterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of messages about `topic` while the block runs."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_MAX_WAITING)
        self._watchers[topic].add(queue)
        try:
            yield queue
        finally:
            self._watchers[topic].discard(queue)
            if not self._watchers[topic]:
                del self._watchers[topic]
