"""Clarity: sentence length, staying on the topic, variety, signposts, repetition.

How sure the recogniser was is a quality flag and weighs nothing: it would score accents.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.structure import different_phrases
from interview_coach.scoring.structure_cues import LINKS
from interview_coach.scoring.types import Part, ScoreParts

SENTENCE_WORDS = curve((8, 100), (22, 100), (30, 75), (45, 40))
OFF_TOPIC = curve((0.3, 100), (0.5, 80), (0.75, 40), (1, 0))
VARIETY = curve((0.45, 0), (0.55, 40), (0.65, 80), (0.72, 100))
SIGNPOSTS = curve((0, 20), (1, 55), (2, 80), (4, 100))
REPETITION = curve((0.02, 100), (0.1, 70), (0.3, 20), (0.5, 0))

VARIETY_WINDOW = 50
SHORTEST_JUDGED_UNIT = 5


def score_clarity(answer: AnswerText) -> ScoreParts:
    """Clarity of the words of an answer."""
    on_topic = answer.on_topic
    units = answer.unit_words
    lengths = [len(words) for words, topical in zip(units, on_topic, strict=True) if topical]
    middle = _median(lengths or [len(words) for words in units])
    off, judged = _off_topic(answer, on_topic)
    variety = moving_variety([answer.core[place].norm for place in answer.new])
    signposts = _signposts(answer, on_topic)
    said = len(answer.new) + answer.repeated
    repeated = answer.repeated / said if said else 0.0
    parts = (
        Part("sentence_length", "Sentence length", 0.30, SENTENCE_WORDS(middle),
             f"{middle:g} words in a middle sentence"),
        Part("off_topic", "Staying on the question", 0.25, OFF_TOPIC(off / max(1, judged)),
             f"{off} of {judged} sentences off the topic"),
        Part("variety", "Variety of words", 0.20, VARIETY(variety),
             f"{variety:.2f} different words in 50"),
        Part("signposts", "Signposts and links", 0.15, SIGNPOSTS(signposts),
             f"{signposts} different ones"),
        Part("repetition", "Repetition", 0.10, REPETITION(repeated),
             f"{repeated * 100:.0f} % said twice"),
    )  # fmt: skip
    return ScoreParts("clarity", parts)


def moving_variety(norms: Sequence[str]) -> float:
    """Moving-average type-token ratio over windows of 50 words (Covington and McFall 2010);
    shorter texts are one window."""
    if not norms:
        return 0.0
    window = min(VARIETY_WINDOW, len(norms))
    counts: dict[str, int] = {}
    for norm in norms[:window]:
        counts[norm] = counts.get(norm, 0) + 1
    total = len(counts)
    for index in range(window, len(norms)):
        leaving, entering = norms[index - window], norms[index]
        counts[leaving] -= 1
        if not counts[leaving]:
            del counts[leaving]
        counts[entering] = counts.get(entering, 0) + 1
        total += len(counts)
    return total / window / (len(norms) - window + 1)


def _off_topic(answer: AnswerText, on_topic: Sequence[bool]) -> tuple[int, int]:
    """Sentences off the topic and sentences judged; an instruction to the grader and
    a sentence that says nothing are off it."""
    judged = [
        topical
        for unit, topical in zip(answer.units, on_topic, strict=True)
        if len(unit.words) >= SHORTEST_JUDGED_UNIT
    ]
    aside = len(answer.instructions) + answer.padding_units
    return judged.count(False) + aside, len(judged) + aside


def _signposts(answer: AnswerText, on_topic: Sequence[bool]) -> int:
    told = [
        answer.norms(unit.words)
        for unit, topical in zip(answer.units, on_topic, strict=True)
        if topical
    ]
    return different_phrases(told, LINKS)


def _median(values: Sequence[int]) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
