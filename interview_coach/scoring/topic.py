"""What an answer is about: which units speak of the question, and which say nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interview_coach.scoring.types import STAR_TYPES, Question
from interview_coach.scoring.vocabulary import COMMON_WEIGHT, concepts, stem, weight
from interview_coach.speech.text import tokenise
from interview_coach.speech.word_classes import looks_past, phrase_tuples, word_set

NEAR_UNITS = 2

# What key points are written in, not what an answer says.
RUBRIC_WORDS = word_set(
    "names name states state gives give explains explain mentions mention describes describe shows "
    "show says say tells tell uses use includes include identifies identify covers cover talks "
    "discusses discuss sets makes takes keeps clear clearly specific concrete own real candidate "
    "answer why how what mattered"
)
# Words of sentences that anybody could say. They may weigh against an answer, never for it: padding
# wins nothing (`wording`, `subject`).
COMMONPLACE = word_set(
    "new thing things good better best great hard different learn learned try tries trying care "
    "person people everyone everybody positive attitude challenge challenges opportunity success "
    "important work works working look day days experience situation believe general think like "
    "likes way ways key other every end team communication something always"
)
_SPEAKERS = word_set("i ive id we weve wed my our")
_TOLD = word_set("was were had did would could should if when")


# Written with or without a hyphen or a space; read as separate words always.
_COMPOUNDS = {
    "".join(compound): compound
    for compound in phrase_tuples(
        "trade off|trade offs|on call|follow up|follow ups|real time|end to end|open source|"
        "cross functional|one on one|one on ones|roll back|rolls back|roll out|write up|sign off|"
        "check in|check ins|high level|low level|long term|short term|full time|part time|"
        "well known|decision making|problem solving|up to date|co worker|co workers|co founder|"
        "time consuming|step by step|face to face|third party|user friendly|work around|"
        "stand up|stand ups|hand off|hand over|buy in|kick off|lock in|plug in|log in|set up|"
        "start up|back up|fail over|first come|high quality|low latency|high traffic|"
        "large scale|small scale|self service|data driven|customer facing|client facing|"
        "test driven|in house|on site|re write|re design|pre existing|non technical|"
        "read only|read heavy|write heavy|key value|multi region|rate limit|rate limiting|"
        "load balancer|single page|two week|three month|six month|year end|post mortem|"
        "peer review|code review|code reviews|time zone|time zones|leap year|"
        "run book|check list|check lists"
    )
}


def word_pieces(norm: str) -> tuple[str, ...]:
    """The words a normalised word is made of: "tradeoff" is "trade" and "off"."""
    return _COMPOUNDS.get(norm, (norm,))


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """The normalised words of a question, key point or phrase, fillers kept."""
    return tuple(piece for token in tokenise(text) for piece in word_pieces(token.norm))


def units_on_topic(units: Sequence[Sequence[tuple[str, bool]]], question: Question) -> list[bool]:
    """For each unit, whether it speaks of the question or its key points, of what such a unit
    speaks of, or tells something concrete right beside one.

    units: words as (normalised, is a number).
    """
    roots, groups = _words_on_topic(question)
    telling = [[norm for norm, number in unit if not number and _tells(norm)] for unit in units]
    seeds = [
        any(stem(norm) in roots or concepts(stem(norm)) & groups for norm in words)
        for words in telling
    ]
    known = {
        stem(norm)
        for words, seed in zip(telling, seeds, strict=True)
        if seed
        for norm in words
        if weight(norm) >= 1.0
    }
    flags: list[bool] = []
    for index, unit in enumerate(units):
        concrete = any(number or weight(norm) >= 1.0 for norm, number in unit)
        near = any(seeds[max(0, index - NEAR_UNITS) : index + NEAR_UNITS + 1])
        linked = any(stem(norm) in known for norm in telling[index])
        flags.append(seeds[index] or linked or (concrete and near))
    return flags


def says_nothing(unit: Sequence[tuple[str, bool]], question_type: str, *, on_topic: bool) -> bool:
    """True for a unit that any answer could hold: "communication is very important".

    It names nothing, and it does not tell what the speaker did. In a story also a general
    statement off the topic.
    """
    if any(number for _, number in unit):
        return False
    words = [norm for norm, _ in unit]
    told, spoken_for = _told(words), any(norm in _SPEAKERS for norm in words)
    if told and spoken_for:
        return False
    heaviest = max((weight(norm) for norm in words), default=0.0)
    if heaviest < COMMON_WEIGHT:
        return True
    return question_type in STAR_TYPES and not on_topic and not told


def is_general(words: Sequence[str], question_type: str) -> bool:
    """True for a unit that speaks of nobody and of nothing that was, where it is asked about."""
    about_somebody = question_type in STAR_TYPES or question_type == "hr"
    return about_somebody and not _told(words) and not _SPEAKERS & set(words)


def _told(words: Sequence[str]) -> bool:
    return any(norm in _TOLD or looks_past(norm) for norm in words)


def _tells(norm: str) -> bool:
    return weight(norm) > 0.3


@lru_cache(maxsize=256)
def _words_on_topic(question: Question) -> tuple[frozenset[str], frozenset[int]]:
    """The stems and meaning groups the question and its key points speak of."""
    texts = [question.text]
    for point in question.key_points:
        texts.extend((point.text, *point.phrases))
    roots: set[str] = set()
    groups: set[int] = set()
    for text in texts:
        for word in content_words(text):
            if _tells(word) and word not in RUBRIC_WORDS:
                roots.add(stem(word))
                groups |= concepts(stem(word))
    return frozenset(roots), frozenset(groups)
