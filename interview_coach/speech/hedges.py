"""Hedges: words that take back what is being said, about 40, each checked in its context.

The list is curated for interview answers. "I think" before a claim is a hedge, "I think about" is
not; "might" is a hedge, "the might of" is not; "kind of" and "sort of" are fillers (one list, in
`fillers`) and are not counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.speech.word_classes import DETERMINERS, PREPOSITIONS, word_set

_ALWAYS = (
    "i guess",
    "i suppose",
    "i would say",
    "id say",
    "i assume",
    "i imagine",
    "i hope",
    "i dont really know",
    "i dont know",
    "im not sure",
    "im not really sure",
    "im not certain",
    "im not totally sure",
    "i am not sure",
    "im no expert",
    "not really sure",
    "not entirely sure",
    "if im not mistaken",
    "if i remember correctly",
    "as far as i know",
    "as far as i remember",
    "to some extent",
    "to a certain extent",
    "in some ways",
    "more or less",
    "pretty much",
    "or something",
    "or whatever",
    "and stuff",
    "and whatever",
    "maybe",
    "perhaps",
    "possibly",
    "probably",
    "presumably",
    "supposedly",
    "hopefully",
    "somehow",
    "somewhat",
    "seemingly",
    "arguably",
    "it seems",
    "it seemed",
    "tend to",
    "tended to",
    "a little bit",
    "could have been better",
)
_NOT_BEFORE: dict[str, frozenset[str]] = {
    "i think": word_set("about of through over critically ahead"),
    "i believe": frozenset({"in"}),
    "i thought": word_set("about of through on over it"),
    "i feel": word_set(
        "confident proud strongly responsible good great happy comfortable ready safe"
    ),
    "in a way": frozenset({"that", "which", "to"}),
    "a bit": frozenset({"of"}),
    "might": frozenset({"of", "and"}),
    "may": frozenset(),
    "fairly": frozenset({"and", "to", "with", "by", ""}),
    "seems to": frozenset(),
    "seemed to": frozenset(),
}
_NOT_AFTER: dict[str, frozenset[str]] = {
    "i think": word_set("what how way when where who"),
    "i believe": word_set("what"),
    "i thought": word_set("what than"),
    "i feel": word_set("what how"),
    "in a way": frozenset(),
    "a bit": frozenset(),
    "might": DETERMINERS,
    "may": PREPOSITIONS | DETERMINERS | word_set("last early late since until next before"),
    "fairly": word_set("treated treat paid pay split divided act acted"),
    "seems to": frozenset(),
    "seemed to": frozenset(),
}
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _hedge in sorted((*_ALWAYS, *_NOT_BEFORE), key=lambda text: -len(text.split())):
    _BY_FIRST.setdefault(_hedge.split()[0], []).append(tuple(_hedge.split()))


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge at the words `first` to `last` (both counted in). `counts` is False where the
    phrase stands but its context makes it plain speech."""

    first: int
    last: int
    counts: bool


def find_hedges(norms: Sequence[str]) -> list[Hedge]:
    """All hedge phrases among normalised words (fillers left out), in order, not overlapping."""
    found: list[Hedge] = []
    index = 0
    while index < len(norms):
        phrase = _phrase_at(norms, index)
        if phrase is None:
            index += 1
            continue
        last = index + len(phrase) - 1
        text = " ".join(phrase)
        before = norms[index - 1] if index else ""
        after = norms[last + 1] if last + 1 < len(norms) else ""
        counts = after not in _NOT_BEFORE.get(text, ()) and before not in _NOT_AFTER.get(text, ())
        found.append(Hedge(index, last, counts))
        index = last + 1
    return found


def _phrase_at(norms: Sequence[str], index: int) -> tuple[str, ...] | None:
    for phrase in _BY_FIRST.get(norms[index], ()):
        if tuple(norms[index : index + len(phrase)]) == phrase:
            return phrase
    return None
