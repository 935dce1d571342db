"""Small sounds made on the spot, and the recordings the tests share."""

from __future__ import annotations

import io

import av
import numpy as np

from interview_coach.speech.decode import SAMPLE_RATE, Samples, decode
from tests.support.recordings import SPOKEN_ANSWER, wav

__all__ = ["encoded", "noise", "pulses", "seconds_of", "spoken", "wav"]

FORMANTS = ((700.0, 110.0), (1220.0, 120.0), (2600.0, 160.0))  # of a vowel like in "up"


def spoken() -> Samples:
    """Twenty-three seconds of a synthetic voice with pauses between its sentences."""
    return decode(SPOKEN_ANSWER)


def noise(seconds: float, level: float = 0.05, seed: int = 0) -> Samples:
    """White noise."""
    generator = np.random.default_rng(seed)
    return (generator.standard_normal(int(seconds * SAMPLE_RATE)) * level).astype(np.float32)


def pulses(hertz: np.ndarray, level: float = 0.3) -> Samples:
    """A buzzing vowel whose pitch is `hertz`, one value per sample."""
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    sound = np.zeros(len(hertz))
    for number in range(1, 30):
        frequency = number * hertz
        gain = sum(1.0 / (1.0 + ((frequency - peak) / wide) ** 2) for peak, wide in FORMANTS)
        sound += gain * np.sin(number * phase) * (frequency < SAMPLE_RATE / 2)
    return (level * sound / np.abs(sound).max()).astype(np.float32)


def seconds_of(samples: Samples) -> float:
    """Length in seconds."""
    return len(samples) / SAMPLE_RATE


def encoded(samples: Samples, container: str, codec: str, rate: int = 48_000) -> bytes:
    """The samples in a container, as browsers and phones send them."""
    target = io.BytesIO()
    with av.open(target, mode="w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size or 0
        )
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return target.getvalue()
