"""Coherence: whether the words stand in an order in which English is spoken.

Keywords thrown together, or an answer with its words shuffled, hold the right words but not the
small words around them. Function words seldom stand in some orders ("the of", "to the a", "we
to and"); the share of such pairs is near zero in speech and high in shuffled text. A list of
keywords has hardly any function words at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.scoring.curves import curve
from interview_coach.speech.word_classes import (
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    SUBJECT_CONTRACTIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)

_BROKEN_FACTOR = curve((0.05, 1), (0.09, 0.75), (0.14, 0.4), (0.22, 0.15), (0.35, 0.05))
_FUNCTION_FACTOR = curve((0.08, 0.15), (0.16, 0.5), (0.25, 1))

_ARTICLES = frozenset("the a an my our your their its every".split())
_SUBJECTS = SUBJECT_PRONOUNS | SUBJECT_CONTRACTIONS
_BARE_VERBS_AFTER_TO = frozenset("be have do".split())
_PREPOSITION_PAIRS = frozenset(
    "out of|because of|up to|instead of|off of|from within|from under|in between|out in|out on|"
    "up in|up on|up with|up by|up for|down to|down on|down by|down with|back to|in from|over to|"
    "on in|on by|in for|in with|in on|in by|out for|out to|out by|out with|out from|down in|"
    "down from|up from|up against|by about|from about|for about|in about|within about|to about|"
    "by over|for over|in under|for under|in over|of about|around in|through with|along with|"
    "over with|over from|over in|off by|off in|off for|off with|off on|on with|on for|on from|"
    "inside of|outside of|in at|up at|up about|down into|out into|up into|up over|by around|"
    "across from|around to|through to|near to|for around|about in|about at|with in|at about".split(
        "|"
    )
)
_AUXILIARY_STARTS = frozenset("have has had having be been being will would can could should may "
    "might must shall wont wouldnt cant couldnt shouldnt dont didnt doesnt do did does to".split()
)  # fmt: skip


def coherence_of(norms: Sequence[str]) -> tuple[float, str]:
    """A factor 0-1 for content, and the measure in words.

    norms: normalised words without fillers and repairs.
    """
    if len(norms) < 2:
        return 1.0, "too few words to tell"
    function = sum(norm in FUNCTION_WORDS for norm in norms) / len(norms)
    pairs = list(zip(norms, norms[1:], strict=False))
    broken = sum(_broken(left, right) for left, right in pairs) / len(pairs)
    factor = round(_BROKEN_FACTOR.exact(broken) * _FUNCTION_FACTOR.exact(function), 2)
    return factor, f"{broken * 100:.0f} % of word pairs out of order"


def _broken(left: str, right: str) -> bool:
    """True for a pair of words that hardly ever stand together in this order."""
    if left == right:
        return left not in {"had", "that"}
    if left in _ARTICLES:
        return _after_article(left, right)
    if left in _SUBJECTS:
        return right in _ARTICLES or right in _SUBJECTS or right in {"of", "to", "than", "them", "us"}
    if left == "to":
        return right in _SUBJECTS or right in COORDINATORS or _verb_form(right)
    if left in PREPOSITIONS:
        return _after_preposition(left, right)
    if left in AUXILIARIES:
        return _after_auxiliary(left, right)
    if left in COORDINATORS:
        return right in COORDINATORS or right == "of"
    return _after_open_word(left, right)


def _after_article(left: str, right: str) -> bool:
    if left in {"a", "an"} and right[:1].isalpha() and right not in FUNCTION_WORDS:
        vowel = right[0] in "aeiou"
        if left == "a" and vowel and not right.startswith(("u", "eu", "one")):
            return True
        if left == "an" and not vowel and right[0] not in "hfmlnrsx":
            return True
    if right in {"other", "same", "only", "most", "more", "first", "own", "one", "few", "very"}:
        return False
    return right in (
        DETERMINERS | PREPOSITIONS | AUXILIARIES | COORDINATORS | SUBORDINATORS | _SUBJECTS | {"to"}
    ) - {"off", "up", "down", "out", "over", "under", "inside", "outside", "can", "will", "no"}


def _after_preposition(left: str, right: str) -> bool:
    if right in PREPOSITIONS:
        return f"{left} {right}" not in _PREPOSITION_PAIRS
    if left in {"up", "out", "off", "down", "over", "in", "on", "around", "along"}:
        return right in {"am", "isnt", "of"} and left != "out"
    if right in SUBJECT_PRONOUNS or right in COORDINATORS:
        return right not in {"and", "or"} or left in {"of", "with", "at", "into", "from"}
    return right in AUXILIARIES - {"being", "having", "doing", "can", "will"}


def _after_auxiliary(left: str, right: str) -> bool:
    if right in AUXILIARIES:
        return left not in _AUXILIARY_STARTS and right not in {"being", "been", "having"}
    modal = left in {"will", "would", "can", "could", "should", "must", "cant", "couldnt", "wont"}
    if modal and right not in FUNCTION_WORDS and _verb_form(right):
        return True
    return modal and right in DETERMINERS | PREPOSITIONS | {"to"}


def _after_open_word(left: str, right: str) -> bool:
    if left in FUNCTION_WORDS:
        return left in ADVERBS and left in {"very", "too", "quite"} and right in (
            DETERMINERS | PREPOSITIONS | AUXILIARIES | _SUBJECTS | COORDINATORS
        )
    return False


def _verb_form(word: str) -> bool:
    """True for a form that cannot follow "to" or a modal: "to checked"."""
    return len(word) > 5 and word.endswith("ed") and word not in {"exceed", "proceed", "succeed"}
