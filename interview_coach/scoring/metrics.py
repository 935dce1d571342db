"""What was measured, as it is told beside the scores: one shape for every language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from interview_coach.scoring.delivery import PROBABLE_FILLER_WEIGHT, Delivery
from interview_coach.scoring.fluency import (
    articulation_rate,
    per_hundred,
    silence_ratio,
    words_per_minute,
)
from interview_coach.speech.pauses import response_latency
from interview_coach.speech.types import Filler, SoundMeasures


def rounded(value: float | None, places: int) -> float | None:
    """A finite number rounded, None for everything else."""
    return None if value is None or not math.isfinite(value) else round(value, places)


def time_metrics(
    delivery: Delivery | None, sound: SoundMeasures | None, duration_seconds: float | None
) -> dict[str, Any]:
    """Pace and pauses; seconds, words a minute, syllables a second, shares of 0-1."""
    duration = sound.duration_seconds if sound else duration_seconds
    articulation = articulation_rate(delivery) if delivery else None
    share = silence_ratio(delivery, delivery.pauses) if delivery else None
    return {
        "duration_seconds": rounded(duration, 2),
        "speaking_seconds": rounded(delivery.seconds if delivery else None, 2),
        "words_per_minute": rounded(words_per_minute(delivery) if delivery else None, 1),
        "articulation_rate": rounded(articulation, 2),
        "pause_count": delivery.pauses.count if delivery else None,
        "long_pause_count": delivery.pauses.long if delivery else None,
        "thinking_pause_count": delivery.thinking if delivery else None,
        "dead_pause_count": delivery.dead if delivery else None,
        "response_latency_seconds": response_latency(sound) if sound else None,
        "mid_clause_pause_count": delivery.pauses.inside if delivery else None,
        "silence_ratio": rounded(share, 3),
    }


def filler_metrics(fillers: Sequence[Filler], words: int) -> dict[str, Any]:
    """Fillers one by one and per 100 of `words`, which are no fillers; a probable one is a half."""
    weighted = sum(1.0 if filler.certain else PROBABLE_FILLER_WEIGHT for filler in fillers)
    return {
        "filler_count": len(fillers),
        "fillers_per_100_words": rounded(per_hundred(weighted, words), 2) if words else None,
        "fillers": [
            {
                "text": filler.text,
                "start": rounded(filler.start, 3),
                "end": rounded(filler.end, 3),
                "certain": filler.certain,
            }
            for filler in fillers
        ],
    }


def voice_metrics(sound: SoundMeasures | None) -> dict[str, Any]:
    """How far pitch (semitones) and loudness (dB) vary; None where there is too little voice."""
    pitch = sound.pitch.sd_semitones if sound and sound.pitch else None
    loudness = sound.loudness.sd_db if sound and sound.loudness else None
    return {"pitch_sd_semitones": rounded(pitch, 2), "loudness_sd_db": rounded(loudness, 2)}
