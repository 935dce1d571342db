"""Setting a report as PDF: one process a report, with limits, a few of them at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.reports.lettering import all_readable, font_folders

TEMPLATES = Path(__file__).resolve().parent / "templates"
MAIN = TEMPLATES / "report.typ"
AT_ONCE = 2
_CHILD = Path(__file__).resolve().with_name("typeset_child.py")
_SECONDS = 45.0
_KEPT_BYTES = 16 * 1024 * 1024
log = get_logger("reports.typesetting")


class Typesetter:
    """Sets reports and keeps the last ones, by a digest of all that goes into them.

    at_once: how many processes may run at a time; who comes later waits for `wait_seconds`, then
    is told.
    """

    def __init__(self, at_once: int = AT_ONCE, wait_seconds: float = 15.0) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._wait_seconds = wait_seconds
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def pdf(self, document: dict[str, Any], made: datetime) -> bytes:
        """The report as PDF; made: the moment it is dated with. The same input, the same bytes.

        Raises 503 `report_busy` when too many are being set, and `report_failed` when it cannot
        be set at all.
        """
        asked = {
            "main": str(MAIN),
            "root": str(TEMPLATES),
            "fonts": [str(folder) for folder in font_folders()],
            "report": json.dumps(all_readable(document), ensure_ascii=False),
            "timestamp": int(made.timestamp()),
        }
        told = json.dumps(asked).encode()
        return self._remembered(sha256(told).hexdigest(), lambda: self._set(told))

    def _remembered(self, digest: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            found = self._kept.get(digest)
            if found is not None:
                self._kept.move_to_end(digest)
                return found
        made = make()
        with self._lock:
            self._kept[digest] = made
            while sum(map(len, self._kept.values())) > _KEPT_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return made

    def _set(self, told: bytes) -> bytes:
        if not self._places.acquire(timeout=self._wait_seconds):
            raise CoachError(
                "report_busy",
                "Many reports are being made right now. Try again in a moment.",
                503,
                {"retry_after": 5},
            )
        try:
            return _run(told)
        finally:
            self._places.release()


def _run(told: bytes) -> bytes:
    # Nothing of the environment goes along: there are keys in it, and proxies.
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and nothing of the caller's in it
            command, input=told, capture_output=True, env={}, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        log.error("report not set in time", seconds=_SECONDS)
        raise _failed() from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        # The typesetter quotes what it trips over, which is a candidate's: it stays out of the log.
        log.error("report not set", exit_code=done.returncode)
        raise _failed()
    if done.stderr:
        log.warning("report set without the mark of PDF/UA", bytes=len(done.stdout))
    return done.stdout


def _failed() -> CoachError:
    return CoachError(
        "report_failed",
        "The report could not be made. Your results are not touched; the export has all of them.",
        503,
    )
