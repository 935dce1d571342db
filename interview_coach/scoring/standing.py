"""Where each measure of delivery stands on the curve it is scored by.

The same numbers the scores are made of: parts that join several measures (pace, pauses) hide which
of them is at fault, so each is told by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import HEDGES, LOUDNESS, PITCH, unhedged_words
from interview_coach.scoring.curves import Curve
from interview_coach.scoring.delivery import Delivery
from interview_coach.scoring.fluency import (
    ARTICULATION,
    FILLERS,
    REPAIRS,
    articulation_rate,
    per_hundred,
    silence_ratio,
    words_per_minute,
)
from interview_coach.scoring.profiles import PROFILES, STANDARD, Profile
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.types import SoundMeasures

_SAME_CURVE: dict[str, Curve] = {
    "articulation_rate": ARTICULATION,
    "fillers_per_100_words": FILLERS,
    "repairs_per_100_words": REPAIRS,
    "hedges_per_100_words": HEDGES,
    "pitch_sd_semitones": PITCH,
    "loudness_sd_db": LOUDNESS,
}
# Measures that other languages have too, in a form that can be put beside what is shown of them.
_ANY_LANGUAGE = frozenset(
    {
        "silence_and_filler_ratio",
        "long_pauses_per_100_words",
        "mid_clause_pauses_per_100_words",
        "fillers_per_100_words",
        "repairs_per_100_words",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure as it was scored: `at` on its curve, worth `value` (0-100).

    Rates are per 100 words that carry the answer, ratios 0-1; fillers count as silence in pauses.
    """

    measure: str
    at: float
    value: float


def curves_of(profile: Profile = PROFILES[STANDARD]) -> dict[str, Curve]:
    """The curve of every measure that has one, by its name, for a speech profile."""
    return {
        **_SAME_CURVE,
        "words_per_minute": profile.rate,
        "silence_and_filler_ratio": profile.silence,
        "long_pauses_per_100_words": profile.long_pauses,
        "mid_clause_pauses_per_100_words": profile.inside_pauses,
        "hesitations_per_100_words": profile.hesitation,
    }


def standings_json(
    said: AnswerText | None,
    heard: AnswerText | None,
    delivery: Delivery | None,
    sound: SoundMeasures | None,
    repairs: int,
    *,
    profile: Profile,
    language: str = ENGLISH,
) -> list[dict[str, Any]]:
    """The standing of each measure there is, as plain dicts; said, heard: None in languages whose
    words are not read."""
    curves = curves_of(profile)
    measured = [
        *_delivered(delivery, repairs),
        *_worded(said, heard, delivery),
        *_voiced(sound),
    ]
    return [
        asdict(Standing(name, round(at, 4), curves[name](at)))
        for name, at in measured
        if math.isfinite(at) and (language == ENGLISH or name in _ANY_LANGUAGE)
    ]


def _delivered(delivery: Delivery | None, repairs: int) -> Iterator[tuple[str, float]]:
    if delivery is None:
        return
    words, pauses = delivery.rate_words, delivery.pauses_and_fillers
    yield "words_per_minute", words_per_minute(delivery)
    articulation = articulation_rate(delivery)
    if articulation is not None:
        yield "articulation_rate", articulation
    yield "silence_and_filler_ratio", silence_ratio(delivery, pauses)
    yield "long_pauses_per_100_words", per_hundred(pauses.long, words)
    if pauses.inside is not None:
        yield "mid_clause_pauses_per_100_words", per_hundred(pauses.inside, words)
    yield "fillers_per_100_words", per_hundred(delivery.filler_weight, words)
    yield "repairs_per_100_words", per_hundred(repairs, words)


def _worded(
    said: AnswerText | None, heard: AnswerText | None, delivery: Delivery | None
) -> Iterator[tuple[str, float]]:
    if said is None:
        return
    words = unhedged_words(said)
    if words:
        yield "hedges_per_100_words", per_hundred(sum(one.counts for one in said.hedges), words)
    if heard is not None and delivery is not None and delivery.hesitations is not None:
        rate = per_hundred(delivery.hesitations, unhedged_words(heard))
        yield "hesitations_per_100_words", rate


def _voiced(sound: SoundMeasures | None) -> Iterator[tuple[str, float]]:
    if sound is None:
        return
    if sound.pitch is not None:
        yield "pitch_sd_semitones", sound.pitch.sd_semitones
    if sound.loudness is not None:
        yield "loudness_sd_db", sound.loudness.sd_db
