"""Content: relevance, specificity and structure, and the rules that limit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.coherence import coherence_of
from interview_coach.scoring.curves import curve
from interview_coach.scoring.declining import (
    ANSWERED_RELEVANCE,
    DECLINED_POINTS,
    declines,
)
from interview_coach.scoring.form import form_relevance, tells_of_work
from interview_coach.scoring.general_talk import general_talk
from interview_coach.scoring.meaning import with_meaning
from interview_coach.scoring.relevance import MET, Coverage, cover, relevance_of
from interview_coach.scoring.specificity import Detail, find_details, specificity_of
from interview_coach.scoring.structure import Structure, structure_of
from interview_coach.scoring.subject import subject_match, with_closeness
from interview_coach.scoring.types import Adjustment, Meaning, Part, Question, ScoreParts

SHORT_WORDS = 25
SHORT_LIMIT = 40.0
INSTRUCTION_COST = 5.0
# What the subject stands for as relevance, and how much of it where key points say less.
SUBJECT = curve((0, 0), (10, 100))
FULL_SUBJECT = SUBJECT.knots[-1][0]
SUBJECT_SHARE = 0.5
# An answer is to another question under both.
OFF_QUESTION_RELEVANCE, OFF_QUESTION_SUBJECT = 25.0, 1.6
# A subject as plain as this needs no words of work beside it.
SUBJECT_ALONE = curve((3.5, 0), (7, 1))
# Points, not a factor: of two answers with the same fault the better one stays as far above.
OFF_QUESTION_POINTS = curve((-1.4, 60), (3.2, 0))
ON_QUESTION = OFF_QUESTION_POINTS.knots[-1][0]
# Who meets key points is on the question, whatever words the rest is told in.
OFF_QUESTION_SHARE = curve((25, 1), (60, 0))
# What takes an answer under 20 takes less and less, so that two poor ones keep their order.
GENTLY = curve((-60, 0), (20, 20), (100, 100))


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of content and what they were found in.

    off_question: True when the answer is to another question, by its points and its words.
    """

    parts: ScoreParts
    off_question: bool
    coverages: tuple[Coverage, ...]
    details: tuple[Detail, ...]
    structure: Structure


def score_content(
    answer: AnswerText, question: Question, meaning: Meaning | None = None
) -> Content:
    """Content of an answer to a question. meaning: also compares meanings, None for words alone."""
    coverages = cover(answer, question)
    closeness = None
    if meaning is not None:
        coverages, closeness = with_meaning(coverages, answer, question, meaning)
    details = find_details(answer)
    structure = structure_of(answer, question, coverages)
    relevance, subject, off = None, 0.0, 0.0
    declined, told = False, ""
    if coverages:
        by_points = relevance_of(coverages)
        declined = by_points < ANSWERED_RELEVANCE and declines(answer)
        if not declined:
            by_points = max(by_points, form_relevance(answer, structure.value))
        subject = _subject(answer, question, closeness)
        relevance = _relevance(by_points, subject)
        off = round(OFF_QUESTION_POINTS.exact(subject) * OFF_QUESTION_SHARE.exact(by_points), 1)
        told = f"subject {subject:.1f}"
    specific, measure = specificity_of(answer, details)
    met = sum(coverage.share >= MET for coverage in coverages)
    missing = "the question has no key points"
    parts = (
        Part(
            "relevance",
            "Relevance",
            0.35,
            relevance,
            f"{met} of {len(coverages)} key points met, {told} (0 chance, {FULL_SUBJECT:g} full)"
            if coverages
            else missing,
        ),
        Part("specificity", "Specific results", 0.30, specific, measure),
        Part("structure", "Structure", 0.35, structure.value, structure.measure),
    )
    adjustments = _adjustments(answer, _mean(parts), off, told, declined=declined)
    return Content(
        ScoreParts("content", parts, adjustments),
        relevance is not None
        and relevance < OFF_QUESTION_RELEVANCE
        and subject < OFF_QUESTION_SUBJECT,
        tuple(coverages),
        tuple(details),
        structure,
    )


def _subject(answer: AnswerText, question: Question, closeness: float | None) -> float:
    """How far an answer speaks of the question's subject, 0 for chance."""
    by_words = subject_match(answer, question)
    subject = by_words
    if closeness is not None:
        subject = with_closeness(by_words, closeness)
    if subject <= 0:
        return subject
    # Chat that happens to share words has no words of work beside them.
    return round(subject * max(tells_of_work(answer), SUBJECT_ALONE.exact(by_words)), 2)


def _relevance(by_points: float, subject: float) -> float:
    """Relevance from the key points met, or from half of them and half of the subject."""
    both = (1 - SUBJECT_SHARE) * by_points + SUBJECT_SHARE * SUBJECT.exact(subject)
    return round(max(by_points, both), 1)


def _mean(parts: Sequence[Part]) -> float:
    measured = [(part.weight, part.value) for part in parts if part.value is not None]
    return sum(share * value for share, value in measured) / sum(share for share, _ in measured)


def _adjustments(
    answer: AnswerText, mean: float, off: float, told: str, *, declined: bool
) -> tuple[Adjustment, ...]:
    found: list[Adjustment] = []
    factor, measure = coherence_of([answer.norms(unit.words) for unit in answer.units])
    value = mean
    if factor < 1.0:
        value = round(value * factor, 2)
        label = "Words without sentences"
        found.append(Adjustment("coherence", label, value, f"{measure}, x {factor:g}"))
    general = general_talk(answer)
    left = value
    for part, label, points, measure in (
        ("general", "General talk", general.points, general.measure),
        ("off_question", "Off the question", off, f"{told}, on the question from {ON_QUESTION:g}"),
        ("declined", "No answer", DECLINED_POINTS * declined, "a sentence says that there is none"),
    ):
        lowered = round(GENTLY.exact(left - points), 2)
        # A rule that lowers nothing takes nothing, so that the points shown are all there are.
        if points > 0 and lowered < value:
            left, value = left - points, lowered
            found.append(Adjustment(part, label, value, f"{measure}: {points:g} points"))
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
