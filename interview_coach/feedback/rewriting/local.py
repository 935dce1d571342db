"""The local version: the candidate's own sentences in the order of a good answer, cleaned of
fillers and repeats, with gaps where a part or a number is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from interview_coach.ai.prompts import instruction_count
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.rewriting.words import numbers_of
from interview_coach.questions.bank_words import content_words
from interview_coach.scoring.quotes import sentences
from interview_coach.scoring.star import has_phrase
from interview_coach.scoring.structure_cues import CLAIM, EXAMPLE, REASON, TRADE_OFFS
from interview_coach.scoring.types import STAR_TYPES
from interview_coach.speech.fillers import filler_spans
from interview_coach.speech.hedges import find_hedges
from interview_coach.speech.repairs import find_repairs
from interview_coach.speech.text import tokenise

MOST_WORDS = 300
_SAME = 0.8
_LEAST_WORDS = 3
_STORY = ("situation", "task", "action", "result")
_STORY_GAPS = {
    "situation": "This was at [where you worked], [when].",
    "task": "My task was [your part].",
    "action": "First I [what you did yourself], then [the next step].",
    "result": "As a result, [the result], [your number].",
}
_CLAIM_GAPS = {
    "claim": "My answer in short: [your claim].",
    "reason": "I say that because [your reason].",
    "example": "For example, [a time you did it], and [the result].",
}
_CHAIN_GAP = "The price of it is [what you give up], which I would accept because [your reason]."
_OWN_PART = "My own part in it was [your part]."
_NUMBER = "In numbers, that was [your number]."
_OPENERS = re.compile(
    r"^(?:and|but|so|then|or|also|plus|yeah|yes|no|well|okay|ok)\b[ ,]*", re.IGNORECASE
)
_BECAUSE = re.compile(r"^because\b", re.IGNORECASE)
# An end that was told first, where the scorer looks for one after the actions.
_ENDED = re.compile(
    r"\b(?:as a result|the result|in the end|went (?:down|up|from)|(?:dropped|fell|rose|grew) "
    r"(?:from|by|to)|(?:cut|reduced|increased|saved)\b.*\d)",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:I|my|me)\b|\bI'", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """A stronger version. text: with gaps in square brackets. kept: the sentences of the answer
    it was made from, as they were said. missing: key points that were not made."""

    text: str
    kept: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Said:
    """A sentence of the answer. place: in the answer. part: where it goes."""

    place: int
    quote: str
    text: str
    part: str
    anchored: bool = False
    numbers: set[str] = field(default_factory=set)

    @property
    def words(self) -> int:
        return len(self.text.split())


def compose(answer: Analysed) -> Version:
    """The version of a scored answer. The same answer gives the same version."""
    told = _told(answer)
    if answer.kind in STAR_TYPES:
        parts: Sequence[str] = _STORY
        _place_story(told, answer.result)
        gaps = _story_gaps(told, answer.result)
    elif answer.kind == "hr":
        parts = ("claim", "reason", "example")
        _place_claim(told)
        gaps = {part: gap for part, gap in _CLAIM_GAPS.items() if not _in(told, part)}
    else:
        parts = ("chain", "price")
        gaps = {} if _weighs(told) else {"price": _CHAIN_GAP}
    chosen = _shortened(told)
    lines: list[str] = []
    for part in parts:
        own = [item for item in chosen if item.part == part]
        lines += [item.text for item in own]
        if part in gaps:
            lines.append(gaps[part])
    kept = tuple(item.quote for item in sorted(chosen, key=lambda item: item.place))
    return Version(" ".join(lines), kept, _missing(answer.result))


def _in(told: Sequence[_Said], part: str) -> bool:
    return any(item.part == part for item in told)


def _missing(result: dict[str, Any]) -> tuple[str, ...]:
    points = result.get("key_points") or ()
    return tuple(point["text"] for point in points if point["level"] == "missing")[:3]


def _told(answer: Analysed) -> list[_Said]:
    """The sentences that say something, each once, cleaned."""
    found: list[_Said] = []
    for place, quote in enumerate(sentences(answer.transcript)):
        text = cleaned(quote)
        known = content_words(text)
        if len(text.split()) < _LEAST_WORDS or not known or instruction_count(quote):
            continue
        if any(_alike(known, content_words(item.text)) for item in found):
            continue
        found.append(_Said(place, quote, text, "chain", numbers=numbers_of(text)))
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) / (len(one | other) or 1) >= _SAME


def cleaned(sentence: str) -> str:
    """A sentence without fillers, repeats and hedges, with a capital and a full stop."""
    text = _without(sentence, filler_spans(sentence))
    tokens = tokenise(text)
    norms = [token.norm for token in tokens]
    cut = [
        (tokens[item.first].begin, tokens[item.first + item.abandoned].begin)
        for item in find_repairs(norms)
        if item.first + item.abandoned < len(tokens)
    ]
    text = _without(text, cut)
    text = _without_opening_hedge(text)
    text = _OPENERS.sub("", text).strip(" ,;-")
    if not text:
        return ""
    text = _BECAUSE.sub("That is because", text)
    text = text[:1].upper() + text[1:]
    return text if text[-1] in ".?!" else f"{text}."


def _without_opening_hedge(text: str) -> str:
    """ "I think we moved it" is "We moved it"; a hedge inside a sentence carries its meaning."""
    tokens = tokenise(text)
    hedges = find_hedges([token.norm for token in tokens])
    if hedges and hedges[0].counts and hedges[0].first == 0 and hedges[0].last + 2 < len(tokens):
        return text[tokens[hedges[0].last + 1].begin :]
    return text


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    end = 0
    for begin, stop in sorted(spans):
        if begin < end:
            continue
        piece = text[end:begin]
        end = stop
        if piece.rstrip().endswith(",") and text[stop:].lstrip().startswith(","):
            # The commas were the filler's own.
            piece = piece.rstrip()[:-1]
            end = text.index(",", stop) + 1
        pieces.append(piece)
    pieces.append(text[end:])
    joined = re.sub(r"\s+", " ", " ".join(piece.strip() for piece in pieces))
    joined = re.sub(r"\s+([,.;:?!])", r"\1", joined)
    return re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", joined).strip(" ,;:")


def _place_story(told: Sequence[_Said], result: dict[str, Any]) -> None:
    """Each sentence to the part that was found in it, the others to the part told last."""
    star = result.get("star") or {}
    anchors: dict[int, str] = {}
    for part in ("result", "action", "task", "situation"):
        row = star.get(part) or {}
        place = _sentence_of(told, row.get("quote"))
        if place is not None and place not in anchors:
            anchors[place] = part
    if "result" not in anchors.values():
        ended = [i for i, item in enumerate(told) if item.numbers and _ENDED.search(item.text)]
        anchors.update(dict.fromkeys(ended[:1], "result"))
    part = next((name for name in _STORY if name in anchors.values()), "action")
    part = "situation" if "situation" in anchors.values() or not anchors else part
    for index, item in enumerate(told):
        if part == "result" and index not in anchors and any(place > index for place in anchors):
            part = "situation"  # the end was told first; now the story begins
        part = anchors.get(index, part)
        item.part, item.anchored = part, index in anchors


def _sentence_of(told: Sequence[_Said], quote: str | None) -> int | None:
    if not quote:
        return None
    wanted = " ".join(token.norm for token in tokenise(quote))
    for index, item in enumerate(told):
        said = " ".join(token.norm for token in tokenise(item.quote))
        if wanted in said or said in wanted:
            return index
    return None


def _story_gaps(told: Sequence[_Said], result: dict[str, Any]) -> dict[str, str]:
    star = result.get("star") or {}
    gaps = {
        part: gap
        for part, gap in _STORY_GAPS.items()
        if (star.get(part) or {}).get("level", "missing") == "missing"
        and not any(item.part == part and item.anchored for item in told)
    }
    acted = [item for item in told if item.part == "action"]
    if "action" not in gaps and acted and not any(_OWN.search(item.text) for item in acted):
        gaps["action"] = _OWN_PART
    ended = [item for item in told if item.part == "result"]
    thin = (star.get("result") or {}).get("level") == "thin"
    counted = ended[-1:] if thin else ended
    if "result" not in gaps and counted and not any(item.numbers for item in counted):
        gaps["result"] = _NUMBER
    return gaps


def _place_claim(told: Sequence[_Said]) -> None:
    """Claim, reason, example by their cues; what has none goes with the sentence before it."""
    part = "claim"
    for item in told:
        words = [token.norm for token in tokenise(item.quote)]
        if has_phrase(words, EXAMPLE):
            part = "example"
        elif has_phrase(words, REASON):
            part = "reason"
        elif has_phrase(words, CLAIM) and part != "example":
            part = "claim"
        item.part = part


def _weighs(told: Sequence[_Said]) -> bool:
    return any(
        has_phrase([token.norm for token in tokenise(item.quote)], TRADE_OFFS) for item in told
    )


def _shortened(told: Sequence[_Said]) -> list[_Said]:
    """At most about two minutes: what tells no part and no number goes first, the longest."""
    chosen = list(told)
    while sum(item.words for item in chosen) > MOST_WORDS and len(chosen) > 1:
        loose = (
            [item for item in chosen if not item.anchored and not item.numbers]
            or [item for item in chosen if not item.anchored]
            or chosen[1:]
        )
        chosen.remove(max(loose, key=lambda item: (item.words, -item.place)))
    return chosen
