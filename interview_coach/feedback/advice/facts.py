"""The facts of a scored answer that advice may speak of: each with its quote or its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from interview_coach.scoring.quotes import locate, sentences
from interview_coach.speech.types import Word

STAR_PARTS = ("result", "action", "task", "situation")
_VAGUE = re.compile(
    r"\b(a lot|lots|many|much|several|some|few|often|faster|slower|better|worse|improved|reduced|"
    r"increased|grew|large|big|huge|significantly|quickly|soon|most|various|more|less)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SHORT_WORDS, _LONG_WORDS = 60, 380
_GOOD, _POOR = 85.0, 70.0
_LONGEST_QUOTE = 30
# Below this an answer is beside the question: the form of its story is no strength then, and
# saying what was asked comes before everything else.
_BESIDE = 40.0
# Parts that are told by their measure alone; the others of content have facts of their own.
MEASURED = (
    "rate",
    "pauses",
    "fillers",
    "repairs",
    "hedges",
    "hesitation",
    "ownership",
    "pitch",
    "loudness",
    "sentence_length",
    "off_topic",
    "wording",
    "variety",
    "signposts",
    "repetition",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so in this answer.

    about: what it is about. good: whether it helps. weight: how much it matters, in points of the
    overall score for what is poor, 0-100 for what is good. values: fills the wording.
    """

    about: str
    good: bool
    weight: float
    quote: str | None = None
    start: float | None = None
    measure: str | None = None
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysed:
    """What is known of one answer: the scorer's answer object, its transcript and words."""

    kind: str
    result: dict[str, Any]
    transcript: str
    words: tuple[Word, ...] | None = None


def facts_of(answer: Analysed) -> list[Fact]:
    """Every fact of an answer, unordered."""
    found = [*_points(answer), *_star(answer), *_details(answer), *_structure(answer)]
    found.extend(_measures(answer))
    found.extend(_length(answer))
    found.extend(_other_question(answer))
    return found


def _parts(answer: Analysed) -> dict[str, dict[str, Any]]:
    return {row["part"]: row for row in answer.result["parts"] if row["value"] is not None}


def _cost(answer: Analysed, part: str) -> float:
    row = _parts(answer).get(part)
    return float(row["cost"]) if row else 0.0


def _beside_the_question(answer: Analysed) -> bool:
    row = _parts(answer).get("relevance")
    return row is not None and row["value"] < _BESIDE


def _ruled_off(answer: Analysed) -> bool:
    return any(row["part"] == "off_question" for row in answer.result["parts"])


def _other_question(answer: Analysed) -> list[Fact]:
    """That it fits another question better, or others, where none stands out: before everything
    else, as nothing else helps then."""
    if nearer := answer.result["metrics"].get("nearer_question"):
        measure = "it fits another question better"
        return [Fact("other_question", False, 20.0, measure=measure, values={"question": nearer})]  # noqa: FBT003
    if not _ruled_off(answer):
        return []
    return [Fact("off_question", False, 20.0, measure="it fits other questions better")]  # noqa: FBT003


def _points(answer: Analysed) -> list[Fact]:
    points = answer.result["key_points"]
    open_points = [row for row in points if row["level"] != "clear"]
    share = _cost(answer, "relevance") / len(open_points) if open_points else 0.0
    if _beside_the_question(answer):
        share += 4.0
    found: list[Fact] = []
    for number, row in enumerate(points):
        good = row["level"] == "clear"
        # Of points that cost the same the earlier one comes first: it is the more basic one.
        weight = 90.0 - number if good else 3.0 + share + 0.1 * (len(points) - number)
        thin = row["level"] == "thin"
        found.append(
            Fact(
                f"thin_point:{number}" if thin else f"point:{number}",
                good,
                weight - (1.0 if thin else 0.0),
                _short(row["quote"]),
                row["start"],
                None if row["quote"] else f"{_met(points)} of {len(points)} key points met",
                {"point": _inside(row["text"])},
            )
        )
    return found


def _met(points: Sequence[dict[str, Any]]) -> int:
    return sum(row["level"] == "clear" for row in points)


def _star(answer: Analysed) -> list[Fact]:
    star = answer.result.get("star") or {}
    cost = _cost(answer, "structure")
    best = 40.0 if _beside_the_question(answer) else 84.0
    worth = {"result": 4.0, "action": 3.5, "task": 1.5, "situation": 1.0}
    found: list[Fact] = []
    for name in STAR_PARTS:
        row = star.get(name)
        if row is None:
            continue
        good = row["level"] == "clear"
        about = f"star:{name}" if row["level"] != "thin" else f"thin_star:{name}"
        weight = best + worth[name] if good else worth[name] + cost / 4
        measure = None if row["quote"] else f"{name}: not found"
        found.append(Fact(about, good, weight, _short(row["quote"]), row["start"], measure))
    return found


def _details(answer: Analysed) -> list[Fact]:
    numbers = _quotes(answer, "number")
    tools = [*_quotes(answer, "tool"), *_quotes(answer, "date")]
    found: list[Fact] = []
    row = _parts(answer).get("specificity")
    if len(numbers) >= 2:
        told = ", ".join(numbers[:4])
        found.append(
            Fact(
                "numbers",
                good=True,
                weight=88.0 + min(4, len(numbers)),
                measure=f"{len(numbers)} numbers",
                values={"numbers": told},
            )
        )
    elif row is not None:
        quote = _sentence_with(answer, _VAGUE, without=_DIGIT) or _last_sentence(answer)
        found.append(
            _quoted(answer, "numbers", quote, 2.0 + float(row["cost"]) / 3, str(row["measure"]))
        )
    if len(tools) >= 2:
        found.append(
            Fact(
                "tools",
                good=True,
                weight=80.0,
                measure=f"{len(tools)} names or dates",
                values={"tools": ", ".join(tools[:4])},
            )
        )
    elif row is not None and row["value"] < _POOR and answer.kind in {"technical", "system_design"}:
        found.append(
            Fact("tools", good=False, weight=float(row["cost"]) / 3, measure=str(row["measure"]))
        )
    return found


def _structure(answer: Analysed) -> list[Fact]:
    """For types that are not told as a story: reason, example, trade-off."""
    if answer.result.get("star"):
        return []
    row = _parts(answer).get("structure")
    wanted = ("reason", "example") if answer.kind == "hr" else ("trade_off",)
    found: list[Fact] = []
    for criterion in wanted:
        rows = [item for item in answer.result["evidence"] if item["criterion"] == criterion]
        if rows:
            quote = _short(rows[0]["quote"])
            found.append(Fact(criterion, True, 83.0, quote, rows[0]["start"]))  # noqa: FBT003
        elif row is not None:
            found.append(
                Fact(
                    criterion,
                    good=False,
                    weight=1.0 + float(row["cost"]) / len(wanted),
                    measure=str(row["measure"]),
                )
            )
    return found


def _measures(answer: Analysed) -> list[Fact]:
    found: list[Fact] = []
    for part, row in _parts(answer).items():
        if part not in MEASURED:
            continue
        value, measure = float(row["value"]), str(row["measure"])
        if part == "off_topic" and value >= _GOOD and _ruled_off(answer):
            continue  # its sentences keep to one thing, but that is not what was asked
        about = _pace(answer) if part == "rate" and value < _GOOD else part
        if value >= _GOOD:
            found.append(Fact(about, good=True, weight=value / 2, measure=measure))
            continue
        quote, start = _example_of(answer, part)
        # What is learned costs much and says little that one could do at once: the parts that can
        # be checked by hand go first.
        cost = float(row["cost"]) / (4 if part == "wording" else 1)
        weight = cost + (0.5 if value < _POOR else 0.0)
        found.append(Fact(about, False, weight, quote, start, measure))  # noqa: FBT003
    return found


def _pace(answer: Analysed) -> str:
    """Which way the pace is off."""
    spoken = answer.result["metrics"].get("articulation_rate")
    return "rate_fast" if spoken is not None and spoken > 5.6 else "rate_slow"


def _example_of(answer: Analysed, part: str) -> tuple[str | None, float | None]:
    """A place in the answer that shows a measure, if one can be quoted."""
    criterion = {"hedges": "hedge", "repairs": "repair", "ownership": "ownership"}.get(part)
    for item in answer.result["evidence"]:
        if item["criterion"] == criterion:
            return item["quote"], item["start"]
    if part == "sentence_length":
        longest = max(sentences(answer.transcript), key=len, default="")
        found = locate(answer.transcript, answer.words, _short(longest) or "")
        return (found.quote, found.start) if found else (None, None)
    return None, None


def _length(answer: Analysed) -> list[Fact]:
    words = int(answer.result["metrics"]["words_counted"])
    measure = f"{words} words"
    if words < _SHORT_WORDS:
        return [Fact("short", good=False, weight=6.0, measure=measure)]
    if words > _LONG_WORDS:
        return [Fact("long", good=False, weight=2.5, measure=measure)]
    return [Fact("length", good=True, weight=38.0, measure=measure)]


def _quotes(answer: Analysed, criterion: str) -> list[str]:
    """Quotes of one criterion, each once, in their order."""
    rows = [row["quote"] for row in answer.result["evidence"] if row["criterion"] == criterion]
    return list(dict.fromkeys(rows))


def _quoted(answer: Analysed, about: str, quote: str | None, weight: float, measure: str) -> Fact:
    found = locate(answer.transcript, answer.words, quote) if quote else None
    return Fact(
        about,
        good=False,
        weight=weight,
        quote=found.quote if found else None,
        start=found.start if found else None,
        measure=measure,
    )


def _sentence_with(
    answer: Analysed, wanted: re.Pattern[str], *, without: re.Pattern[str]
) -> str | None:
    for sentence in sentences(answer.transcript):
        if wanted.search(sentence) and not without.search(sentence):
            return _short(sentence)
    return None


def _last_sentence(answer: Analysed) -> str | None:
    told = sentences(answer.transcript)
    return _short(told[-1]) if told else None


def _short(quote: str | None) -> str | None:
    """At most 30 words of a quote: what is longer is not read."""
    if quote is None:
        return None
    words = quote.split()
    return quote if len(words) <= _LONGEST_QUOTE else quote[: _end_of(quote, _LONGEST_QUOTE)]


def _end_of(text: str, words: int) -> int:
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    return ends[words - 1]


def _inside(text: str) -> str:
    """A key point as it stands inside a sentence."""
    first, rest = text[:1], text[1:]
    return (first if rest[:1].isupper() else first.lower()) + rest.rstrip(".")
