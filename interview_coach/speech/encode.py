"""Samples to one WebM/Opus recording, for playing back what was recorded in several pieces."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np

from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.types import SpeechError

OPUS_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)
BIT_RATE = 32_000  # transparent for speech at 16 kHz


def encode_webm(samples: Samples, *, sample_rate: int = SAMPLE_RATE) -> bytes:
    """One complete WebM file, Opus, mono, with its duration and an index in the header.

    samples: shape (n,), float32, full scale 1. sample_rate: one of `OPUS_RATES`, else ValueError.
    Raises SpeechError `empty` for no samples.
    """
    import av

    if sample_rate not in OPUS_RATES:
        raise ValueError(f"Opus takes {OPUS_RATES}, not {sample_rate} samples a second")
    if len(samples) == 0:
        raise SpeechError("empty", "There is no sound to write.")
    clipped = np.clip(np.nan_to_num(samples), -1.0, 1.0)
    pcm = (clipped * 32767.0).round().astype(np.int16).reshape(1, -1)
    target = io.BytesIO()
    with av.open(target, mode="w", format="webm") as container:
        stream = container.add_stream("libopus", rate=sample_rate, layout="mono")
        stream.bit_rate = BIT_RATE
        step = sample_rate
        for start in range(0, pcm.shape[1], step):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(pcm[:, start : start + step]), format="s16", layout="mono"
            )
            frame.sample_rate = sample_rate
            frame.time_base = Fraction(1, sample_rate)
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()
