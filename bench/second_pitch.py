"""A second method for pitch, to hold the first one against: it shares no line with it."""

from __future__ import annotations

import numpy as np

from interview_coach.speech.decode import SAMPLE_RATE, Samples


def yin(samples: Samples, middle: int) -> float:
    """Pitch around a sample by YIN's difference function (de Cheveigne and Kawahara 2002)."""
    width, longest, shortest = 600, SAMPLE_RATE // 55, SAMPLE_RATE // 450
    start = middle - (width + longest) // 2
    block = samples[max(0, start) : start + width + longest].astype(np.float64)
    if start < 0 or len(block) < width + longest:
        return float("nan")
    shifted = np.lib.stride_tricks.sliding_window_view(block, width)[1:longest]
    difference = np.square(shifted - block[:width]).sum(axis=1)
    normal = difference * np.arange(1, longest) / np.maximum(np.cumsum(difference), 1e-12)
    low = np.flatnonzero(normal[shortest:] < normal[shortest:].min() + 0.1)
    lag = shortest + int(low[0])
    while lag + 1 < len(normal) and normal[lag + 1] < normal[lag]:
        lag += 1
    return SAMPLE_RATE / (lag + 1)
