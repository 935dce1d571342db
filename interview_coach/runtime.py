"""What one process holds open: settings, database, objects, Redis, progress. Made on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

import interview_coach.tables  # noqa: F401  - the mapper needs every table before the first query
from interview_coach.ai.configured import make_router
from interview_coach.ai.router import Router
from interview_coach.jobs.dispatcher import Dispatcher
from interview_coach.jobs.progress import ProgressHub
from interview_coach.kit.database import Database
from interview_coach.settings import Settings, load_settings
from interview_coach.storage.objects import ObjectStore

_CONNECT_SECONDS = 1.0
_ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Runtime:
    """The open resources of this process."""

    settings: Settings
    database: Database
    storage: ObjectStore
    redis: Redis
    progress: ProgressHub


def connect_redis(url: str) -> Redis:
    """A client that gives up at once when Redis is away: jobs wait in the database instead."""
    return Redis.from_url(
        url,
        socket_connect_timeout=_CONNECT_SECONDS,
        # A Redis that hangs must not hang every request with it.
        socket_timeout=_ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )


def open_runtime(settings: Settings) -> Runtime:
    """Open everything the settings name."""
    redis = connect_redis(settings.redis_address)
    keys = settings.key_ring
    database = Database(settings.database_address, keys=keys)
    database.outbox = Dispatcher(database, redis).dispatch
    return Runtime(
        settings=settings,
        database=database,
        storage=ObjectStore(settings.storage_address, keys),
        redis=redis,
        progress=ProgressHub(settings.redis_address),
    )


@lru_cache(maxsize=1)
def router() -> Router:
    """The language engines of this process, their clients loaded on first use."""
    house = runtime()
    return make_router(house.settings, house.database, house.redis)


@lru_cache(maxsize=1)
def runtime() -> Runtime:
    """The runtime of this process."""
    return open_runtime(load_settings())
