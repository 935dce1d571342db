"""Content: relevance, specificity, structure and wording, and the rules that limit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.coherence import coherence_of
from interview_coach.scoring.curves import curve
from interview_coach.scoring.fit import Fit, fit_of
from interview_coach.scoring.form import form_relevance, tells_of_work
from interview_coach.scoring.meaning import ByMeaning, with_meaning
from interview_coach.scoring.relevance import MET, Coverage, cover, mean_share, relevance_of
from interview_coach.scoring.specificity import Detail, find_details, specificity_of
from interview_coach.scoring.structure import Structure, structure_of
from interview_coach.scoring.subject import said_words, subject_match, with_closeness
from interview_coach.scoring.types import Adjustment, Meaning, Part, Question, ScoreParts
from interview_coach.scoring.wording import Wording, wording_of

RELEVANCE_WEIGHT, SPECIFICITY_WEIGHT, STRUCTURE_WEIGHT, WORDING_WEIGHT = 0.31, 0.10, 0.12, 0.47
SHORT_WORDS = 25
SHORT_LIMIT = 40.0
INSTRUCTION_COST = 10.0
# How much of relevance is the subject; the rest is the key points met.
SUBJECT_SHARE = 0.75
SUBJECT = curve((-1.4, 0), (10.4, 100))
FULL_SUBJECT = SUBJECT.knots[-1][0]
# Key points without phrases have few words of the subject: who meets so much of them is on it.
ON_QUESTION_POINTS = 25.0
# A subject as plain as this needs no words of work beside it.
SUBJECT_ALONE = curve((3.5, 0), (7, 1))
# An answer to another question has good words and details too: the parts together begin to say
# something where half of them is there. Never above them, so that it is a cost like the others.
SCALE = curve((10, 0), (25, 4), (46, 20), (90, 90), (100, 100))


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of content and what they were found in.

    together: the mean of the parts, 0-100. fit: whether the answer is to this question, None
    without key points.
    """

    parts: ScoreParts
    together: float
    fit: Fit | None
    coverages: tuple[Coverage, ...]
    details: tuple[Detail, ...]
    structure: Structure
    wording: Wording


def score_content(
    answer: AnswerText, question: Question, meaning: Meaning | None = None
) -> Content:
    """Content of an answer to a question. meaning: also compares meanings, None for words alone."""
    found = ByMeaning(cover(answer, question))
    if meaning is not None:
        found = with_meaning(found.coverages, answer, question, meaning)
    coverages = found.coverages
    details = find_details(answer)
    structure = structure_of(answer, question, coverages)
    closeness = None if meaning is None else found.closeness
    relevance, fit, told = _relevance(answer, question, coverages, structure.value, closeness)
    specific, measure = specificity_of(answer, details)
    wording = wording_of(answer, found.wording)
    parts = (
        Part("relevance", "Relevance", RELEVANCE_WEIGHT, relevance, told),
        Part("specificity", "Specific results", SPECIFICITY_WEIGHT, specific, measure),
        Part("structure", "Structure", STRUCTURE_WEIGHT, structure.value, structure.measure),
        Part("wording", "Wording", WORDING_WEIGHT, wording.value, wording.measure),
    )
    together = _mean(parts)
    adjustments = _adjustments(answer, together, fit)
    return Content(
        ScoreParts("content", parts, adjustments),
        together,
        fit,
        tuple(coverages),
        tuple(details),
        structure,
        wording,
    )


def _relevance(
    answer: AnswerText,
    question: Question,
    coverages: Sequence[Coverage],
    structure: float,
    closeness: float | None,
) -> tuple[float | None, Fit | None, str]:
    """Relevance from the key points met and the subject, whether the answer is to the question,
    and the measure in words."""
    if not coverages:
        return None, None, "the question has no key points"
    by_points = max(relevance_of(coverages), form_relevance(answer, structure))
    said = said_words(answer, question)
    by_words = subject_by_words(answer, said, question)
    subject = by_words if closeness is None else with_closeness(by_words, closeness)
    share = round(mean_share(coverages), 3)
    fit: Fit | None = fit_of(answer, question, by_words, share, closeness)
    value = (1 - SUBJECT_SHARE) * by_points + SUBJECT_SHARE * SUBJECT.exact(subject)
    if not any(point.phrases for point in question.key_points):
        value = max(value, by_points)
        if by_points >= ON_QUESTION_POINTS:
            fit = None
    met = sum(coverage.share >= MET for coverage in coverages)
    told = f"{met} of {len(coverages)} key points met, subject {subject:.1f}"
    return round(value, 1), fit, f"{told} (0 chance, {FULL_SUBJECT:g} full)"


def subject_by_words(answer: AnswerText, said: frozenset[str], question: Question) -> float:
    """The subject of an answer by its words. said: its `said_words`."""
    match = subject_match(said, question)
    if match <= 0:
        return match
    # Chat that happens to share words has no words of work beside them.
    return round(match * max(tells_of_work(answer), SUBJECT_ALONE.exact(match)), 2)


def _mean(parts: Sequence[Part]) -> float:
    measured = [(part.weight, part.value) for part in parts if part.value is not None]
    return sum(share * value for share, value in measured) / sum(share for share, _ in measured)


def _adjustments(answer: AnswerText, mean: float, fit: Fit | None) -> tuple[Adjustment, ...]:
    found: list[Adjustment] = []
    factor, broken = coherence_of([answer.norms(unit.words) for unit in answer.units])
    value = mean
    if factor < 1.0:
        value = round(value * factor, 2)
        label = "Words without sentences"
        found.append(Adjustment("coherence", label, value, f"{broken}, x {factor:g}"))
    lowered = round(SCALE.exact(value), 2)
    if lowered < value:
        measure = f"{value:.1f} together: {lowered:.1f}"
        found.append(Adjustment("scale", "Half-met parts count less", lowered, measure))
        value = lowered
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
    # Last: what an answer holds is also looked at without it.
    if fit is not None and fit.off_question:
        value = round(value * fit.factor, 2)
        measure = f"{fit.told}: x {fit.factor:g}"
        found.append(Adjustment("off_question", "Off the question", value, measure))
    return tuple(found)
