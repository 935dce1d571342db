"""`./coach models`: which speech models there are, and getting one."""

from __future__ import annotations

from collections.abc import Callable

from interview_coach.kit.errors import CoachError
from interview_coach.settings import Settings

_STEP = 0.1  # of a download, between two lines


def list_models(settings: Settings, put: Callable[[str], None]) -> int:
    """One line a model: its name, the size of the download, whether it is here."""
    from interview_coach.speech import models

    for model in models.list_models(settings.models_dir):
        here = "not here" if model.folder is None else str(model.folder)
        chosen = "  (COACH_WHISPER_MODEL)" if model.name == settings.whisper_model else ""
        put(f"{model.name:<18} {model.megabytes:>5} MB  {here}{chosen}")
    return 0


def pull_model(settings: Settings, name: str | None, put: Callable[[str], None]) -> int:
    """Download a model, the one of the settings when none is named, into the data folder.

    Raises CoachError when it cannot be had or when COACH_OFFLINE forbids asking.
    """
    from interview_coach.speech import models
    from interview_coach.speech.types import SpeechError

    name = name or settings.whisper_model
    told = 0.0

    def tell(share: float) -> None:
        nonlocal told
        if share >= told:
            put(f"{name}: {share:.0%}")
            told = share + _STEP

    if settings.offline and models.find_model(name, settings.models_dir) is None:
        raise CoachError("offline", f"{name} is not here, and COACH_OFFLINE forbids asking for it.")
    try:
        folder = models.pull(name, settings.models_dir, tell)
    except SpeechError as error:
        raise CoachError(error.code, error.detail) from error
    put(f"{name} is in {folder}")
    return 0
