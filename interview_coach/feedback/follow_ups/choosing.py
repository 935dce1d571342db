"""The local engine's follow-up: chosen by what the answer lacks as measured, worded with the
candidate's own words. Pure, and the same answer is always asked the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from interview_coach.ai.prompts import instruction_count
from interview_coach.interviews.schemas import FollowUpKind
from interview_coach.scoring.quotes import locate, sentences
from interview_coach.speech.types import Word

_WORDS = Path(__file__).with_name("words.yaml")
# Below this share of "I" beside "we" the own part is not to be made out (scoring.confidence).
_OWN_PART = 46.0
_SHORTEST_QUOTE, _LONGEST_QUOTE = 3, 14
# Where nothing is lacking, a choice is challenged first: that is what a good answer can take.
_FITTING: tuple[FollowUpKind, ...] = ("challenge", "clarify", "quantify")
_CLAUSE = re.compile(r"[,;:.!?]+|\s(?=(?:and|but|so|because|which|when|while)\s)|\s[-\u2013]\s")
_JOINING = re.compile(r"^(?:and|but|so|then|also|because|which|when|while)\s+", re.IGNORECASE)
_LITTLE = frozenset({"one", "two"})
_DIGIT = re.compile(r"\d")
_I = re.compile(r"\b(I|my)\b")
_SHARED = re.compile(r"\b(we|our team|the team|our group)\b", re.IGNORECASE)
# How much it was is worth asking of a change before it is of a crowd.
_VAGUE = (
    re.compile(
        r"\b(a lot|faster|slower|quicker|better|worse|improved|reduced|increased|grew|cheaper|"
        r"significantly|hugely|much|far (?:fewer|less|more)|saved)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(lots|many|several|a few|often|most of|large|big|huge|various|some)\b", re.IGNORECASE
    ),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was just said. words: with their times, None when typed. quotable: False for a rough
    transcript, whose words may be none of the candidate's."""

    transcript: str
    words: tuple[Word, ...] | None
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """A follow-up as the local engine words it. quote, start: what it takes up, None without."""

    kind: FollowUpKind
    text: str
    quote: str | None
    start: float | None


def missing(result: dict[str, Any], bank: Collection[str]) -> list[FollowUpKind]:
    """The kinds of follow-up this answer calls for, the first first: no number, no own part, no
    result. result: the scorer's answer object. bank: kinds the bank has for the question; what is
    not told as a story need hold a number only where the bank asks for one."""
    star = result.get("star")
    found: list[FollowUpKind] = []
    if not _has_number(result) and (star is not None or "quantify" in bank):
        found.append("quantify")
    if _no_own_part(result, star):
        found.append("clarify")
    if star is not None and star["result"]["level"] == "missing":
        found.append("what_happened")
    return found


def _has_number(result: dict[str, Any]) -> bool:
    """Whether a number is named; "one of" and "the two of us" say little of how big it was."""
    numbers = [row["quote"] for row in result["evidence"] if row["criterion"] == "number"]
    return any(quote.casefold() not in _LITTLE for quote in numbers)


def _no_own_part(result: dict[str, Any], star: dict[str, Any] | None) -> bool:
    if star is not None and star["action"]["level"] == "missing":
        return True
    return any(
        row["part"] == "ownership" and row["value"] is not None and row["value"] < _OWN_PART
        for row in result["parts"]
    )


def choose(
    result: dict[str, Any],
    said: Said,
    bank: Sequence[dict[str, str]],
    used: Collection[str] = (),
) -> Chosen | None:
    """The follow-up to an answer. bank: the question's own follow-ups, {kind, text}. used: kinds
    that were asked before; where some were, there is another one only for something lacking."""
    texts = {row["kind"]: row["text"] for row in bank}
    lacks = [kind for kind in missing(result, texts) if kind not in used]
    if lacks:
        return _worded(lacks[0], said, texts.get(lacks[0]))
    if used:
        return None
    for kind in _FITTING:
        if kind in texts and not (kind == "quantify" and _has_number(result)):
            return Chosen(kind, texts[kind], None, None)
    return _worded("challenge", said, None)


def _worded(kind: FollowUpKind, said: Said, own: str | None) -> Chosen:
    """In the candidate's words; else in those of the bank, else in plain ones."""
    words = vocabulary()[kind]
    for quote in _quotes(kind, said.transcript) if said.quotable else ():
        found = locate(said.transcript, said.words, quote)
        if found is not None:
            template = _picked(words["quoted"], said.transcript, kind)
            return Chosen(kind, template.format(quote=found.quote), found.quote, found.start)
    return Chosen(kind, own or _picked(words["plain"], said.transcript, kind), None, None)


def _picked(texts: Sequence[str], seed: str, kind: str) -> str:
    digest = hashlib.sha256(f"{kind}:{seed}".encode()).digest()
    return texts[digest[0] % len(texts)]


def _quotes(kind: str, transcript: str) -> Iterator[str]:
    """Words of the answer a follow-up of this kind can take up, the best first."""
    clauses = [
        clause
        for sentence in sentences(transcript)
        if instruction_count(sentence) == 0
        for clause in _clauses(sentence)
    ]
    if kind == "quantify":
        for pattern in _VAGUE:
            yield from (c for c in clauses if pattern.search(c) and not _DIGIT.search(c))
    elif kind == "clarify":
        shared = [c for c in clauses if _SHARED.search(c) and not _I.search(c)]
        # What "we did" says more than what "our team had".
        yield from sorted(shared, key=lambda c: not c.lower().startswith("we "))
    else:
        yield from (c for c in reversed(clauses) if _I.search(c))


def _clauses(sentence: str) -> Iterator[str]:
    """The parts of a sentence that can be quoted by themselves."""
    for part in _CLAUSE.split(sentence):
        clause = _JOINING.sub("", (part or "").strip())
        if _SHORTEST_QUOTE <= len(clause.split()) <= _LONGEST_QUOTE:
            yield clause


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The wordings by kind."""
    content: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return content
