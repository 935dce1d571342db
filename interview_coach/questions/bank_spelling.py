"""Spelling of the question bank, against an English dictionary and the bank's own word list.

The dictionary (pyspellchecker, MIT) is a tool of developers: the running product never needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from interview_coach.questions.bank import DATA_FOLDER

WORDS_FILE = "words.txt"
_TOKEN = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_POSSESSIVE = re.compile(r"'(?:s|d|ll|ve|re|m)$|n't$")


class Spelling:
    """Knows which words are spelled as they should be.

    folder: the data folder whose `words.txt` lists the terms of the trade no dictionary has, one
    a line, lower-case; lines beginning with # are remarks. Raises `ModuleNotFoundError` where the
    dictionary is not installed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from spellchecker import SpellChecker  # not part of the product's own requirements

        self._dictionary = SpellChecker(language="en")
        listed = ((folder or DATA_FOLDER) / WORDS_FILE).read_text(encoding="utf-8").splitlines()
        self._terms = frozenset(line.strip() for line in listed if not line.startswith("#"))

    def mistakes(self, texts: Iterable[str]) -> Iterator[str]:
        """The words, lower-case, that neither the dictionary nor the list knows, each once."""
        seen: set[str] = set()
        for token in _tokens(texts):
            if token not in seen and not self._knows(token):
                yield token
            seen.add(token)

    def _knows(self, token: str) -> bool:
        plain = _POSSESSIVE.sub("", token)
        return any(
            word in self._terms or bool(self._dictionary.known([word])) for word in (token, plain)
        )


def _tokens(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for token in _TOKEN.findall(text.replace("\u2019", "'")):
            # One letter is a name in a formula (`n`, `O`), no word.
            if len(token) > 1:
                yield token.lower()
