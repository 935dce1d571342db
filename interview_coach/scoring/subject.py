"""Whether an answer speaks of the question's subject at all, in whatever words of it.

A good answer may say a key point in words nobody thought of, but it still shares more words with
the question's key points than answers to other questions do. How many of them are shared by chance
is known from how many questions of the bank have each word (`subject_words.txt`, written by
`python -m interview_coach.questions.bank_subject`). Of the graded answers that were looked at, the
strong ones stand above 2 in nine of ten, and strong answers to other questions under 1.6.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.topic import content_words
from interview_coach.scoring.types import Question
from interview_coach.scoring.vocabulary import stem, weight

WORDS_FILE = Path(__file__).resolve().with_name("subject_words.txt")
# A word that nearly every question has says nothing; one that none has still may be met by chance.
MOST_CHANCE = 0.95
UNSEEN = 0.5
# So that one rare word in a short answer is not beyond all chance.
LEAST_VARIANCE = 1.0
# What words and meanings are worth together, and what both give by chance.
WORDS_SHARE, CLOSENESS_SHARE, CLOSENESS_CHANCE = 0.65, 1.2, 0.4


def subject_words(question: Question) -> frozenset[str]:
    """The stems of the words that the key points of a question are written in."""
    texts = [text for point in question.key_points for text in (point.text, *point.phrases)]
    return frozenset(stem(word) for word in _telling(*texts))


def subject_match(answer: AnswerText, question: Question) -> float:
    """How many standard deviations more the answer shares with the key points than by chance.

    Each different word counts by how rare it is (minus the logarithm of its chance); words of the
    question count for nothing. 0 is chance; 0 also without key points.
    """
    asked = {stem(word) for word in _telling(question.text)}
    subject = subject_words(question) - asked
    if not subject:
        return 0.0
    questions, mean_words, counts = _background()
    length = len(subject) / mean_words
    said = {
        answer.core[place].root
        for place in answer.new
        if place in answer.content and weight(answer.core[place].norm) > 0
    }
    found = expected = variance = 0.0
    # Sorted: a sum of floats depends on its order.
    for root in sorted(said - asked):
        shared = root in subject
        # The question's own mention is no chance.
        others = counts.get(root, 0) - (1 if shared else 0)
        if others <= 0 and not shared:
            continue
        chance = min(MOST_CHANCE, (max(0, others) + UNSEEN) / questions * length)
        worth = -math.log(chance)
        expected += worth * chance
        variance += worth * worth * chance * (1.0 - chance)
        found += worth if shared else 0.0
    return round((found - expected) / math.sqrt(variance + LEAST_VARIANCE), 2)


def with_closeness(subject: float, closeness: float) -> float:
    """The subject where a text model compares meanings too (`Compared.closeness`), on one scale.

    Fitted to tell strong graded answers from strong answers to other questions.
    """
    return round(WORDS_SHARE * subject + CLOSENESS_SHARE * closeness - CLOSENESS_CHANCE, 2)


def _telling(*texts: str) -> list[str]:
    return [word for text in texts for word in content_words(text) if weight(word) > 0]


@lru_cache(maxsize=1)
def _background() -> tuple[int, float, dict[str, int]]:
    """How many questions there are, how many stems each has on average, and in how many each is."""
    first, *lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    questions = int(first)
    counts = {root: int(count) for root, count in (line.split(" ") for line in lines)}
    return questions, sum(counts.values()) / questions, counts
