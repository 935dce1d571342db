"""Structure by question type: STAR, claim-reason-example, or a chain with its trade-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.relevance import MET, Coverage
from interview_coach.scoring.star import StarPart, find_star, has_phrase, star_value
from interview_coach.scoring.structure_cues import (
    EXAMPLE,
    LINKS,
    REASON,
    TRADE_OFFS,
    claim_reason_example,
)
from interview_coach.scoring.types import STAR_TYPES, Evidence, Question

_CHAIN = curve((0, 0), (0.25, 35), (0.5, 70), (0.8, 100))
_LINKS = curve((0, 0), (1, 40), (2, 70), (4, 100))
_TRADE_OFFS = curve((0, 0), (1, 55), (2, 85), (3, 100))


@dataclass(frozen=True, slots=True)
class Structure:
    """Structure 0-100, its measure in words, the STAR parts where the type has them."""

    value: float
    measure: str
    star: dict[str, StarPart] | None


def structure_of(
    answer: AnswerText, question: Question, coverages: Sequence[Coverage]
) -> Structure:
    """The structure of an answer by the type of its question."""
    if question.type in STAR_TYPES:
        parts = find_star(answer)
        told = ", ".join(f"{name} {part.level}" for name, part in parts.items())
        return Structure(star_value(parts), told, parts)
    if question.type == "hr":
        return _claim_reason_example(answer)
    return _chain(answer, coverages)


def cue_evidence(answer: AnswerText, question: Question) -> list[Evidence]:
    """Quotes of the units that carry a reason, an example or a trade-off, without times."""
    if question.type in STAR_TYPES:
        return []
    wanted = (
        {"reason": REASON, "example": EXAMPLE}
        if question.type == "hr"
        else {"trade_off": TRADE_OFFS}
    )
    found: list[Evidence] = []
    for criterion, phrases in wanted.items():
        for unit in answer.units:
            if not unit.echo and has_phrase(answer.norms(unit.words), phrases):
                quote = answer.quote(unit.words[0], unit.words[-1])
                found.append(Evidence(criterion, quote, None, None))
                break
    return found


def different_phrases(units: Sequence[Sequence[str]], phrases: Sequence[str]) -> int:
    """How many different phrases stand in the units."""
    joined = [f" {' '.join(words)} " for words in units]
    return sum(any(phrase in unit for unit in joined) for phrase in phrases)


def _units(answer: AnswerText) -> list[list[str]]:
    return [answer.norms(unit.words) for unit in answer.units if not unit.echo]


def _claim_reason_example(answer: AnswerText) -> Structure:
    values = claim_reason_example(answer)
    told = [f"{name} {'given' if value else 'missing'}" for name, value in values.items()]
    return Structure(sum(values.values()), ", ".join(told), None)


def _chain(answer: AnswerText, coverages: Sequence[Coverage]) -> Structure:
    units = _units(answer)
    links, weighed = different_phrases(units, LINKS), different_phrases(units, TRADE_OFFS)
    values = [(0.2, _LINKS(links)), (0.3, _TRADE_OFFS(weighed))]
    measure = f"{links} links, {weighed} trade-offs"
    if coverages:
        met = sum(coverage.share >= MET for coverage in coverages)
        values.append((0.5, _CHAIN(met / len(coverages))))
        measure = f"{met} of {len(coverages)} key points in the chain, {measure}"
    total = sum(share for share, _ in values)
    return Structure(round(sum(share * value for share, value in values) / total, 1), measure, None)
