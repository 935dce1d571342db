"""Coherence: whether the words stand in an order in which English is spoken.

Keywords thrown together, or an answer with its words shuffled, hold the right words but not the
small words around them. Some orders hardly ever stand in speech ("the of", "to the a", "we to
and", "i customers"); the share of such pairs is near zero in speech and high in shuffled text. A
list of keywords has hardly any articles, subjects and auxiliaries at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from interview_coach.scoring.curves import curve
from interview_coach.speech.word_classes import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    SUBJECT_CONTRACTIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    phrase_tuples,
    word_set,
)

_BROKEN_FACTOR = curve((0.02, 1), (0.03, 0.5), (0.04, 0.4), (0.12, 0.2), (0.2, 0.08))
# One odd pair stands in any speech.
FORGIVEN_PAIRS = 1
_FRAME_FACTOR = curve((0.06, 0.1), (0.14, 0.4), (0.2, 1))

_ARTICLES = word_set("the a an my our your their every")
_SUBJECTS = SUBJECT_PRONOUNS | SUBJECT_CONTRACTIONS
_OBJECTS = word_set("me us him them myself ourselves")
_FRAME = DETERMINERS | _SUBJECTS | AUXILIARIES | word_set("to it you that")
_MODALS = word_set("will would can could should must might may cant couldnt wont wouldnt shouldnt")
_AUXILIARIES_BEFORE_AUXILIARY = _MODALS | word_set(
    "have has had having be been being shall dont didnt doesnt do did does"
)
_CONDITIONS = word_set("because if while although though until unless")
_PLAIN_PASTS = word_set(
    "went took gave wrote came began became knew grew saw spoke chose broke drove rose threw wore "
    "drew forgot"
)
_STRICT_PREPOSITIONS = word_set(
    "of at by for from into during between without through with against among despite"
)
_PARTICLES = word_set("up out off down over in on around along about back through by")
_NOT_PLURAL = word_set(
    "always sometimes perhaps besides towards series news sales sports systems customs operations "
    "logistics analytics economics physics means was is has does its this yes thus plus across "
    "lens gas less besides afterwards upwards downwards needs goes says overseas physics savings"
)
_LATE_ADVERBS = word_set(
    "also already always still never again here there now soon finally instead "
    "however therefore together away ever once rather maybe"
)
_AGREEMENT = {
    "i": word_set("is are were has does"),
    "we": word_set("is am was has does"),
    "they": word_set("is am was has does"),
    "he": word_set("am are were"),
    "she": word_set("am are were"),
}
_BEFORE_BEEN = word_set(
    "have has had not never always already also ive weve theyve youve hes shes its having hadnt "
    "havent hasnt just long ever since since recently only id wed hed shed youd theyd"
)
_NAMED = word_set("till why how who what")  # a cash till, the why and the how
_WOULD_CONTRACTIONS = word_set("thatd itd thered whod whatd howd")
_COMPARING = word_set("more less rather other worse fewer different sooner better twice")
_COMPARING_WORDS = 5
_IS_CONTRACTIONS = word_set("im hes shes theyre youre weve ive theyve")
# A query read aloud ("select id from orders where total is null") is no English and no disorder.
_QUERY_WORDS = word_set(
    "select having join joins null distinct union count sum limit offset asc desc varchar where "
    "group order from star insert values begin commit exists"
)
# In this order they hardly ever stand in words thrown together.
_QUERY_PAIRS = frozenset(
    phrase_tuples(
        "group by|order by|having count|having sum|left join|inner join|right join|outer join|"
        "cross join|count star|select star|is null|not null|not exists|where not|count distinct|"
        "select distinct|insert into|values select|for update|select count|select customer|"
        "select id|select name|where exists|partition by"
    )
)
_NO_VERB = ("ness", "ity", "ous", "ful", "able")
_AFTER_ARTICLE_NEVER = (
    DETERMINERS
    | PREPOSITIONS
    | AUXILIARIES
    | COORDINATORS
    | SUBORDINATORS
    | _SUBJECTS
    | _OBJECTS
    | _PLAIN_PASTS
    | _LATE_ADVERBS
    | {"to"}
) - word_set("off up down out over under inside outside can will no may might must about then on")


def coherence_of(units: Sequence[Sequence[str]]) -> tuple[float, str]:
    """A factor 0-1 for content, and the measure in words.

    units: the sentence-like stretches of an answer, normalised words without fillers and repairs.
    Pairs over the edge of two units are not judged, nor are queries read aloud.
    """
    spoken = [list(words) for words in units if not _reads_a_query(words)]
    norms = [norm for words in spoken for norm in words]
    pairs = sum(max(0, len(words) - 1) for words in spoken)
    if not pairs:
        return 1.0, "too few words to tell"
    frame = sum(norm in _FRAME for norm in norms) / len(norms)
    odd = sum(_odd_pairs(words) for words in spoken)
    broken = max(0, odd - FORGIVEN_PAIRS) / pairs
    factor = round(_BROKEN_FACTOR.exact(broken) * _FRAME_FACTOR.exact(frame), 2)
    if frame < _FRAME_FACTOR.knots[-1][0]:
        return factor, f"{frame * 100:.0f} % articles, subjects and auxiliaries"
    return factor, f"{odd} of {pairs} word pairs out of order"


def _reads_a_query(words: Sequence[str]) -> bool:
    return sum(word in _QUERY_WORDS for word in words) >= 2 and any(
        pair in _QUERY_PAIRS for pair in pairwise(words)
    )


def _odd_pairs(words: Sequence[str]) -> int:
    odd = sum(_broken(left, right) for left, right in pairwise(words))
    return odd + sum(
        word == "than" and not _compared(words[max(0, place - _COMPARING_WORDS) : place])
        for place, word in enumerate(words)
    )


def _compared(before: Sequence[str]) -> bool:
    return any(word in _COMPARING or word.endswith("er") for word in before)


def _broken(left: str, right: str) -> bool:
    """True for a pair of words that hardly ever stand together in this order."""
    if left == right:
        return left not in {"had", "that"}
    return _broken_before(left, right) or _broken_after(left, right)


def _broken_before(left: str, right: str) -> bool:
    """True where the second word needs something else before it."""
    if right == "been":
        return left not in _BEFORE_BEEN
    return right == "be" and left not in FUNCTION_WORDS and left not in _WOULD_CONTRACTIONS


def _broken_after(left: str, right: str) -> bool:
    """True where the first word needs something else after it."""
    if left in _ARTICLES:
        return _after_article(left, right)
    if left in _SUBJECTS:
        return _after_subject(left, right)
    if left in _OBJECTS:
        return right in AUXILIARIES - {"have", "do", "be"}
    if left == "to":
        return right in _SUBJECTS | COORDINATORS | _PLAIN_PASTS or _past(right)
    if left in PREPOSITIONS:
        return _after_preposition(left, right)
    if left in AUXILIARIES:
        return _after_auxiliary(left, right)
    if left in COORDINATORS:
        return right in COORDINATORS
    if left in SUBORDINATORS:
        return right in COORDINATORS or (left in _CONDITIONS and right in AUXILIARIES)
    if left in {"very", "too", "quite"}:
        return right in DETERMINERS | PREPOSITIONS | AUXILIARIES | _SUBJECTS | COORDINATORS
    return False


def _after_article(left: str, right: str) -> bool:
    if (left, right) == ("a", "while") or right in _NAMED:
        return False
    if left in {"a", "an"} and right[:1].isalpha() and right not in FUNCTION_WORDS:
        vowel = right[0] in "aeiou"
        if left == "a" and vowel and not right.startswith(("u", "eu", "one")):
            return True
        if left == "an" and not vowel and right[0] not in "hfmlnrsx":
            return True
        if _plural(right):
            return True
    return right in _AFTER_ARTICLE_NEVER


def _after_subject(left: str, right: str) -> bool:
    if left in _IS_CONTRACTIONS and right not in _SUBJECTS:
        return right in COORDINATORS
    if right in _ARTICLES or right in _SUBJECTS or right in _OBJECTS:
        return True
    if right in _AGREEMENT.get(left, ()) or right.isdigit() or right.endswith(_NO_VERB):
        return True
    if right in COORDINATORS:
        return left in {"i", "we", "im", "ive"}
    if right in PREPOSITIONS or right in {"to", "than"}:
        return left in SUBJECT_PRONOUNS
    if left in SUBJECT_PRONOUNS and len(right) > 5 and right.endswith("ing"):
        return True
    return left in {"i", "we", "they"} and _plural(right)


def _after_preposition(left: str, right: str) -> bool:
    if right in _PLAIN_PASTS:
        return left in _STRICT_PREPOSITIONS
    if right in PREPOSITIONS:
        return left not in _PARTICLES and right not in {"about", "within", "over", "under"}
    if right in _LATE_ADVERBS:
        return left in _STRICT_PREPOSITIONS and right not in {"now", "here", "there", "once"}
    if left in _PARTICLES:
        return False
    if right in SUBJECT_PRONOUNS or right in COORDINATORS:
        return left in _STRICT_PREPOSITIONS
    return right in AUXILIARIES - word_set("being having doing can will may")


def _after_auxiliary(left: str, right: str) -> bool:
    if right in AUXILIARIES:
        return left not in _AUXILIARIES_BEFORE_AUXILIARY and right not in {"being", "been"}
    if right in SUBJECT_PRONOUNS:
        return left not in {"is", "was", "do", "did", "does"}
    if left in _MODALS:
        if right in DETERMINERS | PREPOSITIONS | {"to"}:
            return True
        return right not in FUNCTION_WORDS and (
            _past(right) or _plural(right) or (len(right) > 5 and right.endswith("ing"))
        )
    return right in _PLAIN_PASTS and left not in {"is", "was"}


def _past(word: str) -> bool:
    """True for a form that cannot follow "to" or a modal: "to checked"."""
    return len(word) > 5 and word.endswith("ed") and word not in {"exceed", "proceed", "succeed"}


def _plural(word: str) -> bool:
    """True for a noun in the plural, or a verb with "he" or "she"."""
    return (
        len(word) > 4
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "as"))
        and word not in _NOT_PLURAL
    )
