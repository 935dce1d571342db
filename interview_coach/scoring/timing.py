"""When each word of a transcript was said, also where the candidate corrected the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from interview_coach.speech.text import Token, tokenise_words
from interview_coach.speech.types import Word

# Aligning grows with the product of both lengths; a longer correction keeps no times.
LONGEST_ALIGNED = 6000


class TokenTimes:
    """Start and end of the tokens of a text, in seconds; nothing known for typed text."""

    def __init__(self, spans: Sequence[tuple[float, float] | None]) -> None:
        self._spans = spans

    def between(self, first: int, last: int) -> tuple[float | None, float | None]:
        """From the first known start to the last known end among tokens first..last."""
        known = [span for span in self._spans[first : last + 1] if span is not None]
        if not known:
            return None, None
        return round(known[0][0], 3), round(known[-1][1], 3)


def token_times(
    tokens: Sequence[Token], words: Sequence[Word] | None, heard: Sequence[Token] | None = None
) -> TokenTimes:
    """The times of a transcript's tokens from the recognised words.

    tokens: of the transcript, which may have been corrected; words that were not recognised so
    have no time. heard: `tokenise_words(words)` where that is at hand.
    """
    if not words:
        return TokenTimes([])
    if heard is None:
        heard = tokenise_words(words)
    spoken = [(words[token.word or 0].start, words[token.word or 0].end) for token in heard]
    heard_norms = [token.norm for token in heard]
    norms = [token.norm for token in tokens]
    if norms == heard_norms:
        return TokenTimes(spoken)
    spans: list[tuple[float, float] | None] = [None] * len(tokens)
    if max(len(norms), len(heard_norms)) <= LONGEST_ALIGNED:
        matcher = SequenceMatcher(None, heard_norms, norms, autojunk=False)
        for left, right, size in matcher.get_matching_blocks():
            for offset in range(size):
                spans[right + offset] = spoken[left + offset]
    return TokenTimes(spans)
