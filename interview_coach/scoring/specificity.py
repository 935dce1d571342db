"""Specificity: numbers, dates, named tools, results and concrete verbs, each counted once, a
number twice at most ("four minutes each", "four parcels").

Points are per 100 words, an answer under 120 words being read as 120, so that a short answer is
not specific by one number and padding makes a long one less so. A number that counts no more is no
padding: the words around it, up to the next detail of its sentence, make an answer no longer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.vocabulary import stem
from interview_coach.scoring.vocabulary_data import CONCRETE_VERBS, TIME_WORDS, TOOLS
from interview_coach.speech.word_classes import FUNCTION_WORDS, phrase_tuples

POINTS = {"number": 1.0, "date": 0.7, "tool": 0.7, "result": 1.0, "verb": 0.5}
SHORT_ANSWER_WORDS = 120
SPECIFICITY = curve((0, 0), (1, 18), (2.5, 45), (4.5, 72), (6.5, 90), (8.5, 100))

_VERB_STEMS = frozenset(stem(verb) for verb in CONCRETE_VERBS)
_RESULTS = tuple(
    tuple(stem(word) for word in phrase)
    for phrase in phrase_tuples(
        "as a result|the result was|the outcome was|resulted in|resulting in|which led to|"
        "that led to|saved us|saved the|went from|dropped from|dropped by|dropped to|fell from|"
        "fell by|fell to|rose from|rose by|rose to|grew from|grew by|grew to|increased by|"
        "increased from|reduced by|reduced from|cut by|went down|went up|went live|on time|"
        "under budget|ahead of schedule|zero downtime|no downtime|was adopted|were adopted|"
        "is still used|still in use|renewed their|renewed the|was promoted|signed the|"
        "in the end|since then"
    )
)
_CODE = re.compile(r"[a-z]{1,3}\d[\da-z]*")


@dataclass(frozen=True, slots=True)
class Detail:
    """One concrete detail: its kind (a key of POINTS) and its place in core."""

    kind: str
    key: str
    first: int
    last: int


def find_details(answer: AnswerText) -> list[Detail]:
    """The concrete details of an answer, each different one once, in order."""
    places = [place for place in answer.new if place in answer.content]
    seen: dict[tuple[str, str], Detail] = {}
    roots = [answer.core[place].root for place in places]
    for index, place in enumerate(places):
        word = answer.core[place]
        for kind, key, length in _kinds(word.norm, word.number, roots, index):
            detail = Detail(kind, key, place, places[index + length - 1])
            if kind == "number" and (kind, key) in seen:
                key = f"{key} again"
            seen.setdefault((kind, key), detail)
    return list(seen.values())


def specificity_of(answer: AnswerText, details: Sequence[Detail]) -> tuple[float, str]:
    """Specificity 0-100 and the measure in words."""
    points = sum(POINTS[detail.kind] for detail in details)
    # Words said twice make an answer longer, not denser.
    length = len(answer.content) + answer.repeated - _beside_spent_numbers(answer, details)
    words = max(SHORT_ANSWER_WORDS, length)
    numbers = sum(detail.kind == "number" for detail in details)
    named = sum(detail.kind in {"tool", "date"} for detail in details)
    rate = points * 100 / words
    text = f"{numbers} numbers, {named} names or dates, {rate:.1f} details per 100 words"
    return SPECIFICITY(rate), text


def _beside_spent_numbers(answer: AnswerText, details: Sequence[Detail]) -> int:
    """How many words stand in stretches without a detail that hold a number said too often to be
    one: a sentence with a number must never make an answer less specific."""
    counted = {place for detail in details for place in range(detail.first, detail.last + 1)}
    beside = 0
    for unit in answer.units:
        stretch: list[bool] = []
        for place in unit.words:
            if place in counted:
                beside += len(stretch) * any(stretch)
                stretch = []
            elif place in answer.content:
                stretch.append(answer.core[place].number)
        beside += len(stretch) * any(stretch)
    return beside


def _kinds(norm: str, number: bool, roots: Sequence[str], index: int) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    root = roots[index]
    if number:
        found.append(("number", norm, 1))
    elif norm in TIME_WORDS:
        found.append(("date", norm, 1))
    elif norm in TOOLS or _CODE.fullmatch(norm):
        found.append(("tool", root, 1))
    elif root in _VERB_STEMS and norm not in FUNCTION_WORDS:
        found.append(("verb", root, 1))
    for phrase in _RESULTS:
        if root == phrase[0] and tuple(roots[index : index + len(phrase)]) == phrase:
            found.append(("result", " ".join(phrase), len(phrase)))
            break
    return found
