"""Numbers said aloud, and where the same thing was given another number. Pure; never scored.

A claim is a number with its unit and the words around it. Two claims are about the same thing when
their units are equal and the words around them overlap. It is better to miss a pair than to show a
false one: what is shown are two quotes, for the candidate to look at, and no judgement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.vocabulary import stem, weight
from interview_coach.speech.text import Token, tokenise
from interview_coach.speech.word_classes import FUNCTION_WORDS, word_set

LEAST_SHARED = 2
_SHARE = 0.5  # of the words of the richer of the two contexts; more than this is shared
_LEAST_COUNT = 3  # "two nodes", "one thing": too common to be a claim without a unit of measure
_SAME_WITHIN = 0.005
_BEFORE, _AFTER = 9, 6  # words that may say what a number is of, within its part of the sentence
_QUOTED = 16  # words to either side that a quote has at most
_ONES: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: dict[str, float] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
_WRITTEN = re.compile(r"^(\d+(?:[.,:]\d+)*)(k|m|bn|x|ms|s|gb|mb|tb)?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+$")
_UNITS = {
    "percent": "percent",
    "percentage": "percent",
    "ms": "millisecond",
    "millisecond": "millisecond",
    "s": "second",
    "sec": "second",
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "dollar": "dollar",
    "usd": "dollar",
    "euro": "euro",
    "eur": "euro",
    "pound": "pound",
    "gb": "gigabyte",
    "gigabyte": "gigabyte",
    "mb": "megabyte",
    "megabyte": "megabyte",
    "tb": "terabyte",
    "x": "times",
    "times": "times",
    "fold": "times",
}
_SIGNS = {"$": "dollar", "\N{EURO SIGN}": "euro", "\N{POUND SIGN}": "pound"}
# They tell how a number moved, not what it is a number of.
_MOVES = word_set(
    "cut cutting drop dropped dropping fall fell falling fallen rise rose rising risen grow grew "
    "grown growing increase increased increasing decrease decreased decreasing reduce reduced "
    "reducing improve improved improving went going gone came save saved saving gain gained lose "
    "lost doubled halved down up below above over under around about almost nearly roughly least "
    "most more less than total average result results"
)
_NOT_COUNTED = word_set("one of the a an other others another more less time times point thing")


@dataclass(frozen=True, slots=True)
class Claim:
    """One number as it was said.

    quote: verbatim, number and unit; first, last: its offsets. sentence: verbatim, what it stands
    in, at most 16 words to either side; within: where that sentence begins. value: the number.
    unit: percent, a unit of time or money, or the stem of what is counted. about: stems of the
    words around it that say what it is a number of.
    """

    quote: str
    sentence: str
    first: int
    last: int
    value: float
    unit: str
    about: frozenset[str]
    within: int


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims about the same thing. place: which of the other texts the second stands in."""

    claim: Claim
    other: Claim
    place: int
    same: bool


def claims_of(text: str) -> list[Claim]:
    """The numbers of a text that carry a unit, or count three or more of something."""
    tokens = tokenise(text)
    found: list[Claim] = []
    index = 0
    while index < len(tokens):
        number = _number_at(text, tokens, index)
        if number is None:
            index += 1
            continue
        value, unit, stop = number
        claim = _claim(text, tokens, index, stop, value, unit)
        if claim is not None:
            found.append(claim)
        index = stop
    return found


def compare(claims: Sequence[Claim], others: Sequence[Sequence[Claim]]) -> list[Match]:
    """The claims that other texts say something about: with the same number, or with another one.

    others: the claims of each other text, an answer or any other source such as a resume. A
    sentence often holds two numbers of one thing ("from 9 to 1 percent"). So what is compared are
    all numbers of one thing in one text with all of it in another, and a difference is told only
    where exactly one number of each side has no like on the other. At most one match for a claim
    and another text.
    """
    found: list[Match] = []
    for claim in claims:
        mine = [one for one in claims if one is claim or _together(one, claim)]
        for place, told in enumerate(others):
            alike = [one for one in told if same_thing(claim, one)]
            if not alike:
                continue
            equal = next((one for one in alike if _equal(claim, one)), None)
            if equal is not None:
                found.append(Match(claim, equal, place, same=True))
                continue
            theirs = [one for one in told if any(_together(one, other) for other in alike)] or alike
            left = [one for one in mine if not any(_equal(one, other) for other in theirs)]
            right = [one for one in theirs if not any(_equal(one, other) for other in mine)]
            if len(_values(left)) == 1 and len(_values(right)) == 1 and right[0] in alike:
                found.append(Match(claim, right[0], place, same=False))
    return found


def same_thing(one: Claim, other: Claim) -> bool:
    """Whether two claims have one unit and speak of the same thing, as far as words show."""
    if one.unit != other.unit:
        return False
    shared = one.about & other.about
    if len(shared) < LEAST_SHARED or max(map(weight, shared)) < 1.0:
        return False
    return len(shared) > _SHARE * max(len(one.about), len(other.about))


def _values(claims: Sequence[Claim]) -> set[float]:
    return {one.value for one in claims}


def _equal(one: Claim, other: Claim) -> bool:
    widest = max(abs(one.value), abs(other.value))
    return abs(one.value - other.value) <= _SAME_WITHIN * widest


def _together(one: Claim, other: Claim) -> bool:
    """Whether two numbers of one text are of one thing: they stand in one sentence."""
    return one.unit == other.unit and one.within == other.within


def _number_at(text: str, tokens: Sequence[Token], index: int) -> tuple[float, str, int] | None:
    """Value, unit written on the number itself, and the place after it; None for no number."""
    written = _WRITTEN.match(text[tokens[index].begin : tokens[index].stop])
    if written is not None:
        value = _digits(written.group(1))
        suffix = (written.group(2) or "").lower()
        if value is None:
            return None
        stop = index + 1
        value *= _SCALES.get(suffix, 1.0)
        while stop < len(tokens) and tokens[stop].norm in _SCALES and _near(text, tokens, stop):
            value *= _SCALES[tokens[stop].norm]
            stop += 1
        return value, _UNITS.get(suffix, ""), stop
    return _spoken_number(text, tokens, index)


def _digits(text: str) -> float | None:
    """A number in figures; None for a time of day, a version or a date."""
    plain = text.replace(",", "") if _THOUSANDS.match(text) else text
    try:
        return float(plain)
    except ValueError:
        return None


def _spoken_number(text: str, tokens: Sequence[Token], index: int) -> tuple[float, str, int] | None:
    total, group, stop = 0.0, None, index
    while stop < len(tokens) and (stop == index or _near(text, tokens, stop)):
        norm = tokens[stop].norm
        following = tokens[stop + 1].norm if stop + 1 < len(tokens) else ""
        if norm == "and" and group and group % 100 == 0 and following in {**_ONES, **_TENS}:
            stop += 1
            norm = following
        if norm in _ONES and (group is None or (group % 10 == 0 and group % 100 and group >= 20)):
            group = (group or 0.0) + _ONES[norm]
        elif norm in _ONES and group is not None and group % 100 == 0 and group >= 100:
            group += _ONES[norm]
        elif norm in _TENS and (group is None or group % 100 == 0):
            group = (group or 0.0) + _TENS[norm]
        elif norm == "hundred" and group is not None:
            group *= 100
        elif norm in {"thousand", "million", "billion"} and group is not None:
            total, group = total + group * _SCALES[norm], None
        else:
            break
        stop += 1
    if stop == index:
        return None
    return total + (group or 0.0), "", stop


def _near(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing ends or divides between a token and the one before it; a hyphen does not."""
    gap = text[tokens[index - 1].stop : tokens[index].begin]
    return gap in {" ", "-"} or not (tokens[index].starts_sentence or tokens[index].comma_before)


def _claim(
    text: str, tokens: Sequence[Token], index: int, stop: int, value: float, unit: str
) -> Claim | None:
    last = stop
    after = text[tokens[stop - 1].stop :][:2]
    before = text[tokens[index].begin - 1 : tokens[index].begin] if tokens[index].begin else ""
    begin, end = tokens[index].begin, tokens[stop - 1].stop
    if not unit and before in _SIGNS:
        unit, begin = _SIGNS[before], begin - 1
    if not unit and after.strip()[:1] == "%":
        unit, end = "percent", end + after.index("%") + 1
    if not unit and stop < len(tokens) and _near(text, tokens, stop):
        unit, last = _unit_after(text, tokens, stop, value)
        end = tokens[last - 1].stop if unit else end
    if not unit:
        return None
    first, final = _part(tokens, index, stop)
    about = frozenset(
        stem(token.norm)
        for place, token in enumerate(tokens[first : final + 1], start=first)
        if not index <= place < stop and _tells(token.norm, unit)
    )
    opening = _sentence_of(tokens, index)
    closing = _end_of(tokens, stop - 1)
    return Claim(
        quote=text[begin:end],
        sentence=text[
            tokens[max(opening, index - _QUOTED)].begin : max(
                end, tokens[min(closing, stop + _QUOTED)].stop
            )
        ],
        first=begin,
        last=end,
        value=value,
        unit=unit,
        about=about,
        within=tokens[opening].begin,
    )


def _unit_after(text: str, tokens: Sequence[Token], stop: int, value: float) -> tuple[str, int]:
    """The unit that follows a number and the place after it; empty when nothing is counted."""
    norm = tokens[stop].norm
    if norm == "per" and stop + 1 < len(tokens) and tokens[stop + 1].norm == "cent":
        return "percent", stop + 2
    known = _UNITS.get(norm) or _UNITS.get(norm.removesuffix("s"))
    if known:
        return known, stop + 1
    if value < _LEAST_COUNT or (1900 <= value <= 2100 and value == int(value)):
        return "", stop  # a year, or too few to be a figure
    for place in range(stop, min(stop + 2, len(tokens))):
        norm = tokens[place].norm
        plain = norm.isalpha() and norm not in FUNCTION_WORDS and norm not in _NOT_COUNTED
        if place > stop and not _near(text, tokens, place):
            break
        # What is counted stands in the plural.
        if plain and norm.endswith("s") and not norm.endswith("ss"):
            return f"of {stem(norm)}", place + 1
        if not plain:
            break
    return "", stop


def _sentence_of(tokens: Sequence[Token], index: int) -> int:
    while index > 0 and not tokens[index].starts_sentence:
        index -= 1
    return index


def _end_of(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) - 1 and not tokens[index].ends_sentence:
        index += 1
    return index


def _part(tokens: Sequence[Token], index: int, stop: int) -> tuple[int, int]:
    """The part of the sentence a number stands in: up to a comma, and not too far."""
    first, last = index, stop - 1
    while first > max(0, index - _BEFORE):
        if tokens[first].starts_sentence or tokens[first].comma_before:
            break
        first -= 1
    final = min(len(tokens) - 1, stop + _AFTER)
    while last < final:
        if tokens[last].ends_sentence or tokens[last].comma_after:
            break
        last += 1
    return first, last


def _tells(norm: str, unit: str) -> bool:
    """Whether a word says what a number is a number of."""
    if len(norm) < 3 or not norm.isalpha() or norm in FUNCTION_WORDS or norm in _MOVES:
        return False
    if norm in _ONES or norm in _TENS or norm in _SCALES:
        return False
    if norm in _UNITS or norm.removesuffix("s") in _UNITS or f"of {stem(norm)}" == unit:
        return False
    return weight(norm) >= 0.6
