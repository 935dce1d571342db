"""The text models the settings name: where they are, getting them, and keeping them loaded."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from interview_coach.ai.calibration import calibrate, calibration_of
from interview_coach.ai.embeddings import OnnxEmbedder
from interview_coach.ai.meaning import EmbeddingMeaning
from interview_coach.ai.onnx_text import GRAPHS, TextModelError, graph_in
from interview_coach.ai.tone import OnnxTone
from interview_coach.kit.logging import by_tenths, get_logger
from interview_coach.settings import Settings

Purpose = Literal["embedding", "tone"]
PURPOSES: tuple[Purpose, ...] = ("embedding", "tone")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_SMALL_FILES = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
)
_ASK_AGAIN_SECONDS = 300.0
log = get_logger("ai.text_models")


@dataclass(frozen=True, slots=True)
class TextModel:
    """A model that is named. folder: where it is on disk, None when it is not here."""

    purpose: Purpose
    name: str
    folder: Path | None

    @property
    def setting(self) -> str:
        """The name of the setting that names it."""
        return f"COACH_{self.purpose.upper()}_MODEL"


def named_models(settings: Settings) -> list[TextModel]:
    """The text models the settings name. Looks on the disk alone."""
    names = {"embedding": settings.embedding_model, "tone": settings.tone_model}
    return [
        TextModel(purpose, name, find_model(name, settings.models_dir))
        for purpose in PURPOSES
        if (name := names[purpose]) is not None
    ]


def find_model(name: str, models_dir: Path) -> Path | None:
    """The folder of a model on this machine, None when it is not here.

    name: a folder, or a hub name such as `owner/model`, looked for where `pull` puts it.
    """
    for folder in (Path(name).expanduser(), _pulled(name, models_dir)):
        if folder is not None and graph_in(folder) is not None:
            return folder
    return None


def is_repository(name: str) -> bool:
    """Whether a name could be one of the hub, and is no folder here."""
    return _REPOSITORY.fullmatch(name) is not None and not Path(name).expanduser().exists()


def pull(
    name: str,
    models_dir: Path,
    *,
    offline: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> Path:
    """Download a text model and return its folder; nothing is fetched twice.

    on_progress: called with 0 to 1, rising. Raises TextModelError: `offline` forbids it, the name
    is none of the hub, the hub refuses (within seconds), or the repository has no ONNX file and
    tokenizer.
    """
    from interview_coach.speech import hub

    folder = find_model(name, models_dir)
    place = _pulled(name, models_dir)
    if folder is None and (place is None or not is_repository(name)):
        raise TextModelError(f"There is no text model in {name}, and no hub has such a name.")
    if folder is None and place is not None:
        if offline:
            raise TextModelError(
                f"{name} is not here, and COACH_OFFLINE forbids asking for it.", "offline"
            )
        try:
            wanted = _wanted(name, hub.files_of(name))
            folder = hub.download(name, wanted, place, on_progress)
        except hub.HubError as error:
            raise TextModelError(f"{name} could not be downloaded: {error}") from error
        if graph_in(folder) is None:
            raise TextModelError(f"{name} arrived incomplete.")
    if folder is None:
        raise TextModelError(f"There is no text model in {name}.")
    if on_progress is not None:
        on_progress(1.0)
    return folder


def load(model: TextModel, settings: Settings, threads: int) -> EmbeddingMeaning | OnnxTone:
    """A model, loaded; an embedding model is calibrated, once for each model and data folder.

    threads: how many cores one text may use. Raises TextModelError when it is not on this machine
    or unfit.
    """
    if model.folder is None:
        raise TextModelError(f"{model.name} is not on this machine.", "text_model_missing")
    name = short_name(model.name)
    if model.purpose == "tone":
        return OnnxTone(model.folder, name, threads)
    embedder = OnnxEmbedder(model.folder, name, threads)
    return EmbeddingMeaning(embedder, calibration_of(embedder, settings.data_dir / "calibration"))


def short_name(name: str) -> str:
    """A model's name as pages tell it: a hub name, or the last part of a folder."""
    return name if is_repository(name) else Path(name).expanduser().resolve().name


def check(model: TextModel) -> None:
    """Load a model, and let it go; nothing is kept. Raises TextModelError when it is unfit."""
    if model.folder is None:
        raise TextModelError(f"{model.name} is not on this machine.", "text_model_missing")
    if model.purpose == "tone":
        OnnxTone(model.folder, short_name(model.name)).read(["A sentence to try it with."])
    else:
        calibrate(OnnxEmbedder(model.folder, short_name(model.name)))


def meaning_of(settings: Settings) -> EmbeddingMeaning | None:
    """What compares meanings in scoring, None when the words alone are read.

    Loaded once for the life of a process; one that is missing is looked for again after five
    minutes, since it may have been pulled meanwhile.
    """
    loaded = _loaded("embedding", settings)
    return loaded if isinstance(loaded, EmbeddingMeaning) else None


def tone_of(settings: Settings) -> OnnxTone | None:
    """What reads the tone of words, None where no model does; kept as `meaning_of` keeps it."""
    loaded = _loaded("tone", settings)
    return loaded if isinstance(loaded, OnnxTone) else None


def warm_up(settings: Settings, *, threads: int, fetch: bool) -> None:
    """Load what the settings name before the first job.

    threads: 1 in a process that forks, whose children would miss the others. fetch: whether a
    model that is not here is asked of the hub, where COACH_OFFLINE does not forbid it.
    """
    forget()
    for purpose in PURPOSES:
        _kept[purpose].threads = threads
    for model in named_models(settings):
        if fetch and model.folder is None and not settings.offline:
            try:
                pull(
                    model.name,
                    settings.models_dir,
                    on_progress=by_tenths(log, "downloading a text model", model=model.name),
                )
            except TextModelError as error:
                log.warning("no text model", model=model.name, reason=error.message)
        if _loaded(model.purpose, settings) is not None:
            log.info("text model ready", purpose=model.purpose, model=model.name)


def look_again(settings: Settings) -> None:
    """Load what has arrived since the start; what is loaded stays, and what was missing a moment
    ago is not looked for."""
    for purpose in PURPOSES:
        _loaded(purpose, settings)


def forget() -> None:
    """Drop the models, so that the next ones are those the settings name then."""
    for purpose in PURPOSES:
        _kept[purpose] = _Kept()


@dataclass(slots=True)
class _Kept:
    loaded: EmbeddingMeaning | OnnxTone | None = None
    name: str | None = None
    threads: int = 1
    looked_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept: dict[str, _Kept] = {purpose: _Kept() for purpose in PURPOSES}


def _loaded(purpose: Purpose, settings: Settings) -> EmbeddingMeaning | OnnxTone | None:
    model = next((each for each in named_models(settings) if each.purpose == purpose), None)
    if model is None:
        return None
    kept = _kept[purpose]
    with kept.lock:
        if kept.name != model.name:
            kept.loaded, kept.name, kept.looked_at = None, model.name, float("-inf")
        if kept.loaded is None and time.monotonic() - kept.looked_at > _ASK_AGAIN_SECONDS:
            kept.looked_at = time.monotonic()
            try:
                kept.loaded = load(model, settings, kept.threads)
            except TextModelError as error:
                log.warning("no text model", model=model.name, reason=error.message)
        return kept.loaded


def _pulled(name: str, models_dir: Path) -> Path | None:
    """Where a repository of the hub is kept: `models/owner--model`."""
    if _REPOSITORY.fullmatch(name) is None or ".." in name:
        return None
    return models_dir / name.replace("/", "--")


def _wanted(name: str, files: list[str]) -> list[str]:
    """What to fetch of a repository: its small files and one ONNX file, the first of GRAPHS."""
    graph = next((each for each in GRAPHS if each in files), None)
    if graph is None or "tokenizer.json" not in files:
        raise TextModelError(f"{name} has no ONNX file ({', '.join(GRAPHS)}) with a tokenizer.")
    # Large models keep their weights beside the graph.
    return [*_SMALL_FILES, graph, *(each for each in files if fnmatch(each, f"{graph}?data"))]
