"""Passwords that are held up right before they are hashed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from interview_coach.accounts import passwords
from tests.support.servers import wait_until

_ANSWERS_WITHIN = 20.0
Answer = TypeVar("Answer")


class HeldHashing:
    """No password is hashed or compared while this is held: what needs it waits."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._held = 0

    def answer(self, call: Callable[[], Answer]) -> Answer:
        """What a call answers that needs no hashing; TimeoutError when it does."""
        return self._pool.submit(call).result(_ANSWERS_WITHIN)

    def waiting(self, call: Callable[[], Answer]) -> Future[Answer]:
        """A call that has come as far as the hashing and waits there."""
        before = self._waiting()
        future = self._pool.submit(call)
        wait_until(lambda: self._waiting() > before, _ANSWERS_WITHIN, "waits to hash")
        return future

    def _waiting(self) -> int:
        return len(passwords._AT_ONCE._cond._waiters)  # type: ignore[attr-defined]

    def take(self) -> None:
        """Hold it, once the hashing that runs now is done."""
        while self._held < passwords.AT_ONCE:
            passwords._AT_ONCE.acquire()
            self._held += 1

    def let_go(self) -> None:
        """Let everybody go on."""
        while self._held:
            self._held -= 1
            passwords._AT_ONCE.release()


@contextmanager
def held_hashing() -> Iterator[HeldHashing]:
    """Hold up whatever hashes, until `let_go` or the end of the block."""
    with ThreadPoolExecutor(4) as pool:
        held = HeldHashing(pool)
        held.take()
        try:
            yield held
        finally:
            held.let_go()
