"""The packs as data, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from interview_coach.speech.text import tokenise

ENGLISH = "en"
CODES = ("de", "fr", "es", "hi")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One language.

    code: ISO 639-1. name: in English. syllable_rate: syllables a second of speech against English
    (1.0), from `syllable_source`. hesitations: matches a normalised hesitation sound. set_apart,
    phrases_set_apart: fillers only where something sets them apart. phrases_always: wherever they
    stand. star: for each part of a story, the phrases that open it. All words are normalised.
    """

    code: str
    name: str
    syllable_rate: float
    syllable_source: str
    hesitations: re.Pattern[str]
    set_apart: frozenset[str]
    always: frozenset[str]
    phrases_set_apart: tuple[Phrase, ...]
    phrases_always: tuple[Phrase, ...]
    first_person: frozenset[str]
    star: dict[str, tuple[Phrase, ...]]

    @property
    def rate_is_known(self) -> bool:
        """Whether a study gives the language's rate."""
        return not self.syllable_source.startswith("not known")

    @property
    def longest_phrase(self) -> int:
        """Words of the longest filler phrase."""
        return max(len(phrase) for phrase in (*self.phrases_set_apart, *self.phrases_always, ("",)))

    def is_hesitation(self, norm: str) -> bool:
        """True for a hesitation sound, given normalised."""
        return len(norm) < 20 and self.hesitations.fullmatch(norm) is not None


@lru_cache(maxsize=len(CODES))
def pack_of(code: str) -> Pack:
    """The pack of a language; KeyError for one that has none (English needs none)."""
    if code not in CODES:
        raise KeyError(code)
    text = files(__package__).joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    return Pack(
        code=data["code"],
        name=data["name"],
        syllable_rate=float(data["syllable_rate"]),
        syllable_source=data["syllable_source"],
        hesitations=re.compile(data["hesitations"]),
        set_apart=frozenset(word for phrase in _phrases(data["set_apart"]) for word in phrase),
        always=frozenset(word for phrase in _phrases(data["always"]) for word in phrase),
        phrases_set_apart=_phrases(data["phrases_set_apart"]),
        phrases_always=_phrases(data["phrases_always"]),
        first_person=frozenset(
            word for phrase in _phrases(data["first_person"]) for word in phrase
        ),
        star={part: _phrases(cues) for part, cues in data["star"].items()},
    )


def phrase_at(norms: Sequence[str], index: int, phrases: Iterable[Phrase]) -> int:
    """How many words of the longest phrase that stands at a place, 0 for none."""
    return max(
        (len(phrase) for phrase in phrases if tuple(norms[index : index + len(phrase)]) == phrase),
        default=0,
    )


def _phrases(rows: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(token.norm for token in tokenise(row)) for row in rows)
