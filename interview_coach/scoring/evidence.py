"""Evidence: verbatim quotes of the transcript with their times, for every criterion found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import hedge_places
from interview_coach.scoring.content import Content
from interview_coach.scoring.relevance import MET, TOUCHED
from interview_coach.scoring.star import StarPart
from interview_coach.scoring.structure import cue_evidence
from interview_coach.scoring.timing import TokenTimes
from interview_coach.scoring.types import Evidence, Question

MOST_PER_CRITERION = 20
# A unit may end a few words before the sentence it stands in does.
SENTENCE_SLACK = 8


def collect(
    answer: AnswerText, question: Question, content: Content, times: TokenTimes
) -> list[Evidence]:
    """All evidence of one answer in the order of criteria, then of places."""
    quoter = _Quoter(answer, times)
    found: list[Evidence] = []
    found.extend(
        quoter.sentence("key_point", item.first, item.last, item.key_point.text)
        for item in content.coverages
        if item.share >= TOUCHED and item.first is not None and item.last is not None
    )
    for name, part in (content.structure.star or {}).items():
        if part.first is not None and part.last is not None:
            found.append(quoter.sentence(name, part.first, part.last))
    found.extend(quoter.timed(item) for item in cue_evidence(answer, question))
    for kind in ("number", "result", "tool", "date"):
        places = [(item.first, item.last) for item in content.details if item.kind == kind]
        found.extend(quoter.some(kind, places))
    hedges = [(item.first, item.last) for item in answer.hedges if item.counts]
    found.extend(quoter.some("hedge", hedges))
    found.extend(quoter.some("repair", [(item.first, item.last) for item in answer.repairs]))
    found.extend(quoter.some("ownership", _shared_places(answer)))
    found.extend(quoter.some("instruction", answer.instructions))
    return found


def star_json(
    answer: AnswerText, parts: dict[str, StarPart] | None, times: TokenTimes
) -> dict[str, Any] | None:
    """The story's parts with level, quote and times; None when the type has no story."""
    if parts is None:
        return None
    quoter = _Quoter(answer, times)
    told: dict[str, Any] = {}
    for name, part in parts.items():
        row: dict[str, Any] = {"found": part.level != "missing", "level": part.level}
        if part.first is None or part.last is None:
            row.update(quote=None, start=None, end=None)
        else:
            quoted = quoter.sentence(name, part.first, part.last)
            row.update(quote=quoted.quote, start=quoted.start, end=quoted.end)
        told[name] = row
    return told


def key_points_json(
    answer: AnswerText, content: Content, times: TokenTimes
) -> list[dict[str, Any]]:
    """Each key point with its level (clear, thin, missing), coverage 0-1, quote and times."""
    quoter = _Quoter(answer, times)
    rows: list[dict[str, Any]] = []
    for item in content.coverages:
        level = "clear" if item.share >= MET else "thin" if item.share >= TOUCHED else "missing"
        row: dict[str, Any] = {
            "text": item.key_point.text,
            "level": level,
            "coverage": round(item.share, 2),
            "quote": None,
            "start": None,
            "end": None,
        }
        if level != "missing" and item.first is not None and item.last is not None:
            quoted = quoter.sentence("key_point", item.first, item.last)
            row.update(quote=quoted.quote, start=quoted.start, end=quoted.end)
        rows.append(row)
    return rows


def _shared_places(answer: AnswerText) -> list[tuple[int, int]]:
    """Where "we" acts: the word and the three after it."""
    hedged = hedge_places(answer)
    last = len(answer.core) - 1
    return [
        (place, min(last, place + 3))
        for place in answer.new
        if answer.core[place].norm in {"we", "weve"} and place not in hedged
    ]


class _Quoter:
    """Makes evidence out of places in an answer."""

    def __init__(self, answer: AnswerText, times: TokenTimes) -> None:
        self._answer = answer
        self._times = times
        self._unit_of = {place: unit for unit in answer.units for place in unit.words}

    def core(self, criterion: str, first: int, last: int, label: str | None = None) -> Evidence:
        """Evidence from one core word to another."""
        begin, stop = self._answer.core[first].first, self._answer.core[last].last
        start, end = self._times.between(begin, stop)
        return Evidence(criterion, self._answer.quote(first, last), start, end, label)

    def sentence(self, criterion: str, first: int, last: int, label: str | None = None) -> Evidence:
        """Evidence widened to the units it stands in, cut at the transcript's own full stops."""
        tokens = self._answer.tokens
        opening, closing = self._unit_of.get(first), self._unit_of.get(last)
        core = self._answer.core
        begin, stop = core[first].first, core[last].last
        low = core[opening.words[0]].first if opening else begin
        high = core[closing.words[-1]].last if closing else stop
        if opening and closing and first == opening.words[0] and last == closing.words[-1]:
            # a whole unit: keep the sentence in which most of it stands
            begin, stop = self._main_sentence(begin, stop)
            low = begin
        while begin > low and not tokens[begin].starts_sentence:
            begin -= 1
        furthest = min(len(tokens) - 1, high + SENTENCE_SLACK)
        ending = next(
            (index for index in range(stop, furthest + 1) if tokens[index].ends_sentence), None
        )
        stop = ending if ending is not None else max(stop, high)
        start, end = self._times.between(begin, stop)
        quote = self._answer.text[tokens[begin].begin : tokens[stop].stop]
        return Evidence(criterion, quote, start, end, label)

    def _main_sentence(self, begin: int, stop: int) -> tuple[int, int]:
        """The longest stretch between full stops among tokens begin..stop."""
        tokens = self._answer.tokens
        edges = [begin]
        edges.extend(index for index in range(begin + 1, stop + 1) if tokens[index].starts_sentence)
        edges.append(stop + 1)
        first, last = max(pairwise(edges), key=lambda pair: (pair[1] - pair[0], -pair[0]))
        return first, last - 1

    def some(self, criterion: str, places: Iterable[tuple[int, int]]) -> list[Evidence]:
        """Evidence for the first places of one criterion."""
        kept: Sequence[tuple[int, int]] = list(places)[:MOST_PER_CRITERION]
        return [self.core(criterion, first, last) for first, last in kept]

    def timed(self, item: Evidence) -> Evidence:
        """The same evidence with the times of its quote."""
        begin = self._answer.text.find(item.quote)
        stop = begin + len(item.quote)
        inside = [
            index
            for index, token in enumerate(self._answer.tokens)
            if begin <= token.begin and token.stop <= stop
        ]
        start, end = self._times.between(inside[0], inside[-1]) if inside else (None, None)
        return Evidence(item.criterion, item.quote, start, end, item.label)
