"""Text to tokens that do not depend on case, punctuation or Unicode form.

A recogniser's punctuation is a guess and a draft recogniser gives none, so the form a word is
compared by carries neither: `normalise("Don’t,")` and `normalise("DONT")` are equal. The marks
that stood around a word are kept beside it, as weak evidence for fillers only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.speech.types import Word

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4\u2032\uff07"
_LETTER = rf"(?:[^\W_]|[{_MARKS}{_INVISIBLE}])"
_TOKEN = re.compile(
    # initials: "U.S.", "e.g."; then numbers: "1,200", "3.5x"; then words: "don't"
    rf"(?<![^\W_])[^\W\d_](?:\.[^\W\d_](?![^\W_]))+"
    rf"|\d+(?:[.,:]\d+)+{_LETTER}*"
    rf"|{_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*"
)
_COMMA = re.compile(r"[,;:()\u2013\u2014\u2026-]")
_TERMINAL = re.compile(r"[.?!\u2026\n]")
_NOT_LETTER = re.compile(r"[\W_]+")


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
    found = [(match, normalise(match.group())) for match in _TOKEN.finditer(text)]
    found = [(match, norm) for match, norm in found if norm]
    gaps: list[str] = []
    position = 0
    for match, _ in found:
        gaps.append(text[position : match.start()])
        position = match.end()
    gaps.append(text[position:])
    tokens: list[Token] = []
    for index, (match, norm) in enumerate(found):
        before, after = gaps[index], gaps[index + 1]
        tokens.append(
            Token(
                norm=norm,
                begin=match.start(),
                stop=match.end(),
                comma_before=bool(_COMMA.search(before)),
                comma_after=bool(_COMMA.search(after)),
                starts_sentence=index == 0 or bool(_TERMINAL.search(before)),
                ends_sentence=index == len(found) - 1 or bool(_TERMINAL.search(after)),
                apostrophe=any(sign in _APOSTROPHES for sign in match.group()),
            )
        )
    return tokens


def text_of_words(words: Sequence[Word]) -> str:
    """The transcript that recognised words make when joined by single spaces."""
    return " ".join(word.text.strip() for word in words if word.text.strip())


def tokenise_words(words: Sequence[Word]) -> list[Token]:
    """The tokens of `text_of_words(words)`, each with the index of its word."""
    tokens = tokenise(text_of_words(words))
    bounds: list[tuple[int, int]] = []
    position = 0
    for index, word in enumerate(words):
        stripped = word.text.strip()
        if stripped:
            bounds.append((position + len(stripped), index))
            position += len(stripped) + 1
    placed: list[Token] = []
    current = 0
    for token in tokens:
        while current < len(bounds) - 1 and token.begin >= bounds[current][0]:
            current += 1
        placed.append(_with_word(token, bounds[current][1]))
    return placed


def _with_word(token: Token, word: int) -> Token:
    return Token(
        norm=token.norm,
        begin=token.begin,
        stop=token.stop,
        word=word,
        comma_before=token.comma_before,
        comma_after=token.comma_after,
        starts_sentence=token.starts_sentence,
        ends_sentence=token.ends_sentence,
        apostrophe=token.apostrophe,
    )
