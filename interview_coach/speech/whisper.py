"""The Whisper recogniser: faster-whisper, int8 on the processor, with word times.

Whisper was taught to tidy up and to write something whatever it hears. So it is asked for "um"
and "uh" by hot words, and every segment is held against the sound: what was written over
silence, without confidence, in circles or faster than anybody talks is left out. A gap is
honest, an invented sentence is not.

Whisper looks at 30 s at a time, and nothing is carried from one window to the next. So a
recording is cut in its pauses, and two pieces are recognised side by side: more threads within
one piece gain nothing. The pieces depend on the sound alone, so the words are the same on any
machine.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from interview_coach.speech.activity import find_speech
from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.hesitation import spoken_extents
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.pieces import cut_in_pauses
from interview_coach.speech.recognise import OnProgress, language_unknown
from interview_coach.speech.types import Span, SpeechError, Transcript, Word

# They reach every window, an initial prompt only the first.
HOT_WORDS = {
    "en": "um uh hmm er ah",
    "de": "ähm äh öhm hm",
    "fr": "euh heu hum ben",
    "es": "eh em este mmm",
    "hi": "उम हम्म अम मतलब",
}

WINDOW_SECONDS = 30.0
MARGIN_SECONDS = 1.0  # of silence around speech: a soft word there is still heard
# Each piece under work takes about 200 MB.
MOST_AT_ONCE = 2

_MOST_NO_SPEECH = 0.6
_LEAST_LOG_PROBABILITY = -1.0  # below it, and with no speech likely, the segment is a guess
_MOST_COMPRESSION = 2.4  # text that packs better goes round in circles
_LEAST_OVERLAP = 0.2  # of the words' time with heard speech
_MOST_WORDS_A_SECOND = 6.0


class WhisperRecogniser:
    """A loaded Whisper model. Not for several threads at once."""

    engine = "whisper"
    draft = False
    reason: str | None = None

    def __init__(
        self, folder: Path, name: str, *, at_once: int | None = None, beam: int = 5
    ) -> None:
        """Load the model in `folder`; `name` is the size or folder that was asked for.

        at_once: pieces recognised side by side, a core each; None for what the cores allow, two
        at most. beam: how many readings are followed at once. Raises SpeechError
        `engine_missing` when the folder holds no model that can be loaded.
        """
        from faster_whisper import WhisperModel

        self.model = Path(name).name
        self._beam = beam
        self._at_once = at_once or min(MOST_AT_ONCE, os.cpu_count() or 1)
        try:
            self._whisper = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=1,
                num_workers=self._at_once,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise SpeechError(
                "engine_missing", f"The Whisper model in {folder} cannot be loaded: {error}"
            ) from error

    def transcribe(
        self,
        samples: Samples,
        on_progress: OnProgress | None = None,
        language: str = ENGLISH,
    ) -> Transcript:
        """See `Recogniser.transcribe`."""
        if language != ENGLISH and not self._whisper.model.is_multilingual:
            raise language_unknown(self.model, language)
        speech = find_speech(samples)
        pieces = cut_in_pauses(
            speech, len(samples) / SAMPLE_RATE, longest=WINDOW_SECONDS, margin=MARGIN_SECONDS
        )
        try:
            heard = self._side_by_side(samples, pieces, speech, language, on_progress)
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            raise SpeechError(
                "engine_failed", "The speech recogniser could not work on this recording."
            ) from error
        if on_progress is not None and not pieces:
            on_progress(1.0)
        words = [word for piece in heard for word in piece]
        text = " ".join(word.text for word in words)
        return Transcript(text, tuple(words), self.engine, self.model, self.draft, language)

    def _side_by_side(
        self,
        samples: Samples,
        pieces: Sequence[Span],
        speech: Sequence[Span],
        language: str,
        on_progress: OnProgress | None,
    ) -> list[list[Word]]:
        """The words of each piece, in the order of the pieces."""
        whole = sum(piece.seconds for piece in pieces)
        told = 0.0
        with ThreadPoolExecutor(self._at_once, "whisper") as pool:
            waiting = {
                pool.submit(self._hear, samples, piece, speech, language): piece for piece in pieces
            }
            try:
                for done in as_completed(waiting):
                    done.result()
                    told += waiting[done].seconds
                    if on_progress is not None:
                        on_progress(min(1.0, told / whole))
            finally:
                # Whoever stops this waits for the pieces under work, not for all.
                pool.shutdown(wait=False, cancel_futures=True)
        return [done.result() for done in waiting]

    def _hear(
        self, samples: Samples, piece: Span, speech: Sequence[Span], language: str
    ) -> list[Word]:
        first, last = int(piece.start * SAMPLE_RATE), int(piece.end * SAMPLE_RATE)
        segments, _ = self._whisper.transcribe(
            samples[first:last],
            language=language,
            task="transcribe",
            beam_size=self._beam,
            word_timestamps=True,
            condition_on_previous_text=False,
            hallucination_silence_threshold=2.0,
            hotwords=HOT_WORDS[language],
            # The filter would cut the pauses out, and with them what the times mean.
            vad_filter=False,
        )
        words: list[Word] = []
        for segment in segments:
            heard = _words_of(segment, piece)
            if heard and is_credible(segment, heard, speech):
                words.extend(heard)
        return words


def is_credible(segment: Any, words: Sequence[Word], speech: Sequence[Span]) -> bool:
    """False for a segment Whisper made up: unsure, repetitive, over silence, or too fast.

    segment: of faster-whisper. words: its words. speech: where somebody is heard, from
    `activity.find_speech`. A word stretched over a pause counts where it is spoken.
    """
    if segment.no_speech_prob > _MOST_NO_SPEECH and segment.avg_logprob < _LEAST_LOG_PROBABILITY:
        return False
    if segment.compression_ratio > _MOST_COMPRESSION:
        return False
    seconds = words[-1].end - words[0].start
    if len(words) > _MOST_WORDS_A_SECOND * max(seconds, 1.0 / _MOST_WORDS_A_SECOND):
        return False
    extents = spoken_extents(words, speech)
    length = sum(extent.seconds for extent in extents)
    heard = sum(_shared(extent, span) for extent in extents for span in speech)
    return length > 0 and heard >= _LEAST_OVERLAP * length


def _shared(one: Span, other: Span) -> float:
    return max(0.0, min(one.end, other.end) - max(one.start, other.start))


def _words_of(segment: Any, piece: Span) -> list[Word]:
    """The words of a segment of a piece, in times of the recording; parts without a space of their
    own are joined to the word before."""
    words: list[Word] = []
    for item in segment.words or ():
        text = item.word.strip()
        if not text:
            continue
        start = min(piece.start + max(0.0, float(item.start)), piece.end)
        end = min(max(start, piece.start + float(item.end)), piece.end)
        probability = _probability(item.probability)
        if words and not item.word.startswith(" "):
            before = words.pop()
            text, start = before.text + text, before.start
            known = [value for value in (before.probability, probability) if value is not None]
            probability = min(known) if known else None
        words.append(
            Word(
                text,
                round(start, 3),
                round(end, 3),
                None if probability is None else round(probability, 4),
            )
        )
    return words


def _probability(value: Any) -> float | None:
    number = float(value)
    return min(1.0, max(0.0, number)) if math.isfinite(number) else None
