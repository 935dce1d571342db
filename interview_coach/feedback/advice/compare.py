"""Two takes of one question: what was advised on the first and how it is in the second. Pure.

Nothing is guessed: an item of the advice is fixed when the fact it rests on is not so in the second
take any more, by the same measures and limits that made the advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from interview_coach.feedback.advice.facts import MEASURED, Analysed, Fact, facts_of
from interview_coach.feedback.advice.shapes import Advice, Item
from interview_coach.speech.text import normalise

Change = Literal["same", "out", "in"]
# Delivery, which a typed take has none of: without its measure nothing can be said of it.
_NEEDS_MEASURE = frozenset(MEASURED)
# Names of one thing that is too little one way and too much the other.
_SAME_THING = {"rate_fast": "rate", "rate_slow": "rate", "short": "length", "long": "length"}


@dataclass(frozen=True, slots=True)
class Settled:
    """One piece of earlier advice and what became of it.

    state: `fixed`, `missing` (still) or `unknown` where the later take cannot show it. before,
    after: the measures it rests on, None where it rests on none.
    """

    text: str
    about: str
    state: Literal["fixed", "missing", "unknown"]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both takes have, that only the first has (`out`) or only the second (`in`)."""

    change: Change
    text: str


def settle(earlier: Analysed, advice: Advice, later: Analysed) -> list[Settled]:
    """Each thing that was wrong in the earlier take, once, in the order of its advice.

    Advice that rests on no fact of the earlier take (worded by an engine about something else, or
    a strength to sharpen) is left out: it cannot be checked.
    """
    before, after = _poor(earlier), _by_subject(facts_of(later))
    found: dict[str, Settled] = {}
    for item in _items(advice):
        subject = subject_of(item.about)
        fact = before.get(subject)
        if fact is None or subject in found:
            continue
        now = after.get(subject, [])
        poor = next((one for one in now if not one.good), None)
        good = next((one for one in now if one.good), None)
        known = bool(now) or subject not in _NEEDS_MEASURE
        shown = poor or good
        found[subject] = Settled(
            text=item.text,
            about=item.about,
            state="missing" if poor else "fixed" if known else "unknown",
            before=fact.measure,
            after=shown.measure if shown else None,
        )
    return list(found.values())


def subject_of(about: str) -> str:
    """What a fact is about, whichever way it is off: a point that is missing or only touched is
    the same point."""
    plain = about.removeprefix("thin_")
    return _SAME_THING.get(plain, plain)


def differing_words(before: str, after: str) -> list[Stretch]:
    """Two transcripts word by word; case and punctuation alone are no difference.

    Joined by single spaces, the `same` and `in` stretches are the words of `after`.
    """
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(
        a=[normalise(word) for word in old], b=[normalise(word) for word in new], autojunk=False
    )
    found: list[Stretch] = []
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            found.append(Stretch("same", " ".join(new[b_from:b_to])))
            continue
        if a_to > a_from:
            found.append(Stretch("out", " ".join(old[a_from:a_to])))
        if b_to > b_from:
            found.append(Stretch("in", " ".join(new[b_from:b_to])))
    return found


def shortened(stretches: Sequence[Stretch], kept: int) -> list[Stretch]:
    """The stretches with long unchanged ones cut to `kept` words beside each change."""
    found: list[Stretch] = []
    for place, stretch in enumerate(stretches):
        words = stretch.text.split()
        first, last = place == 0, place == len(stretches) - 1
        if stretch.change != "same" or len(words) <= kept * (1 if first or last else 2) + 2:
            found.append(stretch)
            continue
        head = [] if first else words[:kept]
        tail = [] if last else words[-kept:]
        found.append(Stretch("same", " ".join([*head, "\N{HORIZONTAL ELLIPSIS}", *tail])))
    return found


def _items(advice: Advice) -> Iterable[Item]:
    yield from advice.weaknesses
    yield from advice.improvements
    yield from advice.star_suggestions


def _poor(answer: Analysed) -> dict[str, Fact]:
    return {subject_of(fact.about): fact for fact in facts_of(answer) if not fact.good}


def _by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(subject_of(fact.about), []).append(fact)
    return found
