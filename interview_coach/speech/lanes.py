"""What is drawn of a recording over time: its waveform, its pitch and its loudness, coarsely.

No score is made from these values. They are as coarse as a drawing needs, and nobody can hear a
voice in them again: three small numbers every 20 or 40 ms.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.activity import Sound
from interview_coach.speech.decode import SAMPLE_RATE
from interview_coach.speech.framing import LOUD_DB

VERSION = 1  # of this method; older rows are drawn as they are
WAVE_STEP_MS = 20
STEP_MS = 40
HIGHEST_WAVE = 100
PITCH_STEPS = 10  # of a semitone
UNVOICED = -128
QUIETEST_DB, LOUDEST_DB = -60, 20

_WAVE_SAMPLES = SAMPLE_RATE * WAVE_STEP_MS // 1000
_FRAMES = STEP_MS // 10  # frames of `framing` in one step
_WIDEST_SEMITONES = 12.7
_FULL_SHARE = 0.995  # of the steps: a single click would make every word look small
_MOST_BYTES = 8 * 1024 * 1024  # of one lane unpacked; three hours are a tenth of it

Steps = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Three rows of small numbers.

    wave: the highest sample of each 20 ms, 0-100 of the answer's own loud steps. pitch: tenths of
    a semitone around the answer's median voice, every 40 ms, -128 where nothing is voiced; None
    when there is too little voice to say. loudness: dB around the answer's own loud speech, every
    40 ms, -60 to 20. median_hz: what pitch 0 is, None without pitch.
    """

    wave: Steps
    pitch: Steps | None
    loudness: Steps
    median_hz: float | None


def lanes_of(sound: Sound, median_hz: float | None) -> Lanes:
    """The lanes of a recording that was listened to.

    median_hz: of `SoundMeasures.pitch`; None draws no pitch lane.
    """
    return Lanes(
        wave=_wave(sound),
        pitch=None if median_hz is None else _pitch(sound, median_hz),
        loudness=_loudness(sound),
        median_hz=median_hz,
    )


def pack(lanes: Lanes) -> dict[str, Any]:
    """Lanes as small JSON: each row compressed, in base64. The same lanes give the same bytes."""
    return {
        "version": VERSION,
        "median_hz": lanes.median_hz,
        "wave": _packed(lanes.wave),
        "pitch": None if lanes.pitch is None else _packed(lanes.pitch),
        "loudness": _packed(lanes.loudness),
    }


def unpack(kept: dict[str, Any]) -> Lanes:
    """What `pack` made, as lanes again."""
    pitch = kept["pitch"]
    return Lanes(
        wave=_unpacked(kept["wave"]),
        pitch=None if pitch is None else _unpacked(pitch),
        loudness=_unpacked(kept["loudness"]),
        median_hz=kept["median_hz"],
    )


def outline(lanes: Lanes, count: int) -> list[float]:
    """The waveform as at most `count` values from 0 to 1, from beginning to end."""
    if len(lanes.wave) == 0:
        return []
    pieces = np.array_split(lanes.wave, min(count, len(lanes.wave)))
    return [round(float(piece.max()) / HIGHEST_WAVE, 2) for piece in pieces]


def _wave(sound: Sound) -> Steps:
    count = -(-len(sound.samples) // _WAVE_SAMPLES)
    padded = np.pad(np.abs(sound.samples), (0, count * _WAVE_SAMPLES - len(sound.samples)))
    highest = padded.reshape(count, _WAVE_SAMPLES).max(axis=1) if count else np.empty(0)
    full = float(np.quantile(highest, _FULL_SHARE)) if count else 0.0
    if full <= 0.0:
        return np.zeros(count, np.int8)
    steps: Steps = np.minimum(HIGHEST_WAVE, np.rint(highest / full * HIGHEST_WAVE)).astype(np.int8)
    return steps


def _pitch(sound: Sound, median_hz: float) -> Steps:
    hertz = np.where(sound.track.voiced & sound.speaking, sound.track.hertz, np.float32(np.nan))
    steps = _by_steps(hertz.astype(np.float64), np.nan)
    enough = np.isfinite(steps).sum(axis=1) * 2 >= _FRAMES
    result = np.full(len(steps), UNVOICED, np.int8)
    if enough.any():
        semitones = 12.0 * np.log2(np.nanmedian(steps[enough], axis=1) / median_hz)
        near = np.clip(semitones, -_WIDEST_SEMITONES, _WIDEST_SEMITONES)
        result[enough] = np.rint(near * PITCH_STEPS).astype(np.int8)
    return result


def _loudness(sound: Sound) -> Steps:
    power = 10.0 ** (sound.levels.astype(np.float64) / 10.0)
    steps = _by_steps(power, np.nan)
    if len(steps) == 0:
        return np.empty(0, np.int8)
    levels = 10.0 * np.log10(np.nanmean(steps, axis=1)) - LOUD_DB
    decibels: Steps = np.rint(np.clip(levels, QUIETEST_DB, LOUDEST_DB)).astype(np.int8)
    return decibels


def _by_steps(frames: NDArray[np.float64], filler: float) -> NDArray[np.float64]:
    """Frames of 10 ms in rows of 40 ms; what is missing in the last row is `filler`."""
    count = -(-len(frames) // _FRAMES)
    padded = np.pad(frames, (0, count * _FRAMES - len(frames)), constant_values=filler)
    return padded.reshape(count, _FRAMES)


def _packed(row: Steps) -> str:
    return base64.b64encode(zlib.compress(row.tobytes(), 9)).decode("ascii")


def _unpacked(text: str) -> Steps:
    raw = zlib.decompressobj().decompress(base64.b64decode(text), _MOST_BYTES)
    return np.frombuffer(raw, np.int8)
