"""A limit on the wall clock for a call that has only limits on its silences."""

from __future__ import annotations

import threading
from collections.abc import Callable

from interview_coach.ai.types import EngineError, Reply


def within(seconds: float, call: Callable[[], Reply]) -> Reply:
    """The result of `call`, EngineError `timeout` when it takes longer.

    The clients' time-outs begin anew with every byte, so a server that drips would hold a job for
    as long as it likes. The thread left behind ends with its connection or with the process.
    """
    results: list[Reply] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - raised again below, in the caller
            errors.append(error)

    thread = threading.Thread(target=run, name="engine-call", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise EngineError("timeout", f"no answer within {seconds:.1f} s")
    return results[0]
