"""Confidence of delivery: hedges, hesitation, ownership, variation of pitch and loudness.

How sure the words and the voice sound, not how the candidate feels: no emotion is inferred, and
absolute pitch and loudness play no part. More variation is better.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.delivery import Delivery
from interview_coach.scoring.fluency import per_hundred
from interview_coach.scoring.profiles import PROFILES, STANDARD, Profile
from interview_coach.scoring.types import Part, ScoreParts
from interview_coach.speech.types import SoundMeasures
from interview_coach.speech.word_classes import word_set

HEDGES = curve((1, 100), (2, 90), (4, 65), (7, 35), (12, 0))
OWNERSHIP = curve((0, 10), (0.25, 30), (0.45, 46), (0.65, 75), (0.8, 100))
PITCH = curve((1.0, 30), (1.5, 50), (2.0, 70), (2.6, 85), (3.2, 100))
LOUDNESS = curve((1.5, 40), (3, 75), (5, 100))

_OWN = word_set("i im ive id my myself ill")
_SHARED = word_set("we weve our ourselves us")


def own_and_shared(answer: AnswerText) -> tuple[int, int]:
    """How often "I" and how often "we" is said, hedges ("I think") and repeats left out."""
    hedged = hedge_places(answer)
    words = [answer.core[place].norm for place in answer.new if place not in hedged]
    return sum(word in _OWN for word in words), sum(word in _SHARED for word in words)


def hedge_places(answer: AnswerText) -> set[int]:
    """The places in core that any hedge phrase takes, counted or not."""
    return {place for hedge in answer.hedges for place in range(hedge.first, hedge.last + 1)}


def unhedged_words(answer: AnswerText) -> int:
    """Words that count without those of hedges, so that a hedge dilutes nothing."""
    hedged = hedge_places(answer)
    carrying = sum(place not in hedged for place in answer.new)
    return max(carrying, answer.rate_words - len(hedged))


def score_confidence(
    said: AnswerText,
    heard: AnswerText | None,
    delivery: Delivery | None,
    sound: SoundMeasures | None,
    profile: Profile = PROFILES[STANDARD],
) -> ScoreParts:
    """Confidence from the words (`said`), their times (`heard`, `delivery`) and the sound."""
    parts: Sequence[Part] = (
        _hedges(said),
        _hesitation(heard, delivery, profile),
        _ownership(said),
        _pitch(sound),
        _loudness(sound),
    )
    return ScoreParts("confidence", tuple(parts))


def _hedges(said: AnswerText) -> Part:
    count = sum(hedge.counts for hedge in said.hedges)
    words = unhedged_words(said)
    rate = per_hundred(count, words)
    measure = f"{count}, {rate:.1f} per 100 words"
    return Part("hedges", "Hedges", 0.40, HEDGES(rate) if words else None, measure)


def _hesitation(heard: AnswerText | None, delivery: Delivery | None, profile: Profile) -> Part:
    label = "Hesitation before key words"
    if heard is None or delivery is None or delivery.hesitations is None:
        return Part("hesitation", label, 0.20, None, "needs the times of the words")
    rate = per_hundred(delivery.hesitations, unhedged_words(heard))
    return Part(
        "hesitation", label, 0.20, profile.hesitation(rate), f"{delivery.hesitations} of them"
    )


def _ownership(said: AnswerText) -> Part:
    label = 'Ownership ("we" for "I")'
    own, shared = own_and_shared(said)
    if own + shared == 0:
        return Part("ownership", label, 0.15, None, 'neither "I" nor "we" is said')
    value = OWNERSHIP(own / (own + shared))
    return Part("ownership", label, 0.15, value, f'"we" {shared} times, "I" {own}')


def _pitch(sound: SoundMeasures | None) -> Part:
    label = "Pitch variation"
    if sound is None:
        return Part("pitch", label, 0.15, None, "there is no recording")
    if sound.pitch is None:
        return Part("pitch", label, 0.15, None, "too little voice to measure pitch")
    spread = sound.pitch.sd_semitones
    return Part("pitch", label, 0.15, PITCH(spread), f"{spread:.1f} semitones")


def _loudness(sound: SoundMeasures | None) -> Part:
    label = "Loudness variation"
    if sound is None:
        return Part("loudness", label, 0.10, None, "there is no recording")
    if sound.loudness is None:
        return Part("loudness", label, 0.10, None, "too little voice to measure loudness")
    spread = sound.loudness.sd_db
    return Part("loudness", label, 0.10, LOUDNESS(spread), f"{spread:.1f} dB")
