"""The draft recogniser: PocketSphinx with the English model inside its wheel.

It needs no download and gets about every second word of free speech right, so its words are a
draft for the candidate to correct: none is given a probability above one half. It hears no "um";
the sound still shows them (see `hesitation`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from interview_coach.speech.activity import Sound, listen
from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.pieces import cut_in_pauses
from interview_coach.speech.recognise import OnProgress, language_unknown
from interview_coach.speech.types import Span, SpeechError, Transcript, Word

MOST_PROBABILITY = 0.5
FRAME_SECONDS = 0.01
PIECE_SECONDS = 16.0  # it adapts to the voice within a piece, and lets nothing else run meanwhile

_MARGIN_SECONDS = 0.5
_VARIANT = re.compile(r"\(\d+\)$")


class PocketSphinxRecogniser:
    """A loaded draft recogniser. Not for several threads at once."""

    engine = "pocketsphinx"
    model = "en-us"
    draft = True

    def __init__(self, reason: str | None = None) -> None:
        """Load the model of the wheel. reason: why this one stands in for Whisper, if it does.

        Raises SpeechError `engine_missing` when the package or its model is not there.
        """
        self.reason = reason
        try:
            from pocketsphinx import Decoder

            self._decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL")
        except (ImportError, RuntimeError, OSError) as error:
            raise SpeechError(
                "engine_missing", f"The draft recogniser cannot be loaded: {error}"
            ) from error

    def transcribe(
        self,
        samples: Samples,
        on_progress: OnProgress | None = None,
        language: str = ENGLISH,
    ) -> Transcript:
        """See `Recogniser.transcribe`."""
        if language != ENGLISH:
            raise language_unknown(self.model, language)
        sound = listen(samples)
        pieces = cut_in_pauses(
            sound.spans, sound.seconds, longest=PIECE_SECONDS, margin=_MARGIN_SECONDS
        )
        words: list[Word] = []
        for number, piece in enumerate(pieces, start=1):
            words.extend(_heard(self._hear(sound, piece), sound.spans))
            if on_progress is not None:
                on_progress(number / len(pieces))
        if on_progress is not None and not pieces:
            on_progress(1.0)
        text = " ".join(word.text for word in words)
        return Transcript(text, tuple(words), self.engine, self.model, self.draft)

    def _hear(self, sound: Sound, piece: Span) -> list[Word]:
        first, last = int(piece.start * SAMPLE_RATE), int(piece.end * SAMPLE_RATE)
        pcm = (sound.samples[first:last] * 32767.0).astype("<i2").tobytes()
        try:
            self._decoder.start_utt()
            # As a whole, so that the voice is normalised over the piece and not as it goes on.
            self._decoder.process_raw(pcm, no_search=False, full_utt=True)
            self._decoder.end_utt()
            segments = list(self._decoder.seg() or ()) if self._decoder.hyp() else []
        except RuntimeError as error:
            raise SpeechError(
                "engine_failed", "The draft recogniser could not work on this recording."
            ) from error
        return [_word(item, piece.start) for item in segments if item.word[0] not in "<[+"]


def _word(item: Any, offset: float) -> Word:
    """One recognised word; `read(2)` is the second way to say "read"."""
    start = offset + item.start_frame * FRAME_SECONDS
    end = offset + (item.end_frame + 1) * FRAME_SECONDS
    probability = float(np.nan_to_num(item.prob))
    text = _VARIANT.sub("", item.word)
    if text == "i" or text.startswith("i'"):
        text = "I" + text[1:]
    return Word(
        text,
        round(start, 3),
        round(end, 3),
        round(min(MOST_PROBABILITY, max(0.0, probability)), 4),
    )


def _heard(words: Sequence[Word], speech: Sequence[Span]) -> list[Word]:
    """The words that touch heard speech: the others were made of noise."""
    return [
        word
        for word in words
        if any(span.start < word.end and word.start < span.end for span in speech)
    ]
