"""How somebody gets on: trend, skills, types and delivery over completed interviews."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import Any

from sqlmodel import Session

from interview_coach.analytics import repository
from interview_coach.analytics.calibration import Rated, calibrate
from interview_coach.analytics.schemas import (
    CalibrationView,
    DeliveryPoint,
    Progress,
    ProgressRequest,
    RatingPoint,
    Skill,
    Skills,
    Tone,
    TrendPoint,
    TypeProgress,
)
from interview_coach.analytics.service import check_time
from interview_coach.interviews.models import Interview

_MOST_RATED = 200
_MEASURES = (
    "words_per_minute",
    "fillers_per_100_words",
    "silence_ratio",
    "pitch_sd_semitones",
)
_TONES = ("positive", "neutral", "negative")


def progress(session: Session, user_id: str, asked: ProgressRequest) -> Progress:
    """How this user's completed interviews went in this time; 422 when it ends before it begins."""
    check_time(asked.since, asked.until)
    rows = repository.completed(session, user_id, asked)
    results = repository.results(session, user_id, asked)
    spoken = [(interview_id, result) for interview_id, kind, result in results if kind == "spoken"]
    skills = {name: _skill(rows, name) for name in Skills.model_fields}
    return Progress(
        trend=[point for row in rows if (point := _point(row)) is not None],
        skills=Skills(**skills),
        by_type=_by_type(rows),
        tone=_tone([result for _, _, result in results]),
        calibration=_calibration(rows),
        delivery=_delivery(rows, spoken),
    )


def calibration(session: Session, user_id: str) -> CalibrationView:
    """How this user's own ratings compare with the measure, over the newest of them."""
    return _calibration(repository.rated(session, user_id, _MOST_RATED))


def _calibration(rows: list[Interview]) -> CalibrationView:
    points = [point for row in rows if (point := _rating(row)) is not None]
    rated = [Rated(point.rating, point.score, point.low, point.high) for point in points]
    found = calibrate(rated)
    return CalibrationView(
        points=points,
        mean_difference=found.mean_difference,
        within_range=found.within_range,
        trend=found.trend,
        words=found.words,
    )


def _rating(row: Interview) -> RatingPoint | None:
    point = _point(row)
    if point is None or row.self_rating is None:
        return None
    rated = Rated(row.self_rating, point.score, point.low, point.high)
    return RatingPoint(
        **point.model_dump(),
        rating=row.self_rating,
        difference=rated.difference,
        within_range=rated.within,
    )


def _point(row: Interview) -> TrendPoint | None:
    if row.completed_at is None or row.overall_score is None:
        return None
    return TrendPoint(
        date=row.completed_at,
        interview_id=row.id,
        score=row.overall_score,
        low=row.overall_low,
        high=row.overall_high,
    )


def _mean(values: list[float]) -> float | None:
    return round(fmean(values), 2) if values else None


def _skill(rows: list[Interview], name: str) -> Skill:
    found = [row.scores[name] for row in rows if row.scores and row.scores.get(name) is not None]
    reason = None if found else "No completed interview of this time has this score."
    return Skill(score=_mean(found), interviews=len(found), reason=reason)


def _by_type(rows: list[Interview]) -> list[TypeProgress]:
    groups: dict[str, list[Interview]] = defaultdict(list)
    for row in rows:
        groups[row.type].append(row)
    made = []
    for kind, members in sorted(groups.items()):
        scores = [row.overall_score for row in members if row.overall_score is not None]
        made.append(
            TypeProgress.model_validate(
                {
                    "type": kind,
                    "interviews": len(members),
                    "average_score": _mean(scores),
                    "best_score": max(scores, default=None),
                }
            )
        )
    return made


def _tone(results: list[dict[str, Any]]) -> Tone:
    found = [one for result in results if (one := (result.get("metrics") or {}).get("tone"))]
    if not found:
        reason = "No answer of this time has a tone: it is named where a model of tone is set up."
        return Tone(values=None, reason=reason)
    return Tone(
        values={name: round(fmean(one[name] for one in found), 2) for name in _TONES}, reason=None
    )


def _delivery(
    rows: list[Interview], results: list[tuple[str, dict[str, Any]]]
) -> list[DeliveryPoint]:
    metrics: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for interview_id, result in results:
        metrics[interview_id].append(result.get("metrics") or {})
    made = []
    for row in rows:
        heard = metrics.get(row.id)
        if not heard or row.completed_at is None:
            continue
        means = {
            name: _mean([one[name] for one in heard if one.get(name) is not None])
            for name in _MEASURES
        }
        made.append(
            DeliveryPoint(date=row.completed_at, interview_id=row.id, answers=len(heard), **means)
        )
    return made
