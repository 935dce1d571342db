"""Whisper models: which there are, which are here, and how one gets here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
_REACH_SECONDS = 4.0  # a closed network is found out in this time, not after the hub's retries


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
        folder = _download(name, models_dir, _Progress(on_progress))
    if on_progress is not None:
        on_progress(1.0)
    return folder


def _download(name: str, models_dir: Path | None, progress: _Progress) -> Path:
    from huggingface_hub import snapshot_download

    _reach(name)
    place: dict[str, Any] = {}
    if models_dir is not None:
        models_dir.mkdir(parents=True, exist_ok=True)
        place["local_dir"] = models_dir / name
    try:
        folder = Path(
            snapshot_download(
                _REPOSITORIES[name][0],
                allow_patterns=_FILES,
                tqdm_class=_bar_class(progress),
                **place,
            )
        )
    except Exception as error:
        raise _refused(name, error) from error
    if not _is_complete(folder):
        raise SpeechError("engine_missing", f"The Whisper model {name} arrived incomplete.")
    return folder


def _reach(name: str) -> None:
    """Ask the hub one short question, so that no retry waits for a network that is closed."""
    from huggingface_hub import constants, get_session

    address = f"{constants.ENDPOINT}/api/models/{_REPOSITORIES[name][0]}"
    try:
        answer = get_session().get(address, timeout=_REACH_SECONDS)
        answer.raise_for_status()
    except Exception as error:
        raise _refused(name, error) from error


def _refused(name: str, error: Exception) -> SpeechError:
    why = str(error).strip().splitlines()
    reason = why[0] if why else type(error).__name__
    return SpeechError(
        "engine_missing", f"The Whisper model {name} could not be downloaded: {reason}"
    )


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _NEEDED)


def _cached(repository: str) -> Path | None:
    """The folder of a repository in the cache of the hub, without asking the network."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repository, "model.bin")
    if not isinstance(found, str):
        return None
    folder = Path(found).parent
    return folder if _is_complete(folder) else None


class _Progress:
    """Bytes that arrived of those expected, told as a share that only rises."""

    def __init__(self, tell: Callable[[float], None] | None) -> None:
        self._tell = tell
        self._told = 0.0
        self._lock = threading.Lock()

    def report(self, arrived: float, total: float) -> None:
        """Tell the share when it grew."""
        if self._tell is None or total <= 0:
            return
        with self._lock:
            share = min(1.0, arrived / total)
            if share > self._told:
                self._told = share
                self._tell(share)


def _bar_class(progress: _Progress) -> type[Any]:
    """A progress bar for the hub's client that draws nothing and reports bytes to `progress`."""
    from tqdm.auto import tqdm  # type: ignore[import-untyped,unused-ignore]

    class Bar(tqdm):  # type: ignore[misc,type-arg,unused-ignore]
        """Counts by itself, because a disabled bar of tqdm does not count."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            options["disable"] = True
            super().__init__(*arguments, **options)
            self.counts_bytes = options.get("unit") == "B"
            self.arrived = float(options.get("initial") or 0)
            self.total = options.get("total") or 0

        def update(self, n: float | None = 1) -> None:
            """Take `n` more bytes."""
            self.arrived += n or 0
            if self.counts_bytes:
                progress.report(self.arrived, float(self.total or 0))

    return Bar
