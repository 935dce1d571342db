"""How the running system is: each part answers for itself."""

from __future__ import annotations

from collections.abc import Callable

from obstore.exceptions import BaseError
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from interview_coach import __version__
from interview_coach.kit.errors import CoachError
from interview_coach.operations import repository
from interview_coach.operations.schemas import Health
from interview_coach.runtime import Runtime

_FAILURES = (SQLAlchemyError, RedisError, OSError, CoachError, BaseError)


def health(house: Runtime) -> Health:
    """The state of each part: `ok`, or what is wrong with it in plain words."""
    settings = house.settings
    database = _ask(lambda: repository.ping(house.database))
    queue = _ask(lambda: bool(house.redis.ping()))
    storage = _ask(house.storage.check)
    well = database == queue == storage == "ok"
    return Health(
        status="ok" if well else "degraded",
        version=__version__,
        database=database,
        queue=queue,
        storage=storage,
        speech=settings.speech_engine,
        ai="local",
    )


def _ask(question: Callable[[], object]) -> str:
    try:
        question()
    except _FAILURES as error:
        return f"down: {type(error).__name__}"
    return "ok"
