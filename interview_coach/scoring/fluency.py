"""Fluency: rate, pauses, fillers and repairs.

Knots after Laske and DiGennaro Reed 2024 (fillers), Kahng 2018 (pauses inside clauses) and the
pace of conversation (140-190 words a minute, about 5 syllables a second). Per 100 means per 100
words that count: fillers, passages said before and instructions are in no denominator, so that
none of them dilutes another. The time of a filler carries no words either, so it is in the pauses
too: put into a silence it changes nothing there and costs as a filler, so it can never help.
"""

from __future__ import annotations

from interview_coach.scoring.curves import curve
from interview_coach.scoring.delivery import Delivery, Pauses
from interview_coach.scoring.profiles import PROFILES, STANDARD, Profile
from interview_coach.scoring.types import Adjustment, Part, ScoreParts

WORST_PART_MARGIN = 45.0

ARTICULATION = curve((5.6, 100), (6.2, 80), (7.0, 45), (8.0, 15))
FILLERS = curve((0, 100), (2, 98), (3.3, 90), (5, 70), (8, 40), (12, 15), (18, 0))
REPAIRS = curve((0, 100), (1, 95), (3, 70), (6, 35), (12, 0))


def per_hundred(count: float, words: int) -> float:
    """A count per 100 words."""
    return count * 100.0 / max(1, words)


def score_fluency(
    delivery: Delivery | None,
    repairs: int,
    reason: str | None,
    profile: Profile = PROFILES[STANDARD],
) -> ScoreParts:
    """Fluency from delivery; `reason` says why there is none."""
    if delivery is None:
        return ScoreParts("fluency", (), (), reason or "there are no word times")
    words = delivery.rate_words
    fillers = per_hundred(delivery.filler_weight, words)
    parts = (
        Part("rate", "Pace", 0.30, *_rate(delivery, profile)),
        Part("pauses", "Pauses", 0.28, *_pauses(delivery, delivery.pauses_and_fillers, profile)),
        Part("fillers", "Fillers", 0.27, FILLERS(fillers), _filler_words(delivery, fillers)),
        Part(
            "repairs",
            "Repeats and restarts",
            0.15,
            REPAIRS(per_hundred(repairs, words)),
            f"{repairs}, {per_hundred(repairs, words):.1f} per 100 words",
        ),
    )
    adjustments: list[Adjustment] = []
    limited = _limited(parts)
    if limited < _mean(parts):
        worst = min(parts, key=lambda part: part.value or 0.0)
        adjustments.append(
            Adjustment(
                "worst_part",
                "Worst part limits fluency",
                limited,
                f"{worst.label.lower()} {worst.value:g} + {WORST_PART_MARGIN:g} at most",
            )
        )
    return ScoreParts("fluency", parts, tuple(adjustments))


def _mean(parts: tuple[Part, ...]) -> float:
    total = sum(part.weight for part in parts if part.value is not None)
    return sum(part.weight * part.value for part in parts if part.value is not None) / total


def _limited(parts: tuple[Part, ...]) -> float:
    worst = min(part.value for part in parts if part.value is not None)
    return min(_mean(parts), worst + WORST_PART_MARGIN)


def _rate(delivery: Delivery, profile: Profile) -> tuple[float, str]:
    pace = words_per_minute(delivery)
    value = profile.rate(pace)
    measure = f"{pace:.0f} words a minute"
    articulation = articulation_rate(delivery)
    if articulation is not None:
        value = min(value, ARTICULATION(articulation))
        measure += f", {articulation:.1f} syllables a second"
    return value, measure


def words_per_minute(delivery: Delivery) -> float:
    """Words that are not fillers per minute, from the first speech to the last."""
    return delivery.words * 60.0 / delivery.seconds


def articulation_rate(delivery: Delivery) -> float | None:
    """Syllables a second of speech, pauses and fillers left out; None without speech time."""
    return delivery.syllables / delivery.speech if delivery.speech > 0 else None


def silence_ratio(delivery: Delivery, pauses: Pauses) -> float:
    """Silence / (silence + speech without fillers and padding)."""
    whole = pauses.silence + delivery.rate_speech
    return pauses.silence / whole if whole > 0 else 0.0


def _pauses(
    delivery: Delivery, pauses: Pauses, profile: Profile = PROFILES[STANDARD]
) -> tuple[float, str]:
    share = silence_ratio(delivery, pauses)
    long = per_hundred(pauses.long, delivery.rate_words)
    values = [(0.4, profile.silence(share)), (0.3, profile.long_pauses(long))]
    measure = f"{share * 100:.0f} % silence and fillers, {long:.1f} long pauses per 100 words"
    if pauses.inside is not None:
        inside = per_hundred(pauses.inside, delivery.rate_words)
        values.append((0.3, profile.inside_pauses(inside)))
        measure += f", {inside:.1f} inside clauses"
    total = sum(part for part, _ in values)
    return round(sum(part * value for part, value in values) / total, 1), measure


def _filler_words(delivery: Delivery, rate: float) -> str:
    certain = sum(filler.certain for filler in delivery.fillers)
    probable = len(delivery.fillers) - certain
    heard = f"{certain} heard" + (f", {probable} probable at half" if probable else "")
    return f"{heard}, {rate:.1f} per 100 words"
