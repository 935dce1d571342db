"""How often a caller may ask, and who is asking: rate limits, client address, scheme."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address

import limits
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError
from starlette.requests import HTTPConnection

from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.settings import load_settings

log = get_logger("api.limits")


class RateLimits:
    """Moving windows, shared through Redis; in memory while Redis is away."""

    def __init__(self, redis_url: str) -> None:
        address = f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url
        storage: Storage = storage_from_string(
            address, wrap_exceptions=False, socket_connect_timeout=0.5, socket_timeout=0.5
        )  # type: ignore[assignment]
        self._shared = MovingWindowRateLimiter(storage)
        self._alone = MovingWindowRateLimiter(MemoryStorage())

    def require_room(self, bucket: str, key: str, per_minute: int) -> None:
        """Raise 429 `too_many` when the limit is reached; counts nothing."""
        item = limits.RateLimitItemPerMinute(per_minute)
        try:
            room = self._shared.test(item, bucket, key)
        except (RedisError, OSError) as error:
            log.warning("rate limits in memory", reason=str(error))
            room = self._alone.test(item, bucket, key)
        if not room:
            raise self._refusal(item, bucket, key)

    def check(
        self, bucket: str, key: str, limit: int, *, minutes: int = 1, refuse: bool = True
    ) -> None:
        """Count one request; over the limit raises 429 `too_many` with `retry_after` seconds.

        limit: how many in `minutes`. refuse=False: only counts, for `require_room` to look at.
        """
        item = limits.RateLimitItemPerMinute(limit, minutes)
        try:
            allowed = self._shared.hit(item, bucket, key)
        except (RedisError, OSError) as error:
            log.warning("rate limits in memory", reason=str(error))
            allowed = self._alone.hit(item, bucket, key)
        if not allowed and refuse:
            raise self._refusal(item, bucket, key)

    def _refusal(self, item: limits.RateLimitItem, bucket: str, key: str) -> CoachError:
        return CoachError(
            "too_many",
            "Too many requests in a short time. Wait a little, then go on.",
            429,
            {"retry_after": self._wait(item, bucket, key)},
        )

    def _wait(self, item: limits.RateLimitItem, bucket: str, key: str) -> int:
        import time

        try:
            reset = self._shared.get_window_stats(item, bucket, key).reset_time
        except (RedisError, OSError):
            reset = self._alone.get_window_stats(item, bucket, key).reset_time
        return max(1, round(reset - time.time()))


@lru_cache(maxsize=1)
def _rate_limits() -> RateLimits:
    return RateLimits(load_settings().redis_address)


def check_rate(bucket: str, key: str, limit: int, *, minutes: int = 1, refuse: bool = True) -> None:
    """Count one request of `key` in `bucket`; over the limit, which is for one minute or for
    `minutes`, raises 429 unless refuse=False."""
    _rate_limits().check(bucket, key, limit, minutes=minutes, refuse=refuse)


def require_room(bucket: str, key: str, per_minute: int) -> None:
    """Raise 429 when the limit of `key` in `bucket` is reached; counts nothing."""
    _rate_limits().require_room(bucket, key, per_minute)


def client_address(connection: HTTPConnection) -> str:
    """The address of the client.

    X-Forwarded-For is believed only for as many hops as COACH_TRUSTED_PROXIES names: whatever
    stands further left was written by the client.
    """
    hops = load_settings().trusted_proxies
    forwarded = connection.headers.get("x-forwarded-for", "")
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    if hops and len(chain) >= hops:
        told = _plain_address(chain[-hops])
        if told is not None:
            return told
    return connection.client.host if connection.client else "unknown"


def _plain_address(text: str) -> str | None:
    """An IP address without port and zone, written in one way; None when it is none."""
    bare = text.split("%")[0].strip()
    if bare.startswith("["):
        bare = bare[1:].split("]")[0]
    elif bare.count(":") == 1:
        bare = bare.split(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return None


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser's side of the connection is https."""
    return scheme_of(connection) in {"https", "wss"}


def scheme_of(connection: HTTPConnection) -> str:
    """The scheme the browser used, as a trusted proxy tells it, else that of the connection."""
    if load_settings().trusted_proxies:
        told = connection.headers.get("x-forwarded-proto", "").split(",")[-1].strip()
        if told in {"http", "https"}:
            return told
    return str(connection.scope.get("scheme", "http"))
