"""Plain data that speech, scoring and feedback hand to each other. All times are seconds."""

from __future__ import annotations

from dataclasses import dataclass


class SpeechError(Exception):
    """A recording or a recogniser that could not be used.

    code: `empty`, `not_audio`, `no_audio_track`, `too_long`, `engine_missing`, `engine_failed`.
    detail: one plain sentence for the candidate.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: `start` and `end` in seconds from the beginning of the recording."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """The length of the span in seconds, never below zero."""
        return max(0.0, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word, punctuation attached.

    start, end: seconds. probability: 0-1 as the recogniser gave it, None when it gives none.
    """

    text: str
    start: float
    end: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler: heard in the words (`certain`) or only found in the sound (not certain).

    start, end: seconds, None for typed text.
    """

    text: str
    start: float | None
    end: float | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recogniser heard.

    engine: `whisper` or `pocketsphinx`; model: its size or folder name; draft: True when the
    engine is only good for a rough transcript. Empty `words` means no speech was heard.
    """

    text: str
    words: tuple[Word, ...]
    engine: str
    model: str
    draft: bool
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Pitch:
    """Median in Hz and standard deviation in semitones around that median."""

    median_hz: float
    sd_semitones: float


@dataclass(frozen=True, slots=True)
class Loudness:
    """Variation of the level of voiced frames: standard deviation and 5-95 % range, both in dB."""

    sd_db: float
    range_db: float


@dataclass(frozen=True, slots=True)
class SoundMeasures:
    """What the sound alone shows.

    duration_seconds: whole recording. speech: voiced stretches. pauses: silences of 0.25 s or
    more between the first and the last speech. silence_seconds: all silence between the first
    and the last speech, from energy. probable_fillers: voiced stretches no word covers, all with
    `certain=False`. pitch, loudness: None when there is too little voice to say.
    """

    duration_seconds: float
    speech: tuple[Span, ...]
    pauses: tuple[Span, ...]
    silence_seconds: float
    probable_fillers: tuple[Filler, ...]
    pitch: Pitch | None
    loudness: Loudness | None
