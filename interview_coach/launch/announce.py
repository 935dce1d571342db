"""Waits until the web process answers, then ends with 0: the supervisor says it is ready.

As a program: `python announce.py HOST PORT [--once]`; with --once it looks a single time and ends
with 1 when the answer is not 200. Standard library only, since it runs at every start.
"""

from __future__ import annotations

import http.client
import json
import sys
import time

HEALTH = "/api/v1/health"
_PAUSE_SECONDS = 0.1
_ANSWER_SECONDS = 5
_SECONDS_BEFORE_TELLING = 20
_OK = 200
_UNAVAILABLE = 503


def health(host: str, port: int) -> tuple[int | None, str]:
    """One look at the health route: its status (None when nobody answers) and what is down."""
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", HEALTH)
        answer = connection.getresponse()
        body = answer.read()
    except OSError:
        return None, "the web process does not answer yet"
    except http.client.HTTPException as error:
        return None, f"the web process answers nonsense: {error!r}"
    finally:
        connection.close()
    return answer.status, _what_is_down(answer.status, body)


def _what_is_down(status: int, body: bytes) -> str:
    if status != _UNAVAILABLE:
        return f"{HEALTH} answers {status}"
    try:
        parts = json.loads(body)
    except ValueError:
        return f"{HEALTH} answers {status}"
    return ", ".join(f"{name} {state}" for name, state in parts.items() if name != "version")


def wait(host: str, port: int) -> None:
    """Return when the health route answers 200; tells once on stdout when that takes long."""
    slow = time.monotonic() + _SECONDS_BEFORE_TELLING
    while True:
        status, why = health(host, port)
        if status == _OK:
            return
        if time.monotonic() > slow:
            print(f"still starting: {why}", flush=True)  # noqa: T201
            slow = float("inf")
        time.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    if "--once" in sys.argv[3:]:
        sys.exit(0 if health(sys.argv[1], int(sys.argv[2]))[0] == _OK else 1)
    wait(sys.argv[1], int(sys.argv[2]))
