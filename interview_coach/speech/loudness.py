"""How much the level of the voice varies. The level itself is never measured or scored."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.framing import HOP_SECONDS, Levels
from interview_coach.speech.types import Loudness

LEAST_VOICED_SECONDS = 1.0


def loudness_of(levels: Levels, voiced: NDArray[np.bool_]) -> Loudness | None:
    """Standard deviation and 5-95 % range of the voiced frames' level, both in dB.

    levels, voiced: shape (frames,). Gain adds the same to every level, so it changes neither.
    None with less than one second of voiced frames.
    """
    heard = levels[voiced].astype(np.float64)
    if len(heard) * HOP_SECONDS < LEAST_VOICED_SECONDS:
        return None
    low, high = np.percentile(heard, [5, 95])
    return Loudness(float(heard.std()), float(high - low))
