"""What every sound measure shares: rumble removed, one level, and the level of each 10 ms frame."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.decode import SAMPLE_RATE, Samples

Levels = NDArray[np.float32]

HOP = SAMPLE_RATE // 100  # a frame every 10 ms
HOP_SECONDS = HOP / SAMPLE_RATE
WINDOW = SAMPLE_RATE * 25 // 1000  # each frame looks at 25 ms
SILENT_DB = -100.0  # the level given to digital silence, in dB of full scale
LOUD_DB = -25.0  # what loud frames are brought to; far lower or higher the detector misses speech

_CUT_HZ = 90.0  # desk bumps, breath on the microphone and mains hum lie below, speech above
_TAPS = 1025  # with a Blackman window: nothing left at 45 Hz, all there at 135 Hz
_BLOCK = 16_384
_STEP = SAMPLE_RATE // 200


def prepared(samples: Samples) -> Samples:
    """The samples with everything below 90 Hz removed and the speech brought to one level.

    Shape (n,), float32, same length and timing. The loud frames come to -25 dB of full scale, so
    that no measure and no detector depends on how far the microphone stood. Which frames are loud
    is found behind a gate 10 dB below the mean power, as broadcasting does (ITU-R BS.1770), so
    that added silence moves nothing. Digital silence stays digital silence.
    """
    filtered = high_passed(samples)
    levels = frame_levels(filtered)
    heard = levels[levels > SILENT_DB + 1.0]
    if len(heard) == 0:
        return filtered
    mean = 10.0 * np.log10(np.mean(10.0 ** (heard.astype(np.float64) / 10.0)))
    loud = float(np.percentile(heard[heard > mean - 10.0], 90))
    gain = 10.0 ** ((LOUD_DB - loud) / 20.0)
    louder: Samples = np.clip(filtered * np.float32(gain), -1.0, 1.0)
    return louder


def high_passed(samples: Samples) -> Samples:
    """The samples without what lies below 90 Hz; linear phase, same length, no delay."""
    if len(samples) == 0:
        return samples.astype(np.float32)
    response = _high_pass_response()
    step, half = _BLOCK - _TAPS + 1, _TAPS // 2
    padded = np.pad(samples.astype(np.float32, copy=False), (half, half + step))
    result = np.empty(len(samples), np.float32)
    for start in range(0, len(samples), step):
        block = padded[start : start + _BLOCK]
        spectrum = np.fft.rfft(block, _BLOCK)
        filtered = np.fft.irfft(spectrum * response, _BLOCK)[_TAPS - 1 :]
        end = min(start + step, len(samples))
        result[start:end] = filtered[: end - start]
    return result


def frame_levels(samples: Samples) -> Levels:
    """Root mean square of every frame in dB of full scale, shape (frames,), at least -100.

    Frame k looks at 25 ms around `k * HOP_SECONDS + WINDOW / 2`. A recording shorter than one
    window has no frames.
    """
    count = frame_count(len(samples))
    if count == 0:
        return np.empty(0, np.float32)
    # Window and hop are whole numbers of 5 ms steps, so every sample is squared once.
    steps = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP)
    energy = np.einsum("ij,ij->i", steps, steps).astype(np.float64)
    windows = np.lib.stride_tricks.sliding_window_view(energy, WINDOW // _STEP)
    power = windows[:: HOP // _STEP][:count].sum(axis=1) / WINDOW
    levels = 10.0 * np.log10(power + 10.0 ** (SILENT_DB / 10.0))
    return np.asarray(levels, np.float32)


def frame_count(sample_count: int) -> int:
    """How many whole 25 ms windows, 10 ms apart, fit into so many samples."""
    return max(0, 1 + (sample_count - WINDOW) // HOP) if sample_count >= WINDOW else 0


def runs(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Stretches where `mask` is True: rows of (first, one past the last), shape (stretches, 2)."""
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return np.column_stack([np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)])


@functools.lru_cache(maxsize=1)
def _high_pass_response() -> NDArray[np.complex64]:
    """Spectrum of the windowed-sinc high-pass filter, zero-padded to one block."""
    offset = np.arange(_TAPS) - _TAPS // 2
    low = np.sinc(2.0 * _CUT_HZ / SAMPLE_RATE * offset) * np.blackman(_TAPS)
    taps = -low / low.sum()
    taps[_TAPS // 2] += 1.0
    response: NDArray[np.complex64] = np.fft.rfft(taps, _BLOCK).astype(np.complex64)
    return response
