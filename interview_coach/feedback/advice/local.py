"""The local engine: advice composed from measured facts, each item tied to a quote or a measure.

Which items come is decided by what the answer is like, never by chance; which of several wordings
is used depends on the answer's own text, so that ten answers do not read alike and one answer
reads the same each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from interview_coach.feedback.advice.facts import Analysed, Fact, facts_of
from interview_coach.feedback.advice.shapes import (
    LEAST_IMPROVEMENTS,
    LEAST_STRENGTHS,
    LEAST_WEAKNESSES,
    MOST_IMPROVEMENTS,
    MOST_STRENGTHS,
    MOST_WEAKNESSES,
    Advice,
    Drill,
    Item,
)

_WORDS = Path(__file__).with_name("words.yaml")
# Of one family (key points, say) no more than this many stand in one list.
_MOST_OF_A_FAMILY = {"strengths": 2, "weaknesses": 2, "improvements": 3}
_SHOWN_STRENGTH = 45.0
_SHOWN_WEAKNESS = 1.0


def advise(answer: Analysed, tone: str = "balanced") -> Advice:
    """Advice on a scored answer. tone: gentle, balanced or direct."""
    facts = facts_of(answer)
    good = sorted((f for f in facts if f.good), key=lambda f: (-f.weight, f.about))
    poor = sorted((f for f in facts if not f.good), key=lambda f: (-f.weight, f.about))
    words = _Wording(answer.transcript, tone)
    weak = _weaknesses(poor, good)
    return Advice(
        strengths=[words.item("strength", fact) for fact in _strengths(good, poor)],
        weaknesses=[words.item("weakness", fact) for fact in weak],
        improvements=[words.item("improvement", fact) for fact in _improvements(poor, good)],
        star_suggestions=[
            words.item("star", fact) for fact in poor if _family(fact) in {"star", "thin_star"}
        ],
        next_drill=words.drill(weak[0]),
    )


def _strengths(good: Sequence[Fact], poor: Sequence[Fact]) -> list[Fact]:
    """The best there is: at least three, and where less is good, the least poor of the measured."""
    enough = [fact for fact in good if fact.weight >= _SHOWN_STRENGTH]
    chosen = _spread(enough, "strengths", MOST_STRENGTHS)
    chosen = _filled(chosen, good, LEAST_STRENGTHS)
    nearest = [fact for fact in reversed(poor) if fact.measure or fact.quote]
    return _filled(chosen, nearest, LEAST_STRENGTHS)


def _weaknesses(poor: Sequence[Fact], good: Sequence[Fact]) -> list[Fact]:
    """What costs most: at least three, and where less is poor, the least strong of the rest."""
    enough = [fact for fact in poor if fact.weight >= _SHOWN_WEAKNESS]
    chosen = _spread(enough, "weaknesses", MOST_WEAKNESSES)
    chosen = _filled(chosen, poor, LEAST_WEAKNESSES)
    return _filled(chosen, _least_strong(good), LEAST_WEAKNESSES)


def _improvements(poor: Sequence[Fact], good: Sequence[Fact]) -> list[Fact]:
    chosen = _spread(poor, "improvements", MOST_IMPROVEMENTS)
    chosen = _filled(chosen, poor, LEAST_IMPROVEMENTS)
    return _filled(chosen, _least_strong(good), LEAST_IMPROVEMENTS)


def _least_strong(good: Sequence[Fact]) -> list[Fact]:
    """Where an answer without faults can still be sharpened: first what can be quoted, and of
    that what weighs least."""
    return sorted(good, key=lambda fact: (fact.quote is None, fact.weight, fact.about))


def _spread(facts: Sequence[Fact], part: str, most: int) -> list[Fact]:
    """The first facts, with no family taking more than its share."""
    chosen: list[Fact] = []
    taken: dict[str, int] = {}
    for fact in facts:
        family = _family(fact).removeprefix("thin_")
        if len(chosen) < most and taken.get(family, 0) < _MOST_OF_A_FAMILY[part]:
            taken[family] = taken.get(family, 0) + 1
            chosen.append(fact)
    return chosen


def _filled(chosen: list[Fact], others: Sequence[Fact], least: int) -> list[Fact]:
    """`chosen`, filled up from `others` to the least number."""
    known = {fact.about for fact in chosen}
    more = [fact for fact in others if fact.about not in known]
    return chosen + more[: max(0, least - len(chosen))]


def _family(fact: Fact) -> str:
    return fact.about.partition(":")[0]


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return content


class _Wording:
    """Puts facts into words."""

    def __init__(self, transcript: str, tone: str) -> None:
        self._seed = hashlib.sha256(transcript.encode()).digest()
        self._tone = tone if tone in _vocabulary()["frames"] else "balanced"
        self._used: dict[str, int] = {}

    def item(self, part: str, fact: Fact) -> Item:
        """One item. Where a fact of the other side fills a list, its words say so."""
        kind, about = part, fact.about
        if part == "strength" and not fact.good:
            kind, about = "nearest", f"nearest:{about}"
        elif part != "strength" and fact.good:
            kind, about = f"{part}_of_good", f"sharpen:{about}"
        base = self._pick(kind, fact).format_map({**fact.values, **_named(fact)})
        text = self._frame(part).format(text=base, inside=base[:1].lower() + base[1:])
        return Item(
            text=text, about=about, quote=fact.quote, start=fact.start, measure=fact.measure
        )

    def drill(self, fact: Fact) -> Drill:
        """The exercise for the weakness that costs most."""
        drills = _vocabulary()["drills"]
        about = fact.about.removeprefix("thin_")
        found = drills.get(about) or drills.get(about.partition(":")[0]) or drills["other"]
        values = {**fact.values, **_named(fact)}
        return Drill(
            text=found["text"].format_map(values), about=fact.about, seconds=found["seconds"]
        )

    def _pick(self, kind: str, fact: Fact) -> str:
        known = _vocabulary()[kind]
        texts = known.get(fact.about) or known.get(_family(fact)) or known["other"]
        return str(texts[self._turn(f"{kind}:{_family(fact)}", len(texts))])

    def _frame(self, part: str) -> str:
        frames = _vocabulary()["frames"][self._tone].get(part, ["{text}"])
        return str(frames[self._turn(f"frame:{part}", len(frames))])

    def _turn(self, key: str, count: int) -> int:
        """Which of `count` wordings comes next: begun by the text, then one after the other."""
        number = self._used.get(key, 0)
        self._used[key] = number + 1
        begin = hashlib.sha256(self._seed + key.encode()).digest()[0]
        return (begin + number) % count


def _named(fact: Fact) -> dict[str, str]:
    """What a part is called inside a sentence, and its measure."""
    names: dict[str, str] = _vocabulary()["names"]
    return {
        "name": names.get(fact.about) or names.get(_family(fact), _family(fact)),
        "measure": fact.measure or "",
    }
