"""Whisper models: which there are, which are here, and how one gets here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_coach.speech import hub
from interview_coach.speech.types import SpeechError

# Sizes worth having, with the megabytes of a download; the first is what a small machine takes.
_REPOSITORIES = {
    "base.en": ("Systran/faster-whisper-base.en", 145),
    "tiny.en": ("Systran/faster-whisper-tiny.en", 75),
    "small.en": ("Systran/faster-whisper-small.en", 484),
    "medium.en": ("Systran/faster-whisper-medium.en", 1528),
    "distil-small.en": ("Systran/faster-distil-whisper-small.en", 332),
    "distil-large-v3": ("Systran/faster-distil-whisper-large-v3", 1514),
    "tiny": ("Systran/faster-whisper-tiny", 75),
    "base": ("Systran/faster-whisper-base", 145),
    "small": ("Systran/faster-whisper-small", 484),
    "medium": ("Systran/faster-whisper-medium", 1528),
    "large-v3": ("Systran/faster-whisper-large-v3", 3087),
}
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]


@dataclass(frozen=True, slots=True)
class WhisperModel:
    """One model. megabytes: of the download. folder: where it is on disk, None when it is not."""

    name: str
    repository: str
    megabytes: int
    folder: Path | None


def list_models(models_dir: Path | None = None) -> list[WhisperModel]:
    """The models that can be pulled and those that are here, the usual choice first.

    Looks into `models_dir` and the cache of the hub, never on the network.
    """
    return [
        WhisperModel(name, repository, megabytes, find_model(name, models_dir))
        for name, (repository, megabytes) in _REPOSITORIES.items()
    ]


def find_model(name: str, models_dir: Path | None = None) -> Path | None:
    """The folder of a model that is on disk, None when it is not.

    name: a folder, or a size, looked up in `models_dir` and then in the cache of the hub.
    """
    folder = Path(name).expanduser()
    if _is_complete(folder):
        return folder
    if models_dir is not None and name in _REPOSITORIES and _is_complete(models_dir / name):
        return models_dir / name
    if name not in _REPOSITORIES:
        return None
    return _cached(_REPOSITORIES[name][0])


def obtain_model(
    name: str,
    *,
    offline: bool,
    models_dir: Path | None = None,
    on_download: Callable[[float], None] | None = None,
) -> Path:
    """The folder of a model, downloaded when it is not here and `offline` is False.

    on_download: called with 0 to 1, rising, while it is downloaded.
    Raises SpeechError `engine_missing` with the reason.
    """
    folder = find_model(name, models_dir)
    if folder is not None:
        return folder
    if name not in _REPOSITORIES:
        raise SpeechError(
            "engine_missing",
            f"There is no complete Whisper model in {name} and no size of that name.",
        )
    if offline:
        raise SpeechError(
            "engine_missing",
            f"The Whisper model {name} is not on this machine, and working offline it stays so.",
        )
    return pull(name, models_dir, on_download)


def pull(
    name: str, models_dir: Path | None = None, on_progress: Callable[[float], None] | None = None
) -> Path:
    """Download a Whisper model and return its folder; nothing is fetched twice.

    name: one of `list_models`. models_dir: where to keep it (`models_dir/name`), None for the
    cache of the hub. on_progress: called with 0 to 1, rising. A download that breaks off goes on
    where it was. Raises SpeechError `engine_missing`: unknown name, or the network refuses (found
    out within seconds).
    """
    if name not in _REPOSITORIES:
        known = ", ".join(_REPOSITORIES)
        raise SpeechError("engine_missing", f"There is no Whisper model {name}. Known: {known}.")
    folder = find_model(name, models_dir)
    if folder is None:
        folder = _download(name, models_dir, on_progress)
    if on_progress is not None:
        on_progress(1.0)
    return folder


def _download(
    name: str, models_dir: Path | None, on_progress: Callable[[float], None] | None
) -> Path:
    place = None if models_dir is None else models_dir / name
    try:
        hub.files_of(_REPOSITORIES[name][0])
        folder = hub.download(_REPOSITORIES[name][0], _FILES, place, on_progress)
    except hub.HubError as error:
        raise SpeechError(
            "engine_missing", f"The Whisper model {name} could not be downloaded: {error}"
        ) from error
    if not _is_complete(folder):
        raise SpeechError("engine_missing", f"The Whisper model {name} arrived incomplete.")
    return folder


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _NEEDED)


def _cached(repository: str) -> Path | None:
    """The folder of a repository in the cache of the hub, without asking the network."""
    folder = hub.cached(repository, "model.bin")
    return folder if folder is not None and _is_complete(folder) else None
