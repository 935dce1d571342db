"""A circuit breaker that all processes share: an engine that keeps failing rests for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from redis import Redis
from redis.exceptions import RedisError

_FAILURES = 3
_REST_SECONDS = 60
_FORGET_SECONDS = 600
_LONGEST_REST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Standing:
    """How an engine stands with the breaker. failures: in a row. rest_seconds: for how long it is
    still passed over, 0 when it is asked."""

    failures: int = 0
    rest_seconds: int = 0

    @property
    def state(self) -> Literal["closed", "open", "half_open"]:
        """closed: it is asked. open: it rests. half_open: one call at a time tries it."""
        if self.rest_seconds > 0:
            return "open"
        return "half_open" if self.failures >= _FAILURES else "closed"


class Breaker:
    """Opens after three failures in a row. After the rest one call is let through at a time;
    if it fails, the engine rests again. Without Redis nothing rests: the calls' own limits hold.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def rests(self, engine: str) -> bool:
        """Whether this engine should be passed over now."""
        try:
            if self._redis.exists(_rest_key(engine)):
                return True
            failures = int(cast("bytes | None", self._redis.get(_failures_key(engine))) or 0)
            if failures < _FAILURES:
                return False
            # Half open: whoever takes the turn tries, the others go on without this engine.
            return not self._redis.set(f"{_rest_key(engine)}:trial", 1, nx=True, ex=30)
        except RedisError:
            return False

    def standing(self, engine: str) -> Standing | None:
        """How this engine stands, without taking a turn; None while Redis is away."""
        try:
            failures = int(cast("bytes | None", self._redis.get(_failures_key(engine))) or 0)
            rest = cast(int, self._redis.ttl(_rest_key(engine)))
        except RedisError:
            return None
        return Standing(failures, max(0, rest))

    def failed(self, engine: str, *, rest_seconds: float | None = None) -> None:
        """Count a failure. rest_seconds: what the engine itself has asked for."""
        try:
            failures = cast(int, self._redis.incr(_failures_key(engine)))
            self._redis.expire(_failures_key(engine), _FORGET_SECONDS)
            if rest_seconds is not None and rest_seconds >= 1:
                rest = int(min(rest_seconds, _LONGEST_REST_SECONDS))
                self._redis.set(_rest_key(engine), 1, ex=max(1, rest))
            elif failures >= _FAILURES:
                self._redis.set(_rest_key(engine), 1, ex=_REST_SECONDS)
            self._redis.delete(f"{_rest_key(engine)}:trial")
        except RedisError:
            return

    def succeeded(self, engine: str) -> None:
        """Forget the failures."""
        try:
            self._redis.delete(
                _failures_key(engine), _rest_key(engine), f"{_rest_key(engine)}:trial"
            )
        except RedisError:
            return


def _failures_key(engine: str) -> str:
    return f"coach:engine:{engine}:failures"


def _rest_key(engine: str) -> str:
    return f"coach:engine:{engine}:rest"
