"""Live captions by this server: rough words of the last seconds, for browsers that have none.

Tentative by nature: a small model, a few seconds without what was said before and after. Nothing
is kept and nothing is scored; the transcript is made from the whole recording. One piece at a time,
and only while a core is free, so that captions never delay an analysis.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field

from sqlmodel import Session

from interview_coach.feedback.schemas import CaptionView
from interview_coach.jobs import service as jobs
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime
from interview_coach.settings import Settings
from interview_coach.speech.decode import decode
from interview_coach.speech.models import find_model
from interview_coach.speech.recognise import Recogniser
from interview_coach.speech.types import SpeechError

MOST_SECONDS = 15.0
NO_MODEL = "no_model"
BUSY = "busy"
log = get_logger("feedback.captions")


@dataclass(slots=True)
class _Kept:
    recogniser: Recogniser | None = None
    name: str = ""
    turn: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def has_core_free(session: Session, cores: int | None = None) -> bool:
    """Whether a core is left beside the jobs that are running now."""
    return jobs.running(session) < (cores or os.cpu_count() or 1) - 1


def caption(sound: bytes, language: str, *, free: bool) -> CaptionView:
    """The rough words of a piece of at most 15 s; no words and why when there are none to be had.

    sound: one complete container (WebM, Ogg, MP4, WAV). Waits for nobody: while another piece is
    being heard, or no core is free, this one is left out. Raises CoachError `not_audio` (415) for
    what is no sound, `too_long` (413).
    """
    if not free or not _kept.turn.acquire(blocking=False):
        return CaptionView(text=None, reason=BUSY)
    try:
        recogniser = _recogniser(runtime().settings)
        if recogniser is None:
            return CaptionView(text=None, reason=NO_MODEL)
        samples = decode(sound, longest_seconds=MOST_SECONDS)
        heard = recogniser.transcribe(samples, language=language)
    except SpeechError as error:
        return _refused(error)
    finally:
        _kept.turn.release()
    return CaptionView(text=heard.text, engine=recogniser.model)


def _refused(error: SpeechError) -> CaptionView:
    if error.code in {"language_unknown", "engine_missing", "engine_failed"}:
        return CaptionView(text=None, reason=NO_MODEL)
    if error.code == "empty":
        return CaptionView(text="")
    raise CoachError(error.code, error.detail, 413 if error.code == "too_long" else 415)


def _recogniser(settings: Settings) -> Recogniser | None:
    name = settings.caption_model
    if _kept.recogniser is not None and _kept.name == name:
        return _kept.recogniser
    folder = find_model(name, settings.models_dir)
    if folder is None:
        return None
    from interview_coach.speech.whisper import WhisperRecogniser

    _kept.recogniser, _kept.name = WhisperRecogniser(folder, name, at_once=1, beam=1), name
    log.info("captions ready", model=_kept.recogniser.model)
    return _kept.recogniser


def forget() -> None:
    """Drop the model, so that the next one is chosen from the settings as they are then."""
    _kept.recogniser, _kept.name = None, ""
