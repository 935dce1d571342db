"""All measures of one recording's sound, for scoring and for the command `measure`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interview_coach.speech.activity import Sound, find_pauses, listen, silence_seconds
from interview_coach.speech.decode import Samples
from interview_coach.speech.hesitation import probable_fillers
from interview_coach.speech.loudness import loudness_of
from interview_coach.speech.pitch import pitch_of
from interview_coach.speech.types import Filler, Loudness, Pitch, SoundMeasures, Span, Word


def measure(samples: Samples, words: Sequence[Word] | None = None) -> SoundMeasures:
    """What the sound shows: speech, pauses, silence, probable fillers, pitch, loudness.

    samples: mono, 16 kHz, float32, full scale 1, any length including none. words: what was
    recognised, with times; without them no probable filler can be told from a word. Values are
    rounded to what they are good for, so that machines agree: times and silence to 1 ms, pitch to
    0.1 Hz and 0.01 semitones, loudness to 0.01 dB. Silence and noise give no speech, no pauses
    and no pitch.
    """
    return measured(listen(samples), words)


def measured(sound: Sound, words: Sequence[Word] | None = None) -> SoundMeasures:
    """As `measure`, of a recording that was listened to already."""
    speech = tuple(_rounded(span) for span in sound.spans)
    voiced = sound.track.voiced & sound.speaking
    spoken = sum(span.seconds for span in speech)
    return SoundMeasures(
        duration_seconds=round(sound.seconds, 3),
        speech=speech,
        pauses=tuple(_rounded(pause) for pause in find_pauses(speech)),
        silence_seconds=round(silence_seconds(speech), 3),
        probable_fillers=_fillers(sound, words or ()),
        pitch=_rounded_pitch(pitch_of(sound.track, voiced, spoken)),
        loudness=_rounded_loudness(loudness_of(sound.levels, voiced)),
    )


def measure_json(samples: Samples, words: Sequence[Word] | None = None) -> dict[str, Any]:
    """The measures as the command `measure` prints them, certain fillers from the words included.

    Keys: `duration_seconds`, `speech`, `pauses` (lists of `start`, `end`), `silence_seconds`,
    `fillers` (`text`, `start`, `end`, `certain`, in order of time), `pitch` (`median_hz`,
    `sd_semitones`) or None, `loudness` (`sd_db`, `range_db`) or None. Seconds.
    """
    found = measure(samples, words)
    fillers = sorted([*_certain(words or ()), *found.probable_fillers], key=_start)
    return {
        "duration_seconds": found.duration_seconds,
        "speech": [_span_json(span) for span in found.speech],
        "pauses": [_span_json(span) for span in found.pauses],
        "silence_seconds": found.silence_seconds,
        "fillers": [
            {"text": item.text, "start": item.start, "end": item.end, "certain": item.certain}
            for item in fillers
        ],
        "pitch": None
        if found.pitch is None
        else {"median_hz": found.pitch.median_hz, "sd_semitones": found.pitch.sd_semitones},
        "loudness": None
        if found.loudness is None
        else {"sd_db": found.loudness.sd_db, "range_db": found.loudness.range_db},
    }


def _certain(words: Sequence[Word]) -> list[Filler]:
    from interview_coach.speech.fillers import find_fillers

    return find_fillers(words)


def _fillers(sound: Sound, words: Sequence[Word]) -> tuple[Filler, ...]:
    return tuple(
        Filler(item.text, _milliseconds(item.start), _milliseconds(item.end), item.certain)
        for item in probable_fillers(sound, words)
    )


def _start(filler: Filler) -> float:
    return filler.start if filler.start is not None else 0.0


def _milliseconds(second: float | None) -> float | None:
    return None if second is None else round(second, 3)


def _rounded(span: Span) -> Span:
    return Span(round(span.start, 3), round(span.end, 3))


def _rounded_pitch(pitch: Pitch | None) -> Pitch | None:
    if pitch is None:
        return None
    return Pitch(round(pitch.median_hz, 1), round(pitch.sd_semitones, 2))


def _rounded_loudness(loudness: Loudness | None) -> Loudness | None:
    if loudness is None:
        return None
    return Loudness(round(loudness.sd_db, 2), round(loudness.range_db, 2))


def _span_json(span: Span) -> dict[str, float]:
    return {"start": span.start, "end": span.end}
