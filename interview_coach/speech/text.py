"""Text to tokens that do not depend on case, punctuation or Unicode form.

A recogniser's punctuation is a guess and a draft recogniser gives none, so the form a word is
compared by carries neither: `normalise("Don't,")` and `normalise("DONT")` are equal. The marks
that stood around a word are kept beside it, as weak evidence for fillers only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.speech.types import Word

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Devanagari's vowel signs are marks to Python, and letters to whoever reads Hindi.
_VOWEL_SIGNS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_MARKS = "\u0300-\u036f" + _VOWEL_SIGNS
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4\u2032\uff07"
_LETTER = rf"(?:[^\W_]|[{_MARKS}{_INVISIBLE}])"
_TOKEN = re.compile(
    # initials: "U.S.", "e.g."; then numbers: "1,200", "3.5x"; then words: "don't"
    rf"(?<![^\W_])[^\W\d_](?:\.[^\W\d_](?![^\W_]))+"
    rf"|\d+(?:[.,:]\d+)+{_LETTER}*"
    rf"|{_LETTER}+(?:[{_APOSTROPHES}_]{_LETTER}+)*"
)
_COMMA = re.compile(r"[,;:()\u2013\u2014\u2026-]")
_TERMINAL = re.compile(r"[.?!\u2026\n\u0964]")  # the last one is the danda
_NOT_LETTER = re.compile(rf"(?:(?![{_VOWEL_SIGNS}])[\W_])+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    norm: the form to compare by (lower case, no accents, no apostrophes). begin, stop: character
    offsets in the text it came from. word: index of the `Word` it came from, None for typed text.
    comma_before, comma_after, ends_sentence, starts_sentence: marks beside it.
    apostrophe: whether an apostrophe stood inside ("we'll" is not "well").
    """

    norm: str
    begin: int
    stop: int
    word: int | None = None
    comma_before: bool = False
    comma_after: bool = False
    starts_sentence: bool = False
    ends_sentence: bool = False
    apostrophe: bool = False


def normalise(word: str) -> str:
    """The form of a word that case, accents, apostrophes and Unicode variants do not change."""
    if word.isascii():
        return word.lower() if word.isalnum() else _NOT_LETTER.sub("", word.lower())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _NOT_LETTER.sub("", bare)


def tokenise(text: str) -> list[Token]:
    """The words of a text in order, with their places and the marks around them."""
    return _tokens(text, None)


def _tokens(text: str, words: Sequence[tuple[int, int]] | None) -> list[Token]:
    """Tokens; words: (end offset, index) of each recognised word, None for typed text."""
    found = [(match, normalise(match.group())) for match in _TOKEN.finditer(text)]
    found = [(match, norm) for match, norm in found if norm]
    edges = [0, *(match.end() for match, _ in found)]
    after = [text[edge : match.start()] for edge, (match, _) in zip(edges, found, strict=False)]
    after.append(text[edges[-1] :])
    commas = [gap != " " and _COMMA.search(gap) is not None for gap in after]
    stops = [gap != " " and _TERMINAL.search(gap) is not None for gap in after]
    stops[0] = stops[-1] = True
    tokens: list[Token] = []
    current = 0
    for index, (match, norm) in enumerate(found):
        while words and current < len(words) - 1 and match.start() >= words[current][0]:
            current += 1
        raw = match.group()
        tokens.append(
            Token(
                norm=norm,
                begin=match.start(),
                stop=match.end(),
                word=words[current][1] if words else None,
                comma_before=commas[index],
                comma_after=commas[index + 1],
                starts_sentence=stops[index],
                ends_sentence=stops[index + 1],
                apostrophe=len(raw) != len(norm) and any(sign in _APOSTROPHES for sign in raw),
            )
        )
    return tokens


def text_of_words(words: Sequence[Word]) -> str:
    """The transcript that recognised words make when joined by single spaces."""
    return " ".join(word.text.strip() for word in words if word.text.strip())


def tokenise_words(words: Sequence[Word]) -> list[Token]:
    """The tokens of `text_of_words(words)`, each with the index of its word."""
    bounds: list[tuple[int, int]] = []
    position = 0
    for index, word in enumerate(words):
        stripped = word.text.strip()
        if stripped:
            bounds.append((position + len(stripped), index))
            position += len(stripped) + 1
    return _tokens(text_of_words(words), bounds)
