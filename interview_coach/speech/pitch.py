"""Pitch by autocorrelation, and how much it varies. Absolute pitch is never scored.

The method is Boersma's (1993, "Accurate short-term analysis of the fundamental frequency"): the
autocorrelation of a Hann-windowed frame divided by that of the window, its highest peak after a
small cost for long periods. Two passes, after De Looze and Hirst (2008): the quartiles of the
first pass set the range of the second, which removes most octave errors.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.framing import HOP, HOP_SECONDS, WINDOW
from interview_coach.speech.types import Pitch

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

LOWEST_HZ, HIGHEST_HZ = 60.0, 600.0
VOICED_STRENGTH = 0.5  # normalised autocorrelation from which a frame counts as voiced
LEAST_VOICED_SECONDS = 3.0
LEAST_VOICED_SHARE = 0.35  # of the speech; below it the tracker heard mostly something else
MOST_SEMITONES = 6.0  # a larger spread is octave errors, not a voice

_RATE = SAMPLE_RATE // 2  # enough for 600 Hz, and half the work
_FRAME = _RATE // 20  # 50 ms, three periods of 60 Hz
_TRANSFORM = 576  # at least the frame and the longest lag, and quick to transform
_SHORTEST, _LONGEST = int(_RATE / HIGHEST_HZ), int(_RATE / LOWEST_HZ) + 1
_HIGHEST_HARMONIC_HZ = 2000.0  # so smooth, a peak between two lags still shows its height
_OCTAVE_COST = 0.03
_BATCH = 256  # frames at once: their spectra stay in the cache, and take little memory
_SMOOTHING = 7  # frames of the running median that shows octave jumps
_JUMP_SEMITONES = 5.0


@dataclass(frozen=True, slots=True)
class Track:
    """Pitch over time, one value per frame of `framing`.

    hertz: 0 where not voiced. strength: 0-1, how periodic. sonority: correlation of neighbouring
    samples at 8 kHz, near 1 for vowels and nasals, low for hiss; 0 in frames not looked at.
    """

    hertz: Values
    strength: Values
    sonority: Values

    @property
    def voiced(self) -> Mask:
        """Frames with a pitch, shape (frames,)."""
        return self.hertz > 0


@dataclass(frozen=True, slots=True)
class Correlations:
    """Normalised autocorrelations: row k is frame `frames[k]`, column l is lag l; lag 0 is 1.

    sonority: see `Track`, one value per row.
    """

    count: int
    frames: NDArray[np.int64]
    values: Values
    sonority: Values


def correlate(samples: Samples, candidates: Mask) -> Correlations:
    """The costly half of `track`, for every candidate frame of prepared samples.

    candidates: shape (frames,), as `framing.frame_levels` counts them; True for frames loud
    enough to be anything.
    """
    frames = np.flatnonzero(candidates)
    values, sonority = _correlations(samples, frames)
    return Correlations(len(candidates), frames, values, sonority)


def track(found: Correlations, active: Mask) -> Track:
    """Pitch over time; frames that are not `active`, shape (frames,), are not voiced."""
    hertz = np.zeros(found.count, np.float32)
    strength = np.zeros(found.count, np.float32)
    sonority = np.zeros(found.count, np.float32)
    chosen = active[found.frames]
    frames, values = found.frames[chosen], found.values[chosen]
    sonority[frames] = found.sonority[chosen]
    # A third of the frames shows the speaker's range well enough.
    first, first_strength = _best(values[::3], LOWEST_HZ, HIGHEST_HZ)
    sure = first[first_strength > VOICED_STRENGTH]
    if len(sure) == 0:
        return Track(hertz, strength, sonority)
    lower, upper = np.percentile(sure, [25, 75])
    lowest = max(LOWEST_HZ, 0.7 * float(lower))
    highest = min(HIGHEST_HZ, 1.9 * float(upper))
    second, second_strength = _best(values, lowest, highest)
    strength[frames] = second_strength
    hertz[frames] = np.where(second_strength > VOICED_STRENGTH, second, 0.0)
    return Track(_without_jumps(hertz), strength, sonority)


def pitch_of(found: Track, voiced: Mask, speech_seconds: float) -> Pitch | None:
    """Median and spread of the `voiced` frames, None when there is too little voice to say.

    The spread is the root mean square distance from the median in semitones. None unless at least
    3 s and 35 % of the speech are voiced and the spread is at most 6 semitones.
    """
    hertz = found.hertz[voiced].astype(np.float64)
    seconds = len(hertz) * HOP_SECONDS
    if seconds < LEAST_VOICED_SECONDS or seconds < LEAST_VOICED_SHARE * speech_seconds:
        return None
    median = float(np.median(hertz))
    semitones = 12.0 * np.log2(hertz / median)
    spread = float(np.sqrt(np.mean(np.square(semitones))))
    return Pitch(median, spread) if spread <= MOST_SEMITONES else None


def _correlations(samples: Samples, frames: NDArray[np.int64]) -> tuple[Values, Values]:
    """Normalised autocorrelation, shape (frames, longest lag + 2), and sonority, (frames,)."""
    even = len(samples) // 2 * 2
    halved = (samples[:even:2] + samples[1:even:2]) * np.float32(0.5)
    # The frame of 50 ms is put around the middle of the 25 ms whose level is known.
    halved = np.pad(halved, (_FRAME // 2 - WINDOW // 4, _FRAME))
    windows = np.lib.stride_tricks.sliding_window_view(halved, _FRAME)
    shape, shape_correlation = _window()
    bins = _TRANSFORM // 2 + 1
    neighbour = np.cos(2.0 * np.pi * np.arange(bins) / _TRANSFORM).astype(np.float32)
    harmonics = int(_HIGHEST_HARMONIC_HZ / _RATE * _TRANSFORM)
    result = np.empty((len(frames), _LONGEST + 2), np.float32)
    sonority = np.empty(len(frames), np.float32)
    for start in range(0, len(frames), _BATCH):
        rows = slice(start, start + _BATCH)
        block = windows[frames[rows] * (HOP // 2)]
        block = (block - block.mean(axis=1, keepdims=True)) * shape
        spectrum = np.fft.rfft(block, _TRANSFORM, axis=1)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        sonority[rows] = (power @ neighbour) / np.maximum(power.sum(axis=1), 1e-12)
        power[:, harmonics:] = 0.0
        lags = np.fft.irfft(power, _TRANSFORM, axis=1)[:, : _LONGEST + 2]
        result[rows] = lags / np.maximum(lags[:, :1], 1e-12) / shape_correlation
    return result, sonority


@functools.lru_cache(maxsize=1)
def _window() -> tuple[Values, Values]:
    """The Hann window and its normalised autocorrelation up to the longest lag."""
    shape = np.hanning(_FRAME + 2)[1:-1]
    power = np.abs(np.fft.rfft(shape, _TRANSFORM)) ** 2
    correlation = np.fft.irfft(power, _TRANSFORM)[: _LONGEST + 2]
    return shape.astype(np.float32), (correlation / correlation[0]).astype(np.float32)


def _best(correlation: Values, lowest: float, highest: float) -> tuple[Values, Values]:
    """Pitch in Hz and strength (about 0-1) of each frame, for peaks within the range."""
    hertz = np.empty(len(correlation), np.float32)
    strength = np.empty(len(correlation), np.float32)
    # In batches: all frames of a long answer at once take ten times their own memory.
    for start in range(0, len(correlation), _BATCH):
        rows = slice(start, start + _BATCH)
        hertz[rows], strength[rows] = _best_of_batch(correlation[rows], lowest, highest)
    return hertz, strength


def _best_of_batch(correlation: Values, lowest: float, highest: float) -> tuple[Values, Values]:
    first = max(_SHORTEST, int(_RATE / highest))
    last = min(_LONGEST, int(np.ceil(_RATE / lowest)))
    centre = correlation[:, first : last + 1]
    before, after = correlation[:, first - 1 : last], correlation[:, first + 1 : last + 2]
    lags = np.arange(first, last + 1)
    cost = (_OCTAVE_COST * np.log2(lags / first)).astype(np.float32)
    bend = np.minimum(before - 2.0 * centre + after, np.float32(-1e-9))
    offsets = np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    heights = centre - 0.25 * (before - after) * offsets
    is_peak = (centre >= before) & (centre > after)
    peaks = np.where(is_peak, heights - cost, np.float32(-1.0))
    best = peaks.argmax(axis=1)
    rows = np.arange(len(best))
    strength = np.where(is_peak[rows, best], heights[rows, best], np.float32(0.0))
    hertz = _RATE / (lags[best] + offsets[rows, best])
    return hertz.astype(np.float32), np.clip(strength, 0.0, 1.0).astype(np.float32)


def _without_jumps(hertz: Values) -> Values:
    """The track without frames that jump away from the voiced frames around them."""
    voiced = np.flatnonzero(hertz > 0)
    if len(voiced) < _SMOOTHING:
        return hertz
    notes = 12.0 * np.log2(hertz[voiced])
    half = _SMOOTHING // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(notes, half, "edge"), _SMOOTHING)
    jumps = np.abs(notes - np.median(around, axis=1)) > _JUMP_SEMITONES
    result = hertz.copy()
    result[voiced[jumps]] = 0.0
    return result
