"""How much a word says: stems, weights by how common it is, and groups of like meaning.

Weights stand in for inverse document frequency in interview answers: words any story holds weigh
little, words of a trade weigh full. The tiers and the groups are an own compilation.
"""

from __future__ import annotations

import re
from functools import lru_cache

from interview_coach.scoring.vocabulary_data import (
    COMMON_WORDS,
    CONCEPT_GROUPS,
    GENERIC_WORDS,
    SPELLINGS,
)
from interview_coach.speech.word_classes import FUNCTION_WORDS, IRREGULAR_PASTS, word_set

GENERIC_WEIGHT = 0.25
COMMON_WEIGHT = 0.6

_SUFFIXES = (
    ("izations", "iz"),
    ("ization", "iz"),
    ("ational", "at"),
    ("fulness", "ful"),
    ("iveness", "iv"),
    ("ations", "at"),
    ("ation", "at"),
    ("ments", ""),
    ("ment", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ances", ""),
    ("ance", ""),
    ("ences", ""),
    ("ence", ""),
    ("ities", "it"),
    ("ings", ""),
    ("ions", ""),
    ("ing", ""),
    ("ion", ""),
    ("ity", "it"),
    ("ies", "y"),
    ("ied", "y"),
    ("ally", "al"),
    ("ely", "e"),
    ("ly", ""),
    ("ed", ""),
    ("xes", "x"),
    ("sses", "ss"),
    ("zzes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("s", ""),
)
_SHORT_ROOT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")
_KEEP = word_set(
    "during string thing nothing something anything everything user users customer customers "
    "manager managers server servers number numbers order orders matter matters never ever other "
    "others another however over under after later letter engineer engineers paper better "
    "computer computers cluster clusters partner partners newsletter water member members offer "
    "moment comment comments document documents element elements process processes business "
    "access address class glass less pass press stress success always perhaps plus status focus "
    "basis analysis crisis across bus gas lens news series this his was has is us as its yes "
    "need seed feed speed bed red led exceed proceed indeed"
)


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """The stem of a normalised word: "negotiated", "negotiation" and "negotiating" share one.

    British and American spellings share one too.
    """
    word = IRREGULAR_PASTS.get(word, word)
    word = one_spelling(word)
    if word in _KEEP:
        return word[:-1] if word.endswith("s") and word[:-1] in _KEEP else word
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (
            2 if replacement and suffix.endswith("es") else 3
        ):
            word = word[: len(word) - len(suffix)] + replacement
            if suffix in {"ing", "ed"} and _SHORT_ROOT.fullmatch(word):
                return word + "e"  # "rating" is of "rate", not of "rat"
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgklmnprtv":
        word = word[:-1]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("at") and len(word) > 5:
        word = word[:-2]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


@lru_cache(maxsize=32768)
def one_spelling(word: str) -> str:
    """The American spelling of a word."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    for british, american in (("isation", "ization"), ("yse", "yze"), ("ysed", "yzed")):
        if word.endswith(british):
            return word[: -len(british)] + american
    for ending in ("ise", "ised", "ises", "ising"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + "iz" + ending[2:]
    if "our" in word[2:] and word[2:].partition("our")[2] in {"", "s", "ed", "ing", "ite", "able"}:
        head, _, tail = word.partition("our")
        if len(head) >= 3 and head not in {"res", "disc", "det", "cont", "cour"}:
            return head + "or" + tail
    return word


_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC_WORDS)
_COMMON_STEMS = frozenset(stem(word) for word in COMMON_WORDS)
_CONCEPTS: dict[str, frozenset[int]] = {}
for _index, _group in enumerate(CONCEPT_GROUPS):
    for _word in _group.split():
        _root = stem(_word)
        _CONCEPTS[_root] = _CONCEPTS.get(_root, frozenset()) | {_index}


def concepts(root: str) -> frozenset[int]:
    """The meaning groups a stem belongs to, empty when it is in none."""
    return _CONCEPTS.get(root, frozenset())


@lru_cache(maxsize=32768)
def weight(word: str) -> float:
    """How much a normalised word says, 0 for a function word, 1 for a word of a trade."""
    if word in FUNCTION_WORDS or (len(word) < 2 and not word.isdigit()):
        return 0.0
    root = stem(word)
    if root in _GENERIC_STEMS:
        return GENERIC_WEIGHT
    if root in _COMMON_STEMS:
        return COMMON_WEIGHT
    return 1.0
