"""Which words of an answer are denied: "we never measured it" does not say that it was measured.

Only what a candidate tells of is read so. In technical talk a denial is often the very point ("it
is not used when ..."), so those types of question are not read this way.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.types import STAR_TYPES, Question
from interview_coach.speech.word_classes import (
    SUBJECT_CONTRACTIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    word_set,
)

FURTHEST = 5

_NEGATORS = word_set(
    "not never no nobody without hardly neither nor none dont didnt doesnt isnt wasnt arent werent "
    "wont wouldnt cant couldnt cannot shouldnt hasnt havent hadnt"
)
# "not only", "no longer", "no doubt", "not until" deny nothing that follows.
_NOT_DENYING = word_set("only just longer doubt until matter problem wonder")
_SAYING = word_set("say said claim pretend think believe mean")
_NEW_CLAUSE = (
    SUBJECT_PRONOUNS | SUBJECT_CONTRACTIONS | (SUBORDINATORS - {"that"}) | word_set("but so then")
)


def denies(words: Sequence[str]) -> bool:
    """True when words hold a negation of their own: then they are looked for as they are."""
    return any(word in _NEGATORS for word in words)


def denied_places(answer: AnswerText, question: Question) -> frozenset[int]:
    """The places in core whose words are denied; none for technical and system design."""
    if question.type not in STAR_TYPES and question.type != "hr":
        return frozenset()
    return frozenset(
        unit.words[index]
        for unit in answer.units
        for index in denied_words(answer.norms(unit.words))
    )


def denied_words(norms: Sequence[str]) -> set[int]:
    """The places among the words of one unit that a negation reaches."""
    found: set[int] = set()
    for index, norm in enumerate(norms):
        after = norms[index + 1] if index + 1 < len(norms) else ""
        if norm not in _NEGATORS or after in _NOT_DENYING:
            continue
        # "I would not say that we measured it" reaches over the "we".
        reported = after in _SAYING
        for later in range(index + 1, min(len(norms), index + 1 + FURTHEST)):
            opens = norms[later] in _NEW_CLAUSE
            if opens and not (reported and later <= index + 3):
                break
            found.add(later)
    return found
