"""What the versions share: gaps, numbers, names, and whether a text tells more than was said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interview_coach.ai.prompts import instruction_count
from interview_coach.questions.bank_words import content_words
from interview_coach.questions.tailoring.skills import find
from interview_coach.scoring.vocabulary_data import TOOLS
from interview_coach.speech.text import tokenise

GAP = re.compile(r"\[[^\[\]\n]{2,80}\]")
MOST_GAP_WORDS = 10
# Words that are new in a rewriting link what was said; more than this share tells something else.
MOST_NEW_WORDS = 0.4
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# Amounts without digits, by their stem.
_AMOUNTS = {
    "half": "half", "halves": "half", "halved": "half", "twice": "twice", "double": "double",
    "doubled": "double", "triple": "triple", "tripled": "triple", "quarter": "quarter",
    "dozen": "dozen", "dozens": "dozen", "hundreds": "hundreds", "thousands": "thousands",
    "millions": "millions", "billions": "billions", "tenfold": "tenfold",
}  # fmt: skip
# These stand in any text without telling an amount.
_NO_AMOUNT = frozenset(("1", "0"))
_DIGITS = re.compile(r"^(\d+(?:[.,:]\d+)*)([a-z]*)$")
_SENTENCE_END = (". ", "? ", "! ", ": ", "\n", '" ')
_NAME = re.compile(r"[^\W\d_][\w'&+#.-]*")
_PLAIN = frozenset(("i", "i'm", "i'd", "i've", "i'll", "star"))


def without_gaps(text: str) -> str:
    """The text as it is said, its gaps left out."""
    return GAP.sub(" ", text)


def gaps_of(text: str) -> list[str]:
    """The gaps of a text, each once, without their brackets."""
    return list(dict.fromkeys(found.group()[1:-1].strip() for found in GAP.finditer(text)))


def numbers_of(text: str) -> set[str]:
    """Every number of a text in one form: "nine", "9" and "9%" are 9, "forty million" is 40 and
    million. Runs of words also count together: "twenty five" is 20, 5 and 25."""
    found: set[str] = set()
    tens = 0
    for token in tokenise(text):
        norm = token.norm
        if (digits := _DIGITS.match(norm)) is not None:
            found |= _plain(digits.group(1))
            tens = 0
        elif norm in _TENS:
            tens = _TENS[norm]
            found.add(str(tens))
        elif norm in _UNITS:
            found.add(str(_UNITS[norm]))
            if tens and 0 < _UNITS[norm] < 10:
                found.add(str(tens + _UNITS[norm]))
            tens = 0
        else:
            tens = 0
            if norm in _SCALES:
                found.add(norm)
            elif norm in _AMOUNTS:
                found.add(_AMOUNTS[norm])
    return found


def _plain(digits: str) -> set[str]:
    """A number in digits, without what divides thousands."""
    bare = re.sub(r"[,:]", "", digits)
    return {bare.rstrip("0").rstrip(".") if "." in bare else bare}


def _scaled(number: str) -> set[str]:
    """A large number in digits as it is said: 40000000 is 40 and million."""
    if not number.isdigit():
        return set()
    value = int(number)
    return {
        part
        for name, scale in _SCALES.items()
        if value >= scale and value % scale == 0
        for part in (str(value // scale), name)
        if value // scale < 1000
    }


def _was_said(number: str, said: set[str]) -> bool:
    scaled = _scaled(number)
    return number in said or number in _NO_AMOUNT or bool(scaled and scaled <= said)


def invented_numbers(text: str, transcript: str) -> list[str]:
    """The numbers of a text that do not stand in the transcript."""
    said = numbers_of(transcript)
    said |= {part for number in said for part in _scaled(number)}
    told = numbers_of(without_gaps(text))
    return sorted(number for number in told if not _was_said(number, said))


def invented_names(text: str, transcript: str) -> list[str]:
    """Names and tools of a text that were not said."""
    said = {token.norm for token in tokenise(transcript)}
    told = without_gaps(text)
    names = [name for name in _names(told) if not _all_said(name, said)]
    names += [token.norm for token in tokenise(told) if token.norm in TOOLS - said]
    known = {mention.skill.id for mention in find(transcript)}
    names += [
        mention.skill.title
        for mention in find(told)
        if mention.skill.kind != "way" and mention.skill.id not in known
    ]
    return list(dict.fromkeys(names))


def _all_said(name: str, said: set[str]) -> bool:
    return all(token.norm in said for token in tokenise(name))


def _names(text: str) -> Iterable[str]:
    """The words with a capital inside a sentence."""
    for found in _NAME.finditer(text):
        word = found.group().strip(".-'").removesuffix("'s")
        before = text[: found.start()].rstrip("\"'( ")
        opening = not before.strip() or text[: found.start()].endswith(_SENTENCE_END)
        if not opening and word[:1].isupper() and word.casefold() not in _PLAIN:
            yield word


def new_share(text: str, transcript: str) -> float:
    """The share of a text's words with a meaning that were not said, 0 to 1."""
    told = content_words(without_gaps(text))
    return len(told - content_words(transcript)) / len(told) if told else 0.0


def fault_of(text: str, transcript: str) -> str | None:
    """Why a version must not be shown, in words of ours; None when it tells only what was said."""
    if invented_numbers(text, transcript):
        return "text: a number that was not said"
    if invented_names(text, transcript):
        return "text: a name or a tool that was not said"
    gaps = gaps_of(text)
    if any(numbers_of(gap) or len(gap.split()) > MOST_GAP_WORDS for gap in gaps):
        return "text: a gap that is none"
    if instruction_count(text):
        return "text: speaks to a grader"
    if new_share(text, transcript) > MOST_NEW_WORDS:
        return "text: tells more than was said"
    return None
