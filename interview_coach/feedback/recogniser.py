"""The recogniser of this worker: loaded once, kept, and named honestly."""

from __future__ import annotations

import time
from dataclasses import dataclass

from interview_coach.kit.logging import by_tenths, get_logger
from interview_coach.settings import Settings
from interview_coach.speech.recognise import Recogniser, choose_recogniser
from interview_coach.speech.types import SpeechError

_ASK_AGAIN_SECONDS = 300.0
log = get_logger("feedback.recogniser")


@dataclass(slots=True)
class _Kept:
    recogniser: Recogniser | None = None
    missing: SpeechError | None = None
    chosen_at: float = float("-inf")


_kept = _Kept()


def recogniser_of(settings: Settings) -> Recogniser:
    """The recogniser the settings name; SpeechError `engine_missing` when there is none.

    A Whisper model stays for the life of the worker. A draft recogniser, or none, is asked
    about again after five minutes: a model may have been pulled meanwhile.
    """
    recogniser = _kept.recogniser
    settled = recogniser is not None and (
        not recogniser.draft or settings.speech_engine == "pocketsphinx"
    )
    if not settled and time.monotonic() - _kept.chosen_at > _ASK_AGAIN_SECONDS:
        _choose(settings)
    if _kept.recogniser is None:
        raise _kept.missing or SpeechError("engine_missing", "No speech recogniser is there.")
    return _kept.recogniser


def _choose(settings: Settings) -> None:
    try:
        _kept.recogniser = choose_recogniser(
            settings.speech_engine,
            settings.whisper_model,
            offline=settings.offline,
            models_dir=settings.models_dir,
            on_download=by_tenths(
                log, "downloading the speech model", model=settings.whisper_model
            ),
        )
        _kept.missing = None
    except SpeechError as error:
        _kept.recogniser, _kept.missing = None, error
        log.warning("no recogniser", code=error.code, reason=error.detail)
    _kept.chosen_at = time.monotonic()


def warm_up(settings: Settings) -> None:
    """Load the recogniser before the first job; without one, jobs will say so themselves."""
    forget()
    try:
        chosen = recogniser_of(settings)
    except SpeechError:
        return
    log.info("recogniser ready", engine=chosen.engine, model=chosen.model, draft=chosen.draft)


def forget() -> None:
    """Drop the recogniser, so that the next one is chosen from the settings as they are then."""
    _kept.recogniser, _kept.missing, _kept.chosen_at = None, None, float("-inf")
