"""Fillers: the one list and the one set of rules behind every count, highlight and report.

Hesitation sounds ("um") are always fillers. Words that are fillers only in filler position
("like", "well", "you know") are judged by their neighbours first; where the words leave it open,
an own pause (>= 0.2 s on both sides) or commas on both sides decide. Filler rates and what they
cost: Laske and DiGennaro Reed 2024; that an "um" is heard better than silence: Christenfeld 1995.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from interview_coach.speech.filler_context import FillerContext
from interview_coach.speech.languages import ENGLISH, pack_filler_runs, pack_of
from interview_coach.speech.text import Token, tokenise, tokenise_words
from interview_coach.speech.types import Filler, Word
from interview_coach.speech.word_classes import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_CONTRACTIONS,
    SUBJECT_PRONOUNS,
    looks_past,
    word_set,
)

_SOUND = re.compile(
    r"u+m+h*|u+h+m*|u+h+u+m+|e+r+m*|a+h+m*|h+m+|m{2,}|m+h+m+|e+h+m*|oh+|uh+r*|hu+h+"
)
_SINGLES = word_set(
    "like so well right okay ok yeah actually basically literally honestly anyway anyways kinda "
    "sorta"
)
_PHRASES = frozenset(
    [
        ("you", "know"),
        ("i", "mean"),
        ("kind", "of"),
        ("sort", "of"),
        ("you", "see"),
        ("yknow",),
    ]
)
_AFTER_PLACE = (
    AUXILIARIES
    | COORDINATORS
    | PREPOSITIONS
    | SUBJECT_PRONOUNS
    | word_set("because when where while that who which if as to it")
)
_DEGREE = word_set("really very super totally pretty completely just kind a so quite too all")
_SUBJECTS = SUBJECT_PRONOUNS | SUBJECT_CONTRACTIONS | word_set("you it there this that")
_LIKE_KEEPS_MEANING_AFTER = word_set(
    "look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed "
    "something anything nothing things stuff people someone more much just exactly taste smell "
    "id wed theyd youd would dont didnt doesnt do did really also"
)
_NOT_WELL_AFTER = word_set(
    "as very really went go goes going pretty quite how so work works worked did do doing done "
    "that it fairly extremely equally perform performed"
)
_PLAIN_KNOW_BEFORE = word_set(
    "do did if as let lets letting what how that when all everything because make"
)
_PLAIN_KNOW_AFTER = word_set(
    "how what why that the about if where when who which your my this it them"
)
_KIND_BEFORE = (
    DETERMINERS
    | PREPOSITIONS
    | word_set("what which same different new first certain right special one two best")
)


def is_hesitation(norm: str) -> bool:
    """True for a hesitation sound in any spelling ("um", "uhhh", "hmmm"), given normalised."""
    return len(norm) < 20 and _SOUND.fullmatch(norm) is not None


def potential_fillers(norms: Sequence[str]) -> list[bool]:
    """For each normalised word, whether it could be a filler anywhere, whatever the context.

    Text measures leave all of these out, so that a filler added at any place changes none of
    them. Phrases are found also across other fillers ("you um know").
    """
    marked = [word in _SINGLES or is_hesitation(word) for word in norms]
    stack: list[int] = []
    for index, word in enumerate(norms):
        if marked[index]:
            continue
        if (word,) in _PHRASES:
            marked[index] = True
        elif stack and (norms[stack[-1]], word) in _PHRASES:
            marked[stack.pop()] = True
            marked[index] = True
        else:
            stack.append(index)
    return marked


def find_fillers(words: Sequence[Word], language: str = ENGLISH) -> list[Filler]:
    """The certain fillers of recognised words, in order, with their times in seconds.

    language: `en` or the code of a pack (`speech.languages.CODES`).
    """
    return find_fillers_among(tokenise_words(words), words, language)


def find_fillers_among(
    tokens: Sequence[Token], words: Sequence[Word], language: str = ENGLISH
) -> list[Filler]:
    """The same, where the tokens of the words (`tokenise_words`) are at hand."""
    found: list[Filler] = []
    for first, last in _filler_runs(tokens, words, language):
        begin = words[tokens[first].word or 0]
        end = words[tokens[last].word or 0]
        text = " ".join(
            words[index].text.strip(" ,.;:?!\u2026\u2013\u2014-\"'")
            for index in sorted({token.word or 0 for token in tokens[first : last + 1]})
        )
        found.append(Filler(text=text, start=begin.start, end=end.end, certain=True))
    return found


def find_fillers_in_text(text: str, language: str = ENGLISH) -> list[Filler]:
    """The fillers of typed text, in order; times are None."""
    return [
        Filler(text=text[begin:stop], start=None, end=None, certain=True)
        for begin, stop in filler_spans(text, language)
    ]


def filler_spans(text: str, language: str = ENGLISH) -> list[tuple[int, int]]:
    """Character ranges (begin, stop) of the fillers in a text, for highlighting."""
    tokens = tokenise(text)
    return [
        (tokens[first].begin, tokens[last].stop)
        for first, last in _filler_runs(tokens, None, language)
    ]


def filler_token_flags(
    tokens: Sequence[Token], words: Sequence[Word] | None, language: str = ENGLISH
) -> list[bool]:
    """For each token, whether it belongs to a filler."""
    flags = [False] * len(tokens)
    for first, last in _filler_runs(tokens, words, language):
        for index in range(first, last + 1):
            flags[index] = True
    return flags


def _like(context: FillerContext, index: int) -> bool:
    before, after = context.near(index, -1), context.near(index, 1)
    if before in _SUBJECTS and (looks_past(after) or after in AUXILIARIES):
        return True
    if before in _LIKE_KEEPS_MEANING_AFTER or before in SUBJECT_PRONOUNS or before == "you":
        return context.apart(index, index)
    if after in {"to", "it", "them", "him", "her", "me", "us", "this", "that", "these", "those"}:
        return context.apart(index, index)
    if before in COORDINATORS | {"because", "so", "then"} or before in PREPOSITIONS | DETERMINERS:
        return True
    if after in _DEGREE - {"a"} or after[:1].isdigit():
        return True
    return context.apart(index, index) or context.by_sound(index, index)


def _so(context: FillerContext, index: int) -> bool:
    after = context.near(index, 1)
    if after in {"that", "much", "many", "far", "long", "called"}:
        return False
    opening = context.near(index, -1) == ""
    return opening or after in {"yeah", "like", ""} or context.apart(index, index)


def _well(context: FillerContext, index: int) -> bool:
    token = context.tokens[index]
    before = context.near(index, -1)
    if token.apostrophe or before in _NOT_WELL_AFTER or context.near(index, 1) == "as":
        return False
    opening = before == "" and context.near(index, 1) not in {"known", "done", "documented"}
    return opening or context.apart(index, index) or context.by_sound(index, index)


def _right(context: FillerContext, index: int) -> bool:
    if context.near(index, 1) in {"away", "now", "after", "before", "there", "tool", "thing"}:
        return False
    if context.near(index, -1) in {"the", "is", "was", "thats", "are", "were", "be", "all", "a"}:
        return False
    return context.apart(index, index)


def _set_apart(context: FillerContext, index: int) -> bool:
    return context.apart(index, index) or context.by_sound(index, index)


def _always(_context: FillerContext, _index: int) -> bool:
    return True


def _okay(context: FillerContext, index: int) -> bool:
    before = context.near(index, -1)
    if before in AUXILIARIES | {"its", "thats", "felt", "an"}:
        return False
    return before == "" or context.apart(index, index)


def _phrase(context: FillerContext, first: int, last: int) -> bool:
    pair = (context.tokens[first].norm, context.tokens[last].norm)
    before, after = context.near(first, -1), context.near(last, 1)
    if pair[1] == "of":
        return before not in _KIND_BEFORE
    if context.apart(first, last):
        return True
    if pair == ("you", "know"):
        return before not in _PLAIN_KNOW_BEFORE and after not in _PLAIN_KNOW_AFTER
    if pair == ("i", "mean"):
        return before not in {"what", "that"} and after not in {"it", "that", "by", "to"}
    return False


_RULES: dict[str, Callable[[FillerContext, int], bool]] = dict.fromkeys(_SINGLES, _set_apart) | {
    "like": _like,
    "so": _so,
    "well": _well,
    "right": _right,
    "okay": _okay,
    "ok": _okay,
    "yeah": _always,
    "kinda": _always,
    "sorta": _always,
    "yknow": _always,
}


def _filler_runs(
    tokens: Sequence[Token], words: Sequence[Word] | None, language: str
) -> list[tuple[int, int]]:
    if language != ENGLISH:
        pack = pack_of(language)
        return pack_filler_runs(FillerContext(tokens, words, pack.is_hesitation), pack)
    context = FillerContext(tokens, words, is_hesitation)
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        norm = tokens[index].norm
        following = _next_word(context, index)
        if norm == "er" and _emergency_room(tokens, index):
            pass
        elif context.sounds[index]:
            runs.append((index, index))
        elif (
            following is not None
            and (norm, tokens[following].norm) in _PHRASES
            and _phrase(context, index, following)
        ):
            runs.extend(_phrase_runs(index, following))
            index = following
        elif norm in _RULES and _RULES[norm](context, index):
            runs.append((index, index))
        index += 1
    return runs


def _emergency_room(tokens: Sequence[Token], index: int) -> bool:
    """True for "the ER", the place: no noun follows, as one does in "the er next page"."""
    if not index or tokens[index - 1].norm not in {"the", "an"}:
        return False
    after = tokens[index + 1].norm if index + 1 < len(tokens) else ""
    return after == "" or after in _AFTER_PLACE


def _next_word(context: FillerContext, index: int) -> int | None:
    following = index + 1
    while following < len(context.tokens) and context.sounds[following]:
        following += 1
    return following if following < len(context.tokens) else None


def _phrase_runs(first: int, last: int) -> list[tuple[int, int]]:
    """The phrase and the hesitation sounds inside it: "you um know" holds two fillers."""
    if last == first + 1:
        return [(first, last)]
    inside = [(index, index) for index in range(first + 1, last - 1)]
    return [(first, first), *inside, (last - 1, last)]
