"""One score for an interview out of the scores of its answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from interview_coach.scoring.curves import whole
from interview_coach.scoring.types import SCORES

# Answers of one interview err together (same microphone, same speaker): their errors are taken
# to correlate by this much, so five answers narrow the interval by about a quarter only.
SHARED_ERROR = 0.4


def combine(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The overall of an interview from its answers in JSON (the take of each question that counts).

    Each score is the mean of the answers that have it. Returns `overall` {score, low, high} or
    None when nothing was scored, `scores`, `intervals`, and `parts`: per part the mean weight,
    value and cost, so that 100 minus the costs is the overall before rounding.
    """
    scored = [answer for answer in answers if answer["scores"].get("overall") is not None]
    overall = _mean_with_interval(scored, "overall")
    intervals = {name: _mean_with_interval(answers, name) for name in SCORES}
    return {
        "overall": overall,
        "scores": {name: row["score"] if row else None for name, row in intervals.items()},
        "intervals": intervals,
        "parts": _parts(scored),
    }


def _exact(answer: dict[str, Any], name: str) -> float:
    """A score before rounding where the rows give it, else the whole number."""
    if name == "overall" and answer.get("parts"):
        return float(100 - sum(row["cost"] for row in answer["parts"]))
    return float(answer["scores"][name])


def _mean_with_interval(answers: Sequence[dict[str, Any]], name: str) -> dict[str, int] | None:
    given = [answer for answer in answers if answer["scores"].get(name) is not None]
    if not given:
        return None
    count = len(given)
    value = whole(sum(_exact(answer, name) for answer in given) / count)
    halves = [
        (interval["high"] - interval["low"]) / 2
        for answer in given
        if (interval := (answer.get("intervals") or {}).get(name) or _own_interval(answer, name))
    ]
    half = 0.0
    if halves:
        narrowing = math.sqrt((1 + (count - 1) * SHARED_ERROR) / count)
        half = sum(halves) / len(halves) * narrowing
    width = math.ceil(round(half, 6))
    return {"score": value, "low": max(0, value - width), "high": min(100, value + width)}


def _own_interval(answer: dict[str, Any], name: str) -> dict[str, int] | None:
    return answer.get("interval") if name == "overall" else None


def _parts(answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for answer in answers:
        for row in answer.get("parts") or ():
            grouped.setdefault((row["score"], row["part"]), []).append(row)
    count = len(answers)
    return [_merged_row(rows, count) for rows in grouped.values()]


def _merged_row(rows: Sequence[dict[str, Any]], count: int) -> dict[str, Any]:
    first = rows[0]
    measured = [row for row in rows if row["value"] is not None]
    weight = round(sum(row["weight"] for row in measured) / count, 2) if measured else None
    weighted = sum(row["weight"] * row["value"] for row in measured)
    total = sum(row["weight"] for row in measured)
    return {
        "score": first["score"],
        "part": first["part"],
        "label": first["label"],
        "weight": weight,
        "value": round(weighted / total, 1) if total else None,
        "measure": first["measure"]
        if count == 1
        else f"mean of {len(rows)} answers"
        if measured and len(rows) > 1
        else f"in {len(rows)} of {count} answers",
        "cost": round(sum(row["cost"] for row in rows) / count, 2),
    }
