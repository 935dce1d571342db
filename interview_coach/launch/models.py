"""`./coach models`: which models of speech and text there are, and getting them."""

from __future__ import annotations

from collections.abc import Callable

from interview_coach.kit.errors import CoachError
from interview_coach.settings import Settings

_STEP = 0.1  # of a download, between two lines


def list_models(settings: Settings, put: Callable[[str], None]) -> int:
    """One line a model: its name, the size of the download, whether it is here.

    Of text models those that the settings name, since any of the hub may be.
    """
    from interview_coach.ai import text_models
    from interview_coach.speech import models

    for model in models.list_models(settings.models_dir):
        here = "not here" if model.folder is None else str(model.folder)
        chosen = "  (COACH_WHISPER_MODEL)" if model.name == settings.whisper_model else ""
        put(f"{model.name:<18} {model.megabytes:>5} MB  {here}{chosen}")
    named = {each.purpose: each for each in text_models.named_models(settings)}
    for purpose in text_models.PURPOSES:
        each = named.get(purpose)
        if each is None:
            put(f"{purpose:<28}none is named  (COACH_{purpose.upper()}_MODEL)")
        else:
            here = "not here" if each.folder is None else str(each.folder)
            put(f"{purpose:<28}{each.name}: {here}  ({each.setting})")
    return 0


def pull_model(settings: Settings, name: str | None, put: Callable[[str], None]) -> int:
    """Download a model, all that the settings name when none is given, into the data folder.

    Raises CoachError when one cannot be had or when COACH_OFFLINE forbids asking; the others are
    pulled all the same.
    """
    from interview_coach.ai import text_models

    texts = [each.name for each in text_models.named_models(settings)]
    names = [name] if name is not None else [settings.whisper_model, *texts]
    refused: CoachError | None = None
    for each in names:
        try:
            _pull(settings, each, put, is_text=each in texts or _only_text(settings, each))
        except CoachError as error:
            if refused is not None:
                put(refused.message)
            refused = error
    if refused is not None:
        raise refused
    return 0


def _only_text(settings: Settings, name: str) -> bool:
    """Whether a name is one of a text model: of the hub, or a folder that holds one."""
    from interview_coach.ai import text_models

    here = text_models.find_model(name, settings.models_dir) is not None
    return here or text_models.is_repository(name)


def _pull(settings: Settings, name: str, put: Callable[[str], None], *, is_text: bool) -> None:
    if is_text:
        _pull_text(settings, name, put)
        return
    from interview_coach.speech import models
    from interview_coach.speech.types import SpeechError

    if settings.offline and models.find_model(name, settings.models_dir) is None:
        raise CoachError("offline", f"{name} is not here, and COACH_OFFLINE forbids asking for it.")
    try:
        folder = models.pull(name, settings.models_dir, _teller(name, put))
    except SpeechError as error:
        raise CoachError(error.code, error.detail) from error
    put(f"{name} is in {folder}")


def _pull_text(settings: Settings, name: str, put: Callable[[str], None]) -> None:
    from interview_coach.ai import text_models

    folder = text_models.pull(
        name, settings.models_dir, offline=settings.offline, on_progress=_teller(name, put)
    )
    put(f"{name} is in {folder}")
    named = [each for each in text_models.named_models(settings) if each.name == name]
    for model in named:
        text_models.load(model, settings, threads=1)
        put(f"{name} is fit for {model.setting}")
    if not named:
        put("Name it in COACH_EMBEDDING_MODEL or COACH_TONE_MODEL to have it used.")


def _teller(name: str, put: Callable[[str], None]) -> Callable[[float], None]:
    told = 0.0

    def tell(share: float) -> None:
        nonlocal told
        if share >= told:
            put(f"{name}: {share:.0%}")
            told = share + _STEP

    return tell
