"""Where somebody speaks, where they pause, and how long they are silent.

Three witnesses decide: the voice activity detector (Silero, the one inside faster-whisper) says
what is a voice and not a door; the level says where a voice really begins and ends, which the
detector's 32 ms blocks and its caution with quiet voices blur; periodicity keeps a long "aaand",
which the detector drops, from counting as a pause. Pauses count from 0.25 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.framing import (
    HOP,
    HOP_SECONDS,
    LOUD_DB,
    SILENT_DB,
    WINDOW,
    Levels,
    frame_levels,
    prepared,
    runs,
)
from interview_coach.speech.pitch import Track, correlate, track
from interview_coach.speech.types import Span

Mask = NDArray[np.bool_]

PAUSE_SECONDS = 0.25  # shorter gaps are articulation, not pauses
SILENCE_SECONDS = 0.18  # gaps that add to the silence, counted or not
LEAST_SPEECH_SECONDS = 0.1  # anything shorter is a click

_DETECTOR = {"threshold": 0.6, "speech_pad_ms": 0, "min_silence_duration_ms": 100}
_ABOVE_NOISE_DB = 2.5
_LOWEST_GATE_DB = LOUD_DB - 28.0  # in a silent room the noise says nothing about soft speech
_HIGHEST_GATE_DB = LOUD_DB - 8.0
_ENOUGH_NOISE_FRAMES = 30
_SMOOTHED_FRAMES = 5
_EDGE_FRAMES = 6  # the detector looks at blocks of 32 ms and enters one late
_CUT_FRAMES = 15  # a quiet run this long inside a voiced stretch is a silence
_RESCUE_FRAMES = 8  # a voiced run this long inside a gap is a voice
_RESCUE_STRENGTH = 0.7


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording looked at once, for every measure to use.

    samples: prepared (see `framing.prepared`). levels, track, speaking, quiet: one value per
    10 ms frame. gate: the level in dB below which a frame is quiet. spans: where somebody speaks,
    in order.
    """

    seconds: float
    samples: Samples
    levels: Levels
    track: Track
    speaking: Mask
    quiet: Mask
    gate: float
    spans: tuple[Span, ...]


def listen(samples: Samples) -> Sound:
    """Everything the measures need of a recording (mono, 16 kHz, full scale 1, any length)."""
    ready = prepared(samples)
    levels = frame_levels(ready)
    # The detector and the autocorrelation cost the most; both leave the interpreter's lock.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(_detected, ready)
        correlations = correlate(ready, levels > _LOWEST_GATE_DB)
        detected = _frames_of(pending.result(), len(levels))
    smooth = _smoothed(levels)
    gate = _gate(smooth, detected)
    quiet = smooth < gate
    found = track(correlations, ~quiet | detected if detected.any() else detected)
    speaking = _decided(detected, quiet, found)
    spans = tuple(
        Span(start, end)
        for start, end in _seconds(runs(speaking))
        if end - start >= LEAST_SPEECH_SECONDS
    )
    speaking = _frames_of(spans, len(levels))
    return Sound(len(samples) / SAMPLE_RATE, ready, levels, found, speaking, quiet, gate, spans)


def find_speech(samples: Samples) -> tuple[Span, ...]:
    """Where somebody speaks, in order, in seconds; empty for silence and noise."""
    return listen(samples).spans


def find_pauses(speech: Sequence[Span]) -> tuple[Span, ...]:
    """Silences of 0.25 s or more between the first and the last speech."""
    gaps = (Span(before.end, after.start) for before, after in pairwise(speech))
    return tuple(gap for gap in gaps if gap.seconds >= PAUSE_SECONDS)


def silence_seconds(speech: Sequence[Span]) -> float:
    """All silence between the first and the last speech, in seconds.

    Gaps under 0.18 s are left out: the closure of a stop consonant is as long (Hieke, Kowal and
    O'Connell 1983 put the border between 130 and 250 ms).
    """
    gaps = (after.start - before.end for before, after in pairwise(speech))
    return float(sum(gap for gap in gaps if gap >= SILENCE_SECONDS))


def _detected(samples: Samples) -> tuple[Span, ...]:
    """What the voice activity detector takes for speech."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    if len(samples) < WINDOW:
        return ()
    # A copy: the detector clears the tail of the array it is given.
    found = get_speech_timestamps(samples.copy(), VadOptions(**_DETECTOR))
    return tuple(
        Span(float(item["start"]) / SAMPLE_RATE, float(item["end"]) / SAMPLE_RATE) for item in found
    )


def _gate(smooth: Levels, detected: Mask) -> float:
    """The level in dB below which a frame is silent: a little above the room's noise.

    Digital silence, which noise suppression leaves, is no measure of the noise around speech.
    """
    live = smooth > SILENT_DB + 1.0
    outside = smooth[live & ~detected]
    if len(outside) >= _ENOUGH_NOISE_FRAMES:
        noise = float(np.median(outside))
    elif live.any():
        noise = float(np.percentile(smooth[live], 5))
    else:
        return _LOWEST_GATE_DB
    return float(np.clip(noise + _ABOVE_NOISE_DB, _LOWEST_GATE_DB, _HIGHEST_GATE_DB))


def _decided(detected: Mask, quiet: Mask, found: Track) -> Mask:
    """Frames in which somebody speaks, from detector, level and periodicity."""
    speaking = _with_edges(detected, quiet)
    firm = ~detected & ~quiet & found.voiced & (found.strength >= _RESCUE_STRENGTH)
    ends = np.flatnonzero(detected)
    for first, last in runs(firm):
        if last - first >= _RESCUE_FRAMES and len(ends) and ends[0] < first < ends[-1]:
            speaking[first:last] = True
    for first, last in runs(quiet & speaking):
        at_edge = (
            first == 0 or last == len(speaking) or not (speaking[first - 1] and speaking[last])
        )
        if at_edge or last - first >= _CUT_FRAMES:
            speaking[first:last] = False
    return speaking


def _with_edges(detected: Mask, quiet: Mask) -> Mask:
    """The detected frames and up to 60 ms of sound right before and after each stretch."""
    widened = detected.copy()
    for first, last in runs(detected):
        before = np.flatnonzero(quiet[max(0, first - _EDGE_FRAMES) : first])
        start = max(0, first - _EDGE_FRAMES) + (before[-1] + 1 if len(before) else 0)
        after = np.flatnonzero(quiet[last : last + _EDGE_FRAMES])
        end = last + (after[0] if len(after) else _EDGE_FRAMES)
        widened[start:end] = True
    return widened


def _smoothed(levels: Levels) -> Levels:
    """Running mean over 50 ms, edges repeated."""
    if len(levels) == 0:
        return levels
    half = _SMOOTHED_FRAMES // 2
    padded = np.pad(levels, half, "edge")
    kernel = np.full(_SMOOTHED_FRAMES, 1.0 / _SMOOTHED_FRAMES, np.float32)
    return np.convolve(padded, kernel, "valid").astype(np.float32)


def _frames_of(spans: Sequence[Span], count: int) -> Mask:
    """Frames whose middle lies within a span, shape (count,)."""
    mask = np.zeros(count, np.bool_)
    lead = WINDOW / 2 / SAMPLE_RATE
    for span in spans:
        first = max(0, round((span.start - lead) / HOP_SECONDS))
        mask[first : max(0, round((span.end - lead) / HOP_SECONDS))] = True
    return mask


def _seconds(stretches: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Frame stretches as seconds: a frame stands for the 10 ms around its middle."""
    lead = (WINDOW - HOP) / 2 / SAMPLE_RATE
    return [
        (float(first) * HOP_SECONDS + lead, float(last) * HOP_SECONDS + lead)
        for first, last in stretches
    ]
