"""Why a question an engine has written must not be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from interview_coach.ai.prompts import instruction_count
from interview_coach.questions.bank import load_bank
from interview_coach.questions.tailoring.local import alike
from interview_coach.questions.tailoring.material import Material
from interview_coach.questions.tailoring.skills import all_skills

MOST_WORDS = 45
_FORBIDDEN = Path(__file__).with_name("forbidden.yaml")
_WORD = re.compile(r"[^\W\d_][\w'&+#.-]*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# What is said of the candidate: a number in it would be a fact nobody has told.
_OF_CANDIDATE = re.compile(
    r"\b(?:you(?:'ve| have| had)? (?:led|built|worked|managed|raised|cut|saved|grew|ran|spent|were|"
    r"hired|moved|handled|wrote|shipped)|your (?:team of|resume|time at|years|\d+))\b[^.?!]*",
    re.IGNORECASE,
)
_MARKS = (". ", "? ", "! ", ": ", '" ')
_PLAIN = frozenset(
    ("i", "i'm", "i'd", "i've", "i'll", "star", "english", "european", "monday", "tuesday",
     "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
     "april", "june", "july", "august", "september", "october", "november", "december")
)  # fmt: skip


def fault_of(
    question: str, texts: Sequence[str], material: Material, others: Iterable[str]
) -> str | None:
    """The rule a question breaks, in words of ours; None when it can be asked.

    texts: what else belongs to it. others: questions it must not be like.
    """
    everything = [question, *texts]
    if len(question.split()) > MOST_WORDS:
        return "longer than 40 words"
    if question.rstrip()[-1:] not in {"?", "."}:
        return "not a sentence"
    if any(pattern.search(text) for text in everything for pattern in _forbidden()):
        return "asks what must not be asked"
    if any(instruction_count(text) for text in everything):
        return "speaks to a grader"
    if any(_invented_names(text, material) for text in everything):
        return "names somebody or something the material does not name"
    if any(_invented_numbers(text, material) for text in everything):
        return "tells a number about the candidate that the material does not tell"
    if alike(question, others):
        return "nearly the same as another question"
    return None


@lru_cache(maxsize=1)
def _forbidden() -> tuple[re.Pattern[str], ...]:
    lines: list[str] = yaml.safe_load(_FORBIDDEN.read_text(encoding="utf-8"))
    return tuple(re.compile(rf"\b(?:{line})\b", re.IGNORECASE) for line in lines)


def _invented_names(text: str, material: Material) -> bool:
    """A word with a capital inside a sentence that neither the material nor the bank knows.

    What is written like a product or an abbreviation (GraphQL, S3, CI) is a term of the trade.
    """
    known = _words_of(f"{material.role} {material.ad} {material.resume}")
    for found in _WORD.finditer(text):
        word = found.group().strip(".-'")
        before = text[: found.start()]
        opening = not before.strip("\"'( ") or before.endswith(_MARKS)
        trade = any(sign.isupper() for sign in word[1:]) or not word[:1].isupper()
        if opening or trade:
            continue
        plain = word.casefold().removesuffix("'s")
        if plain not in known and plain not in _vocabulary():
            return True
    return False


def _invented_numbers(text: str, material: Material) -> bool:
    given = set(
        _NUMBER.findall(f"{material.role} {material.level} {material.ad} {material.resume}")
    )
    return any(
        number not in given
        for said in _OF_CANDIDATE.finditer(text)
        for number in _NUMBER.findall(said.group())
    )


def _words_of(text: str) -> frozenset[str]:
    return frozenset(
        word.strip(".-'").casefold().removesuffix("'s") for word in _WORD.findall(text)
    )


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word of the bank and of the list of skills."""
    texts = [
        f"{item.text} {item.why} {' '.join(point.text for point in item.key_points)}"
        for item in load_bank()
    ]
    texts += [
        " ".join((skill.title, *skill.words, *skill.ideas, *skill.pains, *skill.beside))
        for skill in all_skills()
    ]
    return _words_of(" ".join(texts)) | _PLAIN
