"""How the running system is: each part answers for itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from obstore.exceptions import BaseError
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from interview_coach import __version__
from interview_coach.ai.configured import engine_names
from interview_coach.kit.errors import CoachError
from interview_coach.operations import repository
from interview_coach.operations.schemas import Health
from interview_coach.runtime import Runtime
from interview_coach.settings import Settings
from interview_coach.speech.models import find_model

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
        speech=_speech(settings),
        ai=", ".join(engine_names(settings)),
    )


def _speech(settings: Settings) -> str:
    """Which recogniser answers will get, as far as the disk tells."""
    if settings.speech_engine == "pocketsphinx":
        return "pocketsphinx (draft)"
    if find_model(settings.whisper_model, settings.models_dir) is not None:
        return f"whisper ({Path(settings.whisper_model).name})"
    if not settings.offline:
        return f"whisper ({Path(settings.whisper_model).name}, downloaded on first use)"
    if settings.speech_engine == "whisper":
        return "off: the Whisper model is not on this machine"
    return "pocketsphinx (draft): the Whisper model is not on this machine"


def _ask(question: Callable[[], object]) -> str:
    try:
        question()
    except _FAILURES as error:
        return f"down: {type(error).__name__}"
    return "ok"
