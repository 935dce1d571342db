"""Sentence-like units found from the words alone.

Case and punctuation are what a recogniser guesses and a draft recogniser leaves out, so a unit
begins where the words show a new clause: at a connective ("then", "as a result"), at a subject
("I", "they", "it was", "the batch was") that nothing before it governs. Units stay between a few
words and about two clauses.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.speech.word_classes import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    SUBJECT_CONTRACTIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    looks_past,
    word_set,
)

SHORTEST_UNIT = 4
LONGEST_OPENING = 8

_CONNECTIVES = tuple(
    tuple(phrase.split())
    for phrase in (
        "and then",
        "after that",
        "as a result",
        "in the end",
        "since then",
        "from then on",
        "at the end",
        "in addition",
        "for example",
        "for instance",
        "because of that",
        "because of this",
        "on the other hand",
        "in my last",
        "in my current",
        "at my last",
        "the result",
        "the outcome",
        "my task",
        "my role",
        "my job",
        "in conclusion",
        "in general",
        "in my opinion",
        "in my view",
        "all in all",
        "of course",
        "that is something",
        "that is why",
        "that is what",
        "that is how",
        "that was something",
        "that was why",
        "that was what",
        "that was how",
        "in summary",
        "to sum up",
        "then",
        "since then",
        "first",
        "firstly",
        "second",
        "secondly",
        "third",
        "thirdly",
        "next",
        "finally",
        "lastly",
        "eventually",
        "however",
        "therefore",
        "meanwhile",
        "afterwards",
        "additionally",
        "furthermore",
        "moreover",
        "consequently",
        "overall",
        "initially",
        "ultimately",
        "but",
        "please",
        "ignore",
        "disregard",
    )
)
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _CONNECTIVES:
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)
# "the first step", "my second idea", "the next day": these are no connectives
_ORDINALS = word_set("first second third next")
_GOVERNING = (
    DETERMINERS
    | PREPOSITIONS
    | SUBORDINATORS
    | AUXILIARIES
    | COORDINATORS
    | word_set(
        "to think thought know knew said say says told tell believe believed feel felt realised "
        "realized noticed found saw see hope hoped wish guess guessed suppose mean meant sure "
        "decided agreed showed explained learned learnt not only everything all"
    )
)
# Subjects of general statements, which stand without an article.
_GENERAL_SUBJECTS = word_set(
    "communication teamwork honesty success everyone everybody nobody people leadership learning "
    "working collaboration trust life experience practice quality respect feedback planning"
)
_GENERAL_VERBS = word_set("is are should can will makes matters must has have need needs")
_SPANS = word_set("year years month months week weeks day days")
_MONTHS = word_set("january february april june july august september october november december")
_PERIODS = _MONTHS | word_set(
    "year month week quarter march may spring summer autumn fall winter semester"
)
_SUBJECTS = SUBJECT_PRONOUNS | SUBJECT_CONTRACTIONS
_DUMMY_SUBJECTS = word_set("it this there these those")


def unit_starts(norms: Sequence[str]) -> list[int]:
    """The places where units begin among normalised words (fillers left out); first is 0."""
    if not norms:
        return []
    starts = [0]
    for index in range(1, len(norms)):
        if index - starts[-1] < SHORTEST_UNIT or not begins_unit(norms, index):
            continue
        if not _opens_a_clause(norms[starts[-1] : index]):
            starts.append(index)
    if len(starts) > 1 and len(norms) - starts[-1] < SHORTEST_UNIT - 1:
        starts.pop()
    return starts


def _opens_a_clause(words: Sequence[str]) -> bool:
    """True for "at a furniture retailer": where a clause begins, before its subject and verb."""
    if words[0] not in PREPOSITIONS or len(words) > LONGEST_OPENING:
        return False
    return not any(
        word in _SUBJECTS or word in FINITE_AUXILIARIES or looks_past(word) for word in words
    )


def begins_unit(norms: Sequence[str], index: int) -> bool:
    """True when a new clause that stands by itself may begin at this word."""
    if _connective(norms, index):
        return True
    word, before = norms[index], norms[index - 1]
    if _time_opening(norms, index):
        return True
    if word in COORDINATORS:
        return _subject(norms, index + 1) and (before == "her" or not _governed(before))
    # "I told her I would": as after "him", a new clause begins.
    object_her = before == "her" and word in _SUBJECTS
    if before in COORDINATORS or (_governed(before) and not object_her):
        return False
    return _subject(norms, index)


def clause_edge(norms: Sequence[str], index: int) -> bool:
    """True when a pause before this word stands at a clause boundary, not inside a clause."""
    if index <= 0 or index >= len(norms) or begins_unit(norms, index):
        return True
    word, before = norms[index], norms[index - 1]
    if word in COORDINATORS or (word in SUBORDINATORS and before not in PREPOSITIONS):
        return True
    return before not in _GOVERNING and _subject(norms, index)


def _governed(before: str) -> bool:
    return before in _GOVERNING


def _connective(norms: Sequence[str], index: int) -> bool:
    word, before = norms[index], norms[index - 1]
    for phrase in _BY_FIRST.get(word, ()):
        if tuple(norms[index : index + len(phrase)]) == phrase:
            if word in _ORDINALS and (before in DETERMINERS or before in PREPOSITIONS):
                continue
            if phrase == ("then",) and before == "since":
                continue
            return before not in COORDINATORS and before not in DETERMINERS
    return False


def _subject(norms: Sequence[str], index: int) -> bool:
    """True when a subject with its verb seems to begin here."""
    if index >= len(norms):
        return False
    word = norms[index]
    if word in _SUBJECTS:
        return True
    after = norms[index + 1] if index + 1 < len(norms) else ""
    if _gerund_subject(norms, index):
        return True
    if word in _GENERAL_SUBJECTS and after in _GENERAL_VERBS:
        return True
    if word in _DUMMY_SUBJECTS and (after in FINITE_AUXILIARIES or looks_past(after)):
        return True
    if word not in DETERMINERS:
        return False
    for place in range(index + 2, min(index + 5, len(norms))):
        inner = norms[index + 1 : place]
        if any(part in FUNCTION_WORDS for part in inner):
            return False
        if norms[place] in FINITE_AUXILIARIES:
            return True
    return False


def _time_opening(norms: Sequence[str], index: int) -> bool:
    """True for "two years ago", "last March", "in 2021": how a story begins."""
    if norms[index - 1] in PREPOSITIONS or norms[index - 1] in DETERMINERS:
        return False
    word = norms[index]
    after = norms[index + 1] if index + 1 < len(norms) else ""
    if word in {"last", "this", "next"}:
        return after in _PERIODS
    if word == "in":
        return (len(after) == 4 and after.isdigit()) or after in _MONTHS
    return after in _SPANS and index + 2 < len(norms) and norms[index + 2] == "ago"


def _gerund_subject(norms: Sequence[str], index: int) -> bool:
    """True for "working with other people is ...": a statement about doing something."""
    if len(norms[index]) < 6 or not norms[index].endswith("ing"):
        return False
    if norms[index - 1] in FUNCTION_WORDS:
        return False
    for later in norms[index + 1 : index + 6]:
        if later in {"is", "means", "makes", "helps"}:
            return True
        if later in _SUBJECTS or later in COORDINATORS or later in _GENERAL_SUBJECTS:
            return False
    return False
