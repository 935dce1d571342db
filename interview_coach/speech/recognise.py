"""Which recogniser hears the recordings: a Whisper model, or the draft one that is always there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol, get_args

from interview_coach.speech.decode import Samples
from interview_coach.speech.languages import ENGLISH, pack_of
from interview_coach.speech.types import SpeechError, Transcript

Engine = Literal["auto", "whisper", "pocketsphinx"]
OnProgress = Callable[[float], None]  # called with 0 to 1, rising


class Recogniser(Protocol):
    """Sound to words. Made once, it keeps its model and serves one recording at a time."""

    @property
    def engine(self) -> str:
        """`whisper` or `pocketsphinx`."""

    @property
    def model(self) -> str:
        """Its size or the name of its folder."""

    @property
    def draft(self) -> bool:
        """True when the words are only a rough draft to be corrected."""

    @property
    def reason(self) -> str | None:
        """Why this one stands in for the one asked for, None when it does not."""

    def transcribe(
        self,
        samples: Samples,
        on_progress: OnProgress | None = None,
        language: str = ENGLISH,
    ) -> Transcript:
        """The words of mono 16 kHz samples with their times; no words when nobody speaks.

        language: what is spoken, ISO 639-1. Raises SpeechError `engine_failed`, and
        `language_unknown` when this model has not learned it.
        """


def language_unknown(model: str, language: str) -> SpeechError:
    """The error of a model that was asked for a language it has not learned."""
    return SpeechError(
        "language_unknown",
        f"The speech model {model} knows English only, not {pack_of(language).name}.",
    )


def choose_recogniser(
    engine: str,
    whisper_model: str,
    *,
    offline: bool,
    models_dir: Path | None = None,
    on_download: OnProgress | None = None,
) -> Recogniser:
    """The recogniser the settings ask for, loaded.

    engine: `auto` takes Whisper and falls back to the draft recogniser (whose `reason` tells why),
    `whisper` and `pocketsphinx` take only that. whisper_model: a size or a folder. offline: no
    model is downloaded. models_dir: where pulled models are kept, None for the cache of the hub.
    on_download: called with 0 to 1 while a model is downloaded.

    Raises SpeechError `engine_missing` when it cannot be had, ValueError for an unknown engine.
    Where the network is closed this takes seconds, so remember the answer for a while.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"The speech engine is auto, whisper or pocketsphinx, not {engine!r}.")
    if engine == "pocketsphinx":
        return _draft(None)
    try:
        return _whisper(whisper_model, offline, models_dir, on_download)
    except SpeechError as missing:
        if engine == "whisper" or missing.code != "engine_missing":
            raise
        try:
            return _draft(missing.detail)
        except SpeechError as error:
            raise SpeechError("engine_missing", f"{missing.detail} {error.detail}") from error


def _whisper(
    model: str, offline: bool, models_dir: Path | None, on_download: OnProgress | None
) -> Recogniser:
    from interview_coach.speech.models import obtain_model
    from interview_coach.speech.whisper import WhisperRecogniser

    folder = obtain_model(model, offline=offline, models_dir=models_dir, on_download=on_download)
    return WhisperRecogniser(folder, model)


def _draft(reason: str | None) -> Recogniser:
    from interview_coach.speech.pocketsphinx import PocketSphinxRecogniser

    return PocketSphinxRecogniser(reason)
