"""Syllables from the spelling, for the languages of the packs.

German, French and Spanish count vowel groups by their own rules for diphthongs and silent
letters. Hindi counts the vowels of Devanagari after schwa deletion (Ohala 1983: the inherent
vowel falls at the end of a word, and between V C and C V). They are near, not exact: enough for a
pace in syllables a second, where a few of a hundred move nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from interview_coach.speech.syllables import count_syllables

_GERMAN = re.compile(r"(?<=t)io(?=n)|ai|ay|ei|ey|au|eu|äu|ie|aa|ee|oo|[aeiouyäöü]")
_GERMAN_SILENT_H = re.compile(r"(?<=[aeiouäöü])h(?![aeiouäöü])")
_FRENCH = re.compile(
    r"eau|oui|œu|oeu|eui|uei|ai|aî|ei|au|eu|ou|où|oû|oi|oî|ui|"
    r"(?<![bcdfgptv][lr])i[eéèêoa](?![uœ])|[aeiouyàâäéèêëîïôöùûüœæ]"
)
_FRENCH_SILENT_END = re.compile(r"(?<=[^aàâeéèêiîoôuùûy])es?$|(?<=[éiu])es?$")
_SPANISH_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_SPANISH = re.compile(r"[iuüy]?[aeoáéó](?:[iuü](?![aeoáéóíú])|y(?![aeiouáéíóú]))?|[íú]|[iuü]+y?|y$")

_VIRAMA = "\u094d"
_MATRAS = frozenset(
    "\u093e\u093f\u0940\u0941\u0942\u0943\u0944\u0945\u0946\u0947\u0948\u0949\u094a\u094b\u094c"
)
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=16384)
def count_pack_syllables(word: str, code: str) -> int:
    """The syllables of one word as written, at least 1 where there is a letter or a digit.

    code: of a pack. Digits are counted as in English ("42" is 3), which is near enough.
    """
    whole = unicodedata.normalize("NFC", word).casefold()
    digits = _NUMBER.findall(whole)
    letters = "".join(sign for sign in _NUMBER.sub("", whole) if _belongs(sign))
    counted = sum(count_syllables(number) for number in digits)
    return counted + (max(1, _RULES[code](letters)) if letters else 0)


def _belongs(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign) in {"Mn", "Mc"}


def _german(word: str) -> int:
    return len(_GERMAN.findall(_GERMAN_SILENT_H.sub("", word)))


def _french(word: str) -> int:
    spoken = _FRENCH_SILENT_END.sub("", word) if len(word) > 2 else word
    return len(_FRENCH.findall(spoken.replace("qu", "q").replace("gue", "ge").replace("ï", "ë")))


def _spanish(word: str) -> int:
    return len(_SPANISH.findall(_SPANISH_SILENT_U.sub("", word)))


def _hindi(word: str) -> int:
    if not any("\u0900" <= sign <= "\u097f" for sign in word):
        return count_syllables(word)  # Hindi said with English words, written in Latin letters
    return sum(_sounded(_vowels(word)))


def _vowels(word: str) -> list[str]:
    """For each vowel place `v` (written) or `a` (the inherent vowel of a consonant)."""
    places: list[str] = []
    for index, sign in enumerate(word):
        following = word[index + 1 : index + 2]
        if following == "\u093c":  # the nukta belongs to its consonant
            following = word[index + 2 : index + 3]
        if "\u0905" <= sign <= "\u0914" or sign in _MATRAS:
            places.append("v")
        elif ("\u0915" <= sign <= "\u0939" or "\u0958" <= sign <= "\u095f") and (
            following != _VIRAMA and following not in _MATRAS
        ):
            places.append("a")
    return places


def _sounded(places: list[str]) -> list[bool]:
    sounded = [True] * len(places)
    for index in range(len(places) - 1, 0, -1):
        if places[index] != "a":
            continue
        last = index == len(places) - 1
        between = not last and sounded[index + 1]
        sounded[index] = not (last or (between and index >= 1 and _kept_before(places, index)))
    return sounded


def _kept_before(places: list[str], index: int) -> bool:
    """Between two vowels that are said: the one before must not have to fall itself."""
    return places[index - 1] == "v" or index - 1 == 0


_RULES: dict[str, Callable[[str], int]] = {
    "de": _german,
    "fr": _french,
    "es": _spanish,
    "hi": _hindi,
}
