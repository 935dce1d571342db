"""Content: relevance, specificity and structure, and the rules that limit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.coherence import coherence_of
from interview_coach.scoring.curves import curve
from interview_coach.scoring.declining import (
    ANSWERED_RELEVANCE,
    DECLINED_FACTOR,
    declines,
)
from interview_coach.scoring.form import form_relevance, tells_of_work
from interview_coach.scoring.general_talk import general_talk
from interview_coach.scoring.meaning import with_meaning
from interview_coach.scoring.relevance import MET, Coverage, cover, relevance_of
from interview_coach.scoring.specificity import Detail, find_details, specificity_of
from interview_coach.scoring.structure import Structure, structure_of
from interview_coach.scoring.subject import subject_match
from interview_coach.scoring.types import Adjustment, Meaning, Part, Question, ScoreParts

SHORT_WORDS = 25
SHORT_LIMIT = 40.0
INSTRUCTION_COST = 5.0
# An answer off the question cannot earn by its form what it misses in substance. A factor, not a
# limit: of two such answers the better one still scores higher.
RELEVANCE_FACTOR = curve((14, 0.4), (35, 1))
# Whoever speaks of the subject is on the question, also where no key point is met.
SUBJECT_RELEVANCE = curve((0.5, 0), (2, 35))
# A subject as plain as this needs no words of work beside it.
SUBJECT_ALONE = curve((3, 0), (7, 1))


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of content and what they were found in.

    on_question: how far the answer is on the question, on the scale of relevance; None without key
    points.
    """

    parts: ScoreParts
    on_question: float | None
    coverages: tuple[Coverage, ...]
    details: tuple[Detail, ...]
    structure: Structure


def score_content(
    answer: AnswerText, question: Question, meaning: Meaning | None = None
) -> Content:
    """Content of an answer to a question. meaning: also compares meanings, None for words alone."""
    coverages = cover(answer, question)
    if meaning is not None:
        coverages = with_meaning(coverages, answer, question, meaning)
    details = find_details(answer)
    structure = structure_of(answer, question, coverages)
    declined = False
    relevance = relevance_of(coverages) if coverages else None
    on_question, told = None, ""
    if relevance is not None:
        declined = relevance < ANSWERED_RELEVANCE and declines(answer)
        if not declined:
            relevance = max(relevance, form_relevance(answer, structure.value))
        on_question, told = _on_question(answer, question, relevance)
    specific, measure = specificity_of(answer, details)
    met = sum(coverage.share >= MET for coverage in coverages)
    missing = "the question has no key points"
    parts = (
        Part(
            "relevance",
            "Relevance",
            0.35,
            relevance,
            f"{met} of {len(coverages)} key points met" if coverages else missing,
        ),
        Part("specificity", "Specific results", 0.30, specific, measure),
        Part("structure", "Structure", 0.35, structure.value, structure.measure),
    )
    adjustments = _adjustments(answer, _mean(parts), on_question, told, declined=declined)
    return Content(
        ScoreParts("content", parts, adjustments),
        on_question,
        tuple(coverages),
        tuple(details),
        structure,
    )


def _on_question(answer: AnswerText, question: Question, relevance: float) -> tuple[float, str]:
    """How far an answer is on the question, on the scale of relevance, and by what."""
    subject = subject_match(answer, question)
    door = max(tells_of_work(answer), SUBJECT_ALONE.exact(subject))
    by_subject = round(SUBJECT_RELEVANCE.exact(subject) * door, 1)
    told = f"relevance {relevance:g}, subject {subject:.1f} (0 is chance)"
    return max(relevance, by_subject), told


def _mean(parts: Sequence[Part]) -> float:
    measured = [(part.weight, part.value) for part in parts if part.value is not None]
    return sum(share * value for share, value in measured) / sum(share for share, _ in measured)


def _adjustments(
    answer: AnswerText, mean: float, on_question: float | None, told: str, *, declined: bool
) -> tuple[Adjustment, ...]:
    found: list[Adjustment] = []
    factor, measure = coherence_of([answer.norms(unit.words) for unit in answer.units])
    value = mean
    if factor < 1.0:
        value = round(value * factor, 2)
        label = "Words without sentences"
        found.append(Adjustment("coherence", label, value, f"{measure}, x {factor:g}"))
    general = general_talk(answer)
    if general.factor < 1.0:
        value = round(value * general.factor, 2)
        measure = f"{general.measure}, x {general.factor:g}"
        found.append(Adjustment("general", "General talk", value, measure))
    if on_question is not None:
        factor = round(RELEVANCE_FACTOR.exact(on_question), 3)
        if factor < 1.0:
            value = round(value * factor, 2)
            measure = f"{told}, x {factor:g}"
            found.append(Adjustment("off_question", "Off the question", value, measure))
    if declined:
        value = round(value * DECLINED_FACTOR, 2)
        measure = f"a sentence says that there is no answer, x {DECLINED_FACTOR:g}"
        found.append(Adjustment("declined", "No answer", value, measure))
    words = len(answer.new)
    if words < SHORT_WORDS and value > SHORT_LIMIT:
        value = SHORT_LIMIT
        measure = f"{words} words, under {SHORT_WORDS}: {SHORT_LIMIT:g} at most"
        found.append(Adjustment("short", "A very short answer", SHORT_LIMIT, measure))
    if answer.instructions:
        value = max(0.0, value - INSTRUCTION_COST)
        found.append(
            Adjustment(
                "instruction",
                "An instruction to the grader",
                value,
                f"{len(answer.instructions)} left out of scoring",
            )
        )
    return tuple(found)
