"""Corrected words get the times of the words they replace, so that delivery stays the sound's."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from interview_coach.speech.types import Span, Word


def align(text: str, words: Sequence[Word], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The words of `text` with times in seconds.

    A word that was recognised keeps its time. Words between two known ones share the time
    between them; without any known word they share the `speech` in proportion to their length
    in letters. Every probability is None: a person has read or written these words.
    """
    corrected = text.split()
    if not corrected:
        return ()
    first = speech[0].start if speech else (words[0].start if words else 0.0)
    last = speech[-1].end if speech else (words[-1].end if words else 0.0)
    matcher = SequenceMatcher(
        a=[_plain(word.text) for word in words],
        b=[_plain(word) for word in corrected],
        autojunk=False,
    )
    placed: list[Word] = []
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            placed.extend(
                Word(text, old.start, old.end, None)
                for old, text in zip(words[a_from:a_to], corrected[b_from:b_to], strict=True)
            )
        elif b_to > b_from:
            start = placed[-1].end if placed else first
            end = words[a_to].start if a_to < len(words) else max(last, start)
            # The word that follows may begin before the one in front has ended, or before the
            # first speech that was found: what stands between them is never later than it.
            placed.extend(_shared(corrected[b_from:b_to], min(start, end), end))
    return tuple(placed)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _shared(texts: Sequence[str], start: float, end: float) -> list[Word]:
    lengths = [max(1, len(text)) for text in texts]
    share = (end - start) / sum(lengths)
    words = []
    for text, length in zip(texts, lengths, strict=True):
        words.append(Word(text, round(start, 3), round(start + share * length, 3), None))
        start += share * length
    return words
