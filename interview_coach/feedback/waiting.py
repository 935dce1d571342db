"""What is waited for while an answer's feedback is written: which engine, and for how long.

The job tells Redis whom it asks; the database keeps nothing of it. Where nothing is known of it,
because the job waits for its turn or Redis is away, the engine counts that is asked first.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, cast

from redis.exceptions import RedisError
from sqlmodel import Session

from interview_coach.ai import overview
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.prompts import load_prompt
from interview_coach.ai.router import LOCAL, Passed
from interview_coach.feedback.engine_tasks import ADVICE, JUDGE
from interview_coach.feedback.schemas import PassedEngine
from interview_coach.jobs.progress import publish
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

TASKS = (JUDGE, ADVICE)
_MARGIN_SECONDS = 5
log = get_logger("feedback.waiting")


@dataclass(frozen=True, slots=True)
class Writer:
    """The engine that is asked now or, before its turn, first; `local` when none of the others can
    be asked now.

    low, high: seconds it usually takes, as it took lately; None when too little is known. most:
    seconds after which all engines are given up. task: what it is asked for now, judge or advice,
    empty before its turn. passed: engines that gave nothing before it.
    """

    engine: str
    low: float | None
    high: float | None
    most: float
    task: str = ""
    passed: tuple[PassedEngine, ...] = ()


def tell(interview_id: str, task: str, engine: str, passed: tuple[Passed, ...]) -> None:
    """The job asks this engine now, for an interview: let those who wait know."""
    told = {
        "engine": engine,
        "task": task,
        "passed": [{"engine": item.engine, "kind": item.kind} for item in passed],
    }
    # The job may die: what it told ends with the time it has.
    seconds = math.ceil(load_prompt(task).seconds) + _MARGIN_SECONDS
    try:
        runtime().redis.set(_key(interview_id), json.dumps(told), ex=seconds)
    except RedisError as error:
        log.warning("engine not told", interview=interview_id, reason=str(error))
    publish(runtime().redis, interview_id, {"status": "asking"})


def forget(interview_id: str) -> None:
    """Nobody is asked for this interview any more."""
    try:
        runtime().redis.delete(_key(interview_id))
    except RedisError as error:
        log.warning("engine not forgotten", interview=interview_id, reason=str(error))


def writer(session: Session, interview_id: str) -> Writer:
    """Who writes for an interview now. Looks at what its job has told, the ledger and the
    breaker."""
    house = runtime()
    told = _told(interview_id)
    engine = str(told.get("engine", ""))
    if not engine:
        engine = overview.first_asked(session, house.settings, Breaker(house.redis))
    usual = None if engine == LOCAL else overview.usual_seconds(session, engine, TASKS)
    low, high = usual or (None, None)
    return Writer(
        engine=engine,
        low=low,
        high=high,
        most=sum(load_prompt(task).seconds for task in TASKS),
        task=str(told.get("task", "")),
        passed=tuple(PassedEngine.model_validate(item) for item in told.get("passed", ())),
    )


def _told(interview_id: str) -> dict[str, Any]:
    try:
        kept = cast("bytes | None", runtime().redis.get(_key(interview_id)))
    except RedisError as error:
        log.warning("engine not known", interview=interview_id, reason=str(error))
        return {}
    found: dict[str, Any] = json.loads(kept) if kept else {}
    return found


def _key(interview_id: str) -> str:
    return f"coach:asking:{interview_id}"
