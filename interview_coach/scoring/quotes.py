"""Whether a quote was really said, and when: what an engine quotes is looked for word by word."""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.scoring.timing import token_times
from interview_coach.scoring.types import Evidence
from interview_coach.speech.text import tokenise
from interview_coach.speech.types import Word

LEAST_WORDS = 2


def locate(
    text: str, words: Sequence[Word] | None, quote: str, criterion: str = "quote"
) -> Evidence | None:
    """The first place of a transcript where all words of a quote stand in their order.

    Case, punctuation and accents do not matter, every word does. The evidence holds the
    transcript's own letters, and seconds where the words have times. None when it was not said,
    or when it is a single word, which proves nothing.
    """
    wanted = [token.norm for token in tokenise(quote)]
    if len(wanted) < LEAST_WORDS:
        return None
    tokens = tokenise(text)
    said = [token.norm for token in tokens]
    for first in range(len(said) - len(wanted) + 1):
        if said[first : first + len(wanted)] == wanted:
            last = first + len(wanted) - 1
            start, end = token_times(tokens, words).between(first, last)
            return Evidence(criterion, text[tokens[first].begin : tokens[last].stop], start, end)
    return None


def sentences(text: str) -> list[str]:
    """The sentences of a transcript by its own full stops, as they stand there."""
    tokens = tokenise(text)
    found: list[str] = []
    begin = 0
    for index, token in enumerate(tokens):
        if token.starts_sentence:
            begin = index
        if token.ends_sentence or index == len(tokens) - 1:
            found.append(text[tokens[begin].begin : token.stop])
            begin = index + 1
    return found
