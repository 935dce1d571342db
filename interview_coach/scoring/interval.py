"""How far a score may be off: a bootstrap over sentences, with floors for what is not known.

The bootstrap is seeded by the text and runs on whole numbers, so the same answer gives the same
interval on every machine.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import HEDGES
from interview_coach.scoring.content import (
    RELEVANCE_WEIGHT,
    SCALE,
    SPECIFICITY_WEIGHT,
    SUBJECT_SHARE,
    WORDING_WEIGHT,
    Content,
)
from interview_coach.scoring.curves import Curve
from interview_coach.scoring.delivery import Delivery
from interview_coach.scoring.fluency import FILLERS
from interview_coach.scoring.profiles import PROFILES, STANDARD, Profile
from interview_coach.scoring.relevance import RELEVANCE
from interview_coach.scoring.specificity import POINTS, SPECIFICITY
from interview_coach.scoring.wording import CHANCE

ROUNDS = 200
LOW_PROBABILITY = 0.6
FLOOR = 4.0
FLOOR_PER_ROOT_WORD = 60.0
LOW_PROBABILITY_WIDTH = 5.0
DRAFT_WIDTH = 3.0
MISSING_MODALITY_WIDTH = 3.0


_Floats = npt.NDArray[np.float64]
_Whole = npt.NDArray[np.int64]


def floor_width(
    words: int, mean_probability: float | None, missing_modalities: int, *, draft: bool
) -> tuple[float, float]:
    """The least half-width in points, and what is added to any half-width."""
    added = MISSING_MODALITY_WIDTH * missing_modalities
    if draft or (mean_probability is not None and mean_probability < LOW_PROBABILITY):
        added += LOW_PROBABILITY_WIDTH
    if draft:
        added += DRAFT_WIDTH
    return FLOOR + FLOOR_PER_ROOT_WORD / math.sqrt(max(1, words)), added


def spread(
    answer: AnswerText,
    content: Content,
    delivery: Delivery | None,
    profile: Profile = PROFILES[STANDARD],
) -> dict[str, float]:
    """Half of the 10-90 % range of each score over resampled sentences, in points.

    answer: the stream the delivery was measured on. Scores without sampled parts are left out.
    """
    units = len(answer.units)
    if units < 2:
        return {}
    unit_of = {place: index for index, unit in enumerate(answer.units) for place in unit.words}
    picks = _picks(" ".join(answer.norms(answer.new)), units)
    words = _sums(picks, [len(unit.words) for unit in answer.units])
    words = np.maximum(words, 1)
    widths: dict[str, _Floats] = {}
    hedges = _counts(units, unit_of, (hedge.first for hedge in answer.hedges if hedge.counts))
    widths["confidence"] = 0.4 * _values(HEDGES, _sums(picks, hedges) * 100 / words)
    widths["content"] = _content(picks, words, units, unit_of, content)
    if delivery is not None and delivery.hesitations is not None:
        fillers = _sums(picks, _counts(units, unit_of, delivery.filler_places))
        inside = _sums(picks, _counts(units, unit_of, delivery.inside_places))
        widths["fluency"] = 0.27 * _values(FILLERS, fillers * 100 / words) + 0.084 * _values(
            profile.inside_pauses, inside * 100 / words
        )
    found = {name: _half_range(samples) for name, samples in widths.items()}
    shares = {"confidence": 0.2, "content": 0.4, "fluency": 0.25}
    found["overall"] = _half_range(
        np.sum([shares[name] * samples for name, samples in widths.items()], axis=0)
    )
    return found


def _content(
    picks: _Whole, words: _Whole, units: int, unit_of: dict[int, int], content: Content
) -> _Floats:
    points = [0] * units
    for detail in content.details:
        if detail.first in unit_of:
            points[unit_of[detail.first]] += round(POINTS[detail.kind] * 10)
    specific = _sums(picks, points) * 10 / np.maximum(words, 120)
    samples: _Floats = SPECIFICITY_WEIGHT * _values(SPECIFICITY, specific)
    weights, known = zip(*content.wording.by_unit, strict=True)
    drawn: _Whole = np.minimum(picks, 1)
    roots = np.sqrt(np.maximum(_sums(drawn, known), 1))
    shared = 100 * np.sqrt(roots * np.sqrt(roots))  # `wording.amount`
    odds = drawn @ np.asarray(weights, dtype=np.int64) / shared[:, None] + content.wording.beside
    samples = samples + WORDING_WEIGHT * _values(CHANCE, odds).mean(axis=1)
    placed = [
        (unit_of[item.first], round(item.share * 1000))
        for item in content.coverages
        if item.first is not None and item.first in unit_of
    ]
    if placed:
        reached = np.zeros(len(picks), dtype=np.int64)
        for unit, share in placed:
            reached += np.where(picks[:, unit] > 0, share, 0)
        covered: _Floats = reached / (1000.0 * len(content.coverages))
        share_of_points = RELEVANCE_WEIGHT * (1 - SUBJECT_SHARE)
        samples = samples + share_of_points * _values(RELEVANCE, covered)
    # Around where the parts together stand, so that the scale is as steep as it is there.
    middle = np.sort(samples)[len(samples) // 2]
    return _values(SCALE, samples - middle + content.together)


def _counts(units: int, unit_of: dict[int, int], places: Iterable[int]) -> list[int]:
    counts = [0] * units
    for place in places:
        if place in unit_of:
            counts[unit_of[place]] += 1
    return counts


def _picks(seed_text: str, units: int) -> _Whole:
    """How often each unit is drawn in each round: ROUNDS x units, rows summing to `units`."""
    digest = hashlib.sha256(seed_text.encode()).digest()
    seed = int.from_bytes(digest[:8], "little")
    index = np.arange(1, ROUNDS * units + 1, dtype=np.uint64)
    # splitmix64 (Steele, Lea and Flood 2014): counter-based, the same on every machine
    with np.errstate(over="ignore"):
        state = np.uint64(seed) + index * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    drawn = ((state >> np.uint64(11)) % np.uint64(units)).astype(np.int64).reshape(ROUNDS, units)
    flat = drawn + np.arange(ROUNDS, dtype=np.int64)[:, None] * units
    return np.bincount(flat.ravel(), minlength=ROUNDS * units).reshape(ROUNDS, units)


def _sums(picks: _Whole, counts: Sequence[int]) -> _Whole:
    return picks @ np.asarray(counts, dtype=np.int64)


def _values(line: Curve, measures: _Floats) -> _Floats:
    places = [place for place, _ in line.knots]
    return np.asarray(np.interp(measures, places, [value for _, value in line.knots]))


def _half_range(samples: _Floats) -> float:
    ordered = np.sort(samples)
    return round(float(ordered[ROUNDS * 9 // 10 - 1] - ordered[ROUNDS // 10]) / 2, 3)
