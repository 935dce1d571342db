"""The arithmetic of a benchmark: percentiles, shares and the log line of an analysis. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_PAIR = re.compile(r"(\w+)=('[^']*'|\S+)")
_TIMED = ("decode", "recognise", "measure", "score")


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: a value that was really measured, never one in between.

    share: 0 < share <= 1. ValueError for no values or a share outside.
    """
    if not values:
        raise ValueError("there is nothing to take a percentile of")
    if not 0 < share <= 1:
        raise ValueError(f"a percentile's share lies in (0, 1], not at {share}")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def spread(values: Sequence[float], digits: int = 3) -> dict[str, float | int]:
    """count, p50, p95, smallest and largest of the values, rounded."""
    return {
        "count": len(values),
        "p50": round(percentile(values, 0.5), digits),
        "p95": round(percentile(values, 0.95), digits),
        "smallest": round(min(values), digits),
        "largest": round(max(values), digits),
    }


@dataclass(frozen=True)
class Analysed:
    """What the worker says of one analysis. ended: seconds since 1970; the others in seconds."""

    answer_id: str
    ended: float
    decode: float
    recognise: float
    measure: float
    score: float

    @property
    def began(self) -> float:
        """When decoding began, seconds since 1970."""
        return self.ended - self.decode - self.recognise - self.measure - self.score


def analysed_of_line(line: str) -> Analysed | None:
    """The analysis a line of the worker's log tells of; None when it tells of something else."""
    values = {name: value.strip("'") for name, value in _PAIR.findall(line)}
    if values.get("event") != "analysed":
        return None
    ended = datetime.fromisoformat(values["timestamp"]).timestamp()
    return Analysed(values["answer"], ended, *(float(values[name]) for name in _TIMED))


@dataclass(frozen=True)
class Moments:
    """When things happened to one answer, all in seconds since 1970 on the same machine.

    acknowledged: the last chunk was answered. finished: the finish request was answered.
    told: the worker had committed the result and said so. shown: the score stood on the page.
    """

    acknowledged: float
    finished: float
    analysed: Analysed
    told: float
    shown: float


def stages(moments: Moments) -> dict[str, float]:
    """Seconds of each stage; together exactly the time from `acknowledged` to `shown`.

    The worker may begin before the finish request is answered: that overlap belongs to the
    worker, so `finish_request` ends where decoding begins.
    """
    analysed = moments.analysed
    answered = min(moments.finished, analysed.began)
    return {
        "finish_request": answered - moments.acknowledged,
        "waiting_for_worker": analysed.began - answered,
        "decode": analysed.decode,
        "recognise": analysed.recognise,
        "measure": analysed.measure,
        "score": analysed.score,
        "save": moments.told - analysed.ended,
        "show_on_page": moments.shown - moments.told,
    }


def shares(parts: Sequence[dict[str, float]], without: str) -> dict[str, float]:
    """The share of each stage in the time of all answers together, one stage left out."""
    sums = {
        name: sum(part[name] for part in parts)
        for name in (parts[0] if parts else {})
        if name != without
    }
    whole = sum(sums.values())
    return {name: round(value / whole, 4) for name, value in sums.items()} if whole else sums


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns of text: the first to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return "\n".join([lines[0], "-" * sum(widths, 2 * (len(widths) - 1)), *lines[1:]])
