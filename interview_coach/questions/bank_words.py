"""The words of the question bank: their stems, and those that say nothing about a key point."""

from __future__ import annotations

import re
import unicodedata

# Words that carry no subject: a phrase made of these alone would be found in any answer.
_SMALL_WORD_LIST = """
    a about after again all also am an and any are as at be because been before being but by can
    could did do does done down each else even ever few for from get go got had has have he her
    here him his how i if in into is it its itself just like made make many may me might more most
    much must my myself no not now of off on once one only or other our out over own quite really
    same she should so some such than that the their them then there these they this those through
    to too up us very was way we well were what when where which while who why will with would
    you your
"""
_SMALL_WORDS = frozenset(_SMALL_WORD_LIST.split())

# Alone they are no sign of a point: they turn up in an answer to any question, of any type.
_EVERYDAY_WORD_LIST = """
    afterwards ago alone already always answer ask aside away back bad base better both box break
    bring business buy call called card care carry case chance change check choose clear close
    coffee come company compare copy correct cost course cut daily date day desk detail different
    door draw drive drop each early eat empty end everybody everyone exactly example expect fail
    fall far fast fault feel file fill find first fit fix form forget free friend front full game
    general get give goal good happen head hear heavy help hold home house idea job join keep kept
    kind know large last late later learn leave left let letter line list listen little live long
    look lose low lunch machine make matter mean meet message middle miss mistake money month move
    name near need never new next nobody normal note nothing notice number offer often old open
    order page paper part pass pay people person phone pick place plan play point press problem
    project promise pull push put question quick quiet quietly quite rather reach read real reason
    remember rest result return right role room round rule run said same save say screen see seem
    seen send separate set shop short show shown side sign simple sit slow small someone something
    sometimes soon sort speak stand start started stay still stop story straight strange strong
    stuck sudden sure table take talk team tell thank thing think third time today together told
    tomorrow took top town trust try tried turn turned type understand use used visit wait walk
    want wanted warm watch wave way week went whole win word work world worry worse write wrong
    wrote year yesterday yet
"""

# Numbers and times stand in every answer worth hearing, so alone they prove no point.
_COUNT_WORD_LIST = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion dozen half quarter third twice double triple percent couple
    several
    second minute hour day week fortnight month year decade weekend monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september
    october november december spring summer autumn winter morning noon afternoon evening night
    midnight today tonight yesterday tomorrow ago daily weekly monthly yearly hourly christmas
    easter
"""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def everyday_words() -> tuple[str, ...]:
    """Words an answer to any question may hold."""
    return tuple(_EVERYDAY_WORD_LIST.split())


def count_words() -> tuple[str, ...]:
    """Words for numbers and times."""
    return tuple(_COUNT_WORD_LIST.split())


def content_words(text: str) -> frozenset[str]:
    """The stems of the words in `text` that carry a subject.

    A coarse stemmer on purpose: it only has to see that two words are the same one.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return frozenset(_stem(word) for word in _WORD.findall(folded) if word not in _SMALL_WORDS)


def _stem(word: str) -> str:
    if word.endswith(("ied", "ies")) and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ingly", "edly", "ing", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    # "plan" and "planned", "use" and "using" must meet.
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        return word[:-1]
    return word.rstrip("e") if len(word) > 3 else word
