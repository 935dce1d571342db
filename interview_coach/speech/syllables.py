"""Syllables of English words from their spelling: own rules and a list of exceptions.

The rules count vowel groups, drop silent endings and part vowels that are said apart; the
exceptions are common words that the rules get wrong.
"""

from __future__ import annotations

import re
from functools import lru_cache

from interview_coach.speech.text import normalise

_EXCEPTIONS_BY_COUNT = {
    1: "clothes eye eyes eyed queue queues league leagues ours dont wont cant youre theyre once",
    2: (
        "being idea business every evening something someone sometimes somewhere therefore somehow "
        "meanwhile quiet diet science via chaos lion poet riot doesnt didnt wasnt isnt hasnt "
        "havent hadnt couldnt wouldnt shouldnt baseline wednesday chocolate different family "
        "camera favorite favourite interest homepage framework people create handled colleague "
        "colleagues mobile agile hostile creates purpose"
    ),
    3: (
        "area areas idea ideas beautiful separate created creating company everyone everything "
        "everybody usually reacted video videos timeline timelines vegetable comfortable creative "
        "database databases another realised realized realise realize creation variance diagram"
    ),
    4: "usually reality creativity january february variety society anxiety actually naturally",
    5: "immediately unfortunately",
    6: "accountability responsibility availability reliability",
}
_EXCEPTIONS = {word: count for count, row in _EXCEPTIONS_BY_COUNT.items() for word in row.split()}

_VOWELS = re.compile(r"[aeiouy]+")
_SAID_APART = re.compile(
    r"(?<![tcsg])ia|(?<=[tcsg])ia(?=t)|(?<![tscgx])io(?!n\b|ns\b)|(?<=[rlbpn])ion\b|"
    r"(?<![tc])ien[ct]|iu|ii|yi|[aeou]ing|(?<![qg])ua(?!r|d)|uou|eo(?!p|u|n\b)|"
    r"\brea(?=ct|l(?:i|l)|ss)|(?<=r)ea(?=t[ei])|uent|uenc"
)
_SILENT_INNER = re.compile(r"(?<=[aeiouy])([^aeiouy]{1,2})e(?=ly|ment|ful|less|ness)")
_SOUNDED_ES = re.compile(r"(?:[sxzcg]|sh|ch)es$")
_SYLLABIC_L = re.compile(r"[^aeiouylr]le[sd]?$")
_DIGIT_SYLLABLES = {"0": 2, "7": 2}
_PLACE_SYLLABLES = (0, 1, 2)


@lru_cache(maxsize=16384)
def count_syllables(word: str) -> int:
    """The number of syllables of one word, at least 1 for anything with a letter or digit.

    Digits are counted roughly as they are read aloud ("42" is "forty-two", 3).
    """
    norm = normalise(word)
    if not norm:
        return 0
    digits = "".join(sign for sign in norm if sign.isdigit())
    if digits:
        letters = "".join(sign for sign in norm if not sign.isdigit())
        return _number_syllables(digits) + (count_syllables(letters) if letters else 0)
    if norm in _EXCEPTIONS:
        return _EXCEPTIONS[norm]
    return max(1, _by_rules(norm))


def _by_rules(norm: str) -> int:
    norm = _SILENT_INNER.sub(r"\1", norm)
    # "y" between vowels or in front is a consonant: "layer", "year"
    norm = re.sub(r"(?<=[aeiou])y(?=[aeou])|^y(?=[aeiou])", "j", norm)
    count = len(_VOWELS.findall(norm)) + len(_SAID_APART.findall(norm))
    return count - (1 if count > 1 and _silent_ending(norm) else 0)


def _silent_ending(norm: str) -> bool:
    if _SYLLABIC_L.search(norm):
        return False
    if norm.endswith("e"):
        return norm[-2:-1] not in set("aeiouy")
    if norm.endswith("es"):
        return norm[-3:-2] not in set("aeiouy") and not _SOUNDED_ES.search(norm)
    return norm.endswith("ed") and norm[-3:-2] not in set("aeiouytd")


def _number_syllables(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits[:15])):
        if digit != "0":
            total += _DIGIT_SYLLABLES.get(digit, 1) + _PLACE_SYLLABLES[place % 3]
        if place and place % 3 == 0:
            total += 2
    return max(total, 1)
