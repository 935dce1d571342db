"""`./coach rescore`: answers scored by older rules, scored again by those of today."""

from __future__ import annotations

from collections.abc import Callable

import interview_coach.tables  # noqa: F401  the mapper needs every table
from interview_coach import scoring
from interview_coach.feedback import rescoring
from interview_coach.runtime import open_runtime
from interview_coach.settings import Settings


def run(settings: Settings, *, count_only: bool, say: Callable[[str], None]) -> int:
    """Score outdated answers again and say how many; count_only: say how many there are."""
    house = open_runtime(settings)
    try:
        if count_only:
            waiting = sum(1 for _ in rescoring.outdated(house.database))
            say(f"{waiting} answers are scored by other rules than {scoring.ALGORITHM}.")
            return 0
        done = rescoring.rescore(house.database)
        say(
            f"{done.answers} answers were scored again by the rules {scoring.ALGORITHM}; the "
            f"overall score of {done.changed} changed. What they had before is kept."
        )
        return 0
    finally:
        house.database.dispose()
        house.redis.close()
