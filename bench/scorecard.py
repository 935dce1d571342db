"""One line of the scorer's card: what was measured, on what, against which aim."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

NO_DATA = "the shared recordings are not on this machine"


@dataclass(frozen=True)
class Line:
    """figure: None when it was not measured; `data` then says why. aim: in words, with the side it
    must be on in `met`; None where it was not measured."""

    key: str
    words: str
    figure: float | None
    unit: str
    aim: str | None
    met: bool | None
    data: str

    def to_json(self) -> dict[str, Any]:
        """A plain dict."""
        return asdict(self)


def at_least(key: str, words: str, figure: float, limit: float, unit: str, data: str) -> Line:
    """A line whose figure must not be under the limit."""
    return Line(key, words, round(figure, 4), unit, f"at least {limit:g}", figure >= limit, data)


def at_most(key: str, words: str, figure: float, limit: float, unit: str, data: str) -> Line:
    """A line whose figure must not be over the limit."""
    return Line(key, words, round(figure, 4), unit, f"at most {limit:g}", figure <= limit, data)


def not_measured(key: str, words: str, why: str = NO_DATA) -> Line:
    """A line that could not be measured here; it neither meets nor misses anything."""
    return Line(key, words, None, "", None, None, why)
