"""From parts to scores, and to rows that show what each part cost.

Every row can be recomputed by hand: cost = weight x (100 - value) / 100, where the weight is the
part's share of the overall score after missing parts and scores are left out. The rows sum to
100 minus the overall score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach.scoring.curves import curve, whole
from interview_coach.scoring.fit import OFF_QUESTION_MOST, Fit
from interview_coach.scoring.judge import Judged, moved_by
from interview_coach.scoring.types import OVERALL_WEIGHTS, ScoreParts

# The less an answer holds at all, the less its delivery counts.
EMPTY_FACTOR = curve((0, 0.05), (20, 1))
# A rule that does not say that the answer is to another question: a judge may still find more.
_OPEN_TO_A_JUDGE = frozenset({"scale"})
LEAST_MEASURED = 0.5


@dataclass(frozen=True, slots=True)
class Composed:
    """Scores as shown, the rows behind them, and the reasons for what is not scored."""

    scores: dict[str, int | None]
    rows: list[dict[str, Any]]
    not_scored: list[dict[str, str]]


def nothing_scored(reason: str) -> Composed:
    """No score at all, each with the same reason."""
    names = ("overall", *OVERALL_WEIGHTS)
    reasons = [{"score": name, "reason": reason} for name in names]
    return Composed(dict.fromkeys(names), [], reasons)


def measured_weight(parts: ScoreParts) -> float:
    """The share of a score's weight that could be measured, 0-1."""
    if parts.not_scored is not None:
        return 0.0
    return round(sum(part.weight for part in parts.parts if part.value is not None), 6)


def compose(
    scored: Sequence[ScoreParts], judged: Judged | None = None, fit: Fit | None = None
) -> Composed:
    """All scores and the waterfall of an answer. judged: may move content a little. fit: whether
    the answer is to the question."""
    given = [item for item in scored if measured_weight(item) >= LEAST_MEASURED]
    not_scored = [
        {"score": item.score, "reason": _reason(item)} for item in scored if item not in given
    ]
    scores: dict[str, int | None] = {"overall": None}
    scores.update({item.score: None for item in scored})
    total = sum(OVERALL_WEIGHTS[item.score] for item in given)
    rows: list[dict[str, Any]] = []
    measured: int | None = None
    for item in given:
        own = rows_of(item, OVERALL_WEIGHTS[item.score] * 100 / total)
        rows.extend(own)
        value = _value(item)
        if item.score == "content":
            measured = whole(_value(item, but="off_question"))
        if judged is not None and item.score == "content":
            move = moved_by(judged, value, limited=_limited(item))
            rows.extend(_judge_row(judged, value, move, OVERALL_WEIGHTS["content"] * 100 / total))
            value += move
        scores[item.score] = whole(value)
    if total < 100 * LEAST_MEASURED:
        not_scored.insert(0, {"score": "overall", "reason": "too few of the scores could be given"})
        return Composed(scores, [], not_scored)
    overall = round(100 - sum(row["cost"] for row in rows), 2)
    overall = _lowered(rows, overall, measured, fit)
    scores["overall"] = whole(overall)
    return Composed(scores, rows, not_scored)


def _lowered(
    rows: list[dict[str, Any]], overall: float, content: int | None, fit: Fit | None
) -> float:
    """The overall score after the rules on answers that are empty or off the question, each with
    its row. content: as measured, so that a judge moves the overall score by its own row alone,
    and before it is lowered as off the question, which is not to be counted twice."""
    if content is not None and (factor := round(EMPTY_FACTOR.exact(content), 3)) < 1.0:
        value = round(overall * factor, 2)
        measure = f"content {content}: overall x {factor:g}"
        rows.append(_rule_row("empty", "Little in it", measure, round(overall - value, 2)))
        overall = value
    if fit is not None and fit.off_question:
        value = min(round(overall * fit.factor, 2), OFF_QUESTION_MOST)
        measure = f"{fit.told}: x {fit.factor:g}, {OFF_QUESTION_MOST:g} at most"
        if value < overall:
            cost = round(overall - value, 2)
            rows.append(_rule_row("off_question", "Off the question", measure, cost))
            overall = value
    return overall


def _limited(item: ScoreParts) -> bool:
    return any(rule.part not in _OPEN_TO_A_JUDGE for rule in item.adjustments)


def _value(item: ScoreParts, but: str = "") -> float:
    """A score from its parts and adjustments, not rounded. but: an adjustment to leave out."""
    total = sum(part.weight for part in item.parts if part.value is not None)
    value = sum(part.weight * part.value for part in item.parts if part.value is not None) / total
    for adjustment in item.adjustments:
        if adjustment.part != but:
            value = min(value, adjustment.lowered_to)
    return value


def rows_of(item: ScoreParts, points: float) -> list[dict[str, Any]]:
    """The rows of one score, whose share of the overall score is `points` of 100."""
    total = sum(part.weight for part in item.parts if part.value is not None)
    rows: list[dict[str, Any]] = []
    value = 0.0
    for part in item.parts:
        if part.value is None:
            continue
        share = part.weight / total
        value += share * part.value
        rows.append(
            {
                "score": item.score,
                "part": part.part,
                "label": part.label,
                "weight": round(points * share, 2),
                "value": part.value,
                "measure": part.measure,
                "cost": round(points * share * (100 - part.value) / 100, 2),
            }
        )
    for adjustment in item.adjustments:
        lowered = min(value, adjustment.lowered_to)
        if round(points * (value - lowered) / 100, 2) == 0:
            continue
        rows.append(
            {
                "score": item.score,
                "part": adjustment.part,
                "label": adjustment.label,
                "weight": None,
                "value": None,
                "measure": adjustment.measure,
                "cost": round(points * (value - lowered) / 100, 2),
            }
        )
        value = lowered
    return rows


def _judge_row(judged: Judged, content: float, move: float, points: float) -> list[dict[str, Any]]:
    """The row of a judge that moved content; `points` is the share of content of 100."""
    if round(points * move / 100, 2) == 0:
        return []
    return [
        {
            "score": "content",
            "part": "judge",
            "label": f"Judged by {judged.engine}",
            "weight": None,
            "value": None,
            "measure": f"judged {judged.value:g}, measured {content:.1f}: content {move:+.1f}",
            "cost": -round(points * move / 100, 2),
        }
    ]


def _rule_row(part: str, label: str, measure: str, cost: float) -> dict[str, Any]:
    return {
        "score": "overall",
        "part": part,
        "label": label,
        "weight": None,
        "value": None,
        "measure": measure,
        "cost": cost,
    }


def _reason(item: ScoreParts) -> str:
    if item.not_scored is not None:
        return item.not_scored
    missing = [f"{part.label.lower()}: {part.measure}" for part in item.parts if part.value is None]
    return "less than half of it could be measured (" + "; ".join(missing) + ")"
