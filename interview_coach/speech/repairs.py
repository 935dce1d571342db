"""Repairs: repeats ("we were we were") and restarts ("I was I went", "pro- project").

Found in the words alone, fillers left out first, so that "I um I" is one repeat. Doublings that
are plain English ("had had", "very very") do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.speech.word_classes import (
    AUXILIARIES,
    FUNCTION_WORDS,
    SUBJECT_PRONOUNS,
    word_set,
)

LONGEST_REPEAT = 5

_PLAIN_DOUBLES = word_set(
    "had that very really no yes so many much long far again more never bye is do ha two three "
    "step day"
)
# By their first word.
_EDITS = {
    "let": (
        ("let", "me", "rephrase"),
        ("let", "me", "start", "again"),
        ("let", "me", "start", "over"),
    ),
    "what": (("what", "i", "meant"),),
    "scratch": (("scratch", "that"),),
    "no": (("no", "wait"),),
    "wait": (("wait", "no"),),
    "sorry": (("sorry", "i"),),
    "or": (("or", "rather"),),
}


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair over the words `first` to `last` (both counted in).

    kind: `repeat` or `restart`. abandoned: how many words from `first` were given up and said
    again (they are left out of what was meant).
    """

    first: int
    last: int
    kind: str
    abandoned: int


def find_repairs(norms: Sequence[str]) -> list[Repair]:
    """All repairs among normalised words (fillers left out), in order."""
    found: list[Repair] = []
    index = 0
    while index < len(norms):
        repair = _repeat_at(norms, index) or _restart_at(norms, index)
        if repair is None:
            index += 1
            continue
        found.append(repair)
        index += max(1, repair.abandoned)
    return found


def find_repeats(norms: Sequence[str]) -> list[Repair]:
    """Only what is said twice in a row: that needs no knowledge of the language."""
    found: list[Repair] = []
    index = 0
    while index < len(norms):
        repair = _repeat_at(norms, index)
        if repair is not None:
            found.append(repair)
        index += 1 if repair is None else repair.abandoned
    return found


def _repeat_at(norms: Sequence[str], index: int) -> Repair | None:
    first = norms[index]
    for length in range(LONGEST_REPEAT, 0, -1):
        again = index + length
        if again + length > len(norms) or norms[again] != first:
            continue
        if norms[index:again] != norms[again : again + length]:
            continue
        if length == 1 and (first in _PLAIN_DOUBLES or first[0].isdigit()):
            return None
        return Repair(index, index + 2 * length - 1, "repeat", length)
    return None


def _restart_at(norms: Sequence[str], index: int) -> Repair | None:
    word = norms[index]
    following = norms[index + 1] if index + 1 < len(norms) else ""
    cut_off = (
        word not in FUNCTION_WORDS
        and len(word) <= 4
        and word.isalpha()
        and len(following) > len(word) + 1
        and following.startswith(word)
    )
    if cut_off and len(word) <= 3:
        return Repair(index, index + 1, "restart", 1)
    third = norms[index + 2] if index + 2 < len(norms) else ""
    if word in SUBJECT_PRONOUNS and following in AUXILIARIES and third == word:
        return Repair(index, index + 2, "restart", 2)
    for edit in _EDITS.get(word, ()):
        if tuple(norms[index : index + len(edit)]) == edit:
            return Repair(index, index + len(edit) - 1, "restart", 0)
    return None
