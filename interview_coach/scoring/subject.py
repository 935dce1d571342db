"""Whether an answer speaks of the question's subject at all, in whatever words of it.

A good answer may say a key point in words nobody thought of, but it still shares more words with
the question's key points than answers to other questions do. How many of them are shared by chance
is known from how many questions of the bank have each word (`subject_words.txt`, written by
`python -m interview_coach.questions.bank_subject`).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.topic import COMMONPLACE, content_words, is_general
from interview_coach.scoring.types import Question
from interview_coach.scoring.vocabulary import stem, weight

WORDS_FILE = Path(__file__).resolve().with_name("subject_words.txt")
# A word that nearly every question has says nothing; one that none has still may be met by chance.
MOST_CHANCE = 0.95
UNSEEN = 0.5
# So that one rare word in a short answer is not beyond all chance.
LEAST_VARIANCE = 1.0
# What words and meanings are worth together, and what both give by chance.
WORDS_SHARE, CLOSENESS_SHARE, CLOSENESS_CHANCE = 0.65, 1.05, 0.5


@dataclass(frozen=True, slots=True)
class BankWords:
    """The words of the subjects of the bank's questions.

    questions: how many there are. mean_words: how many `subject_words` they have on average.
    counts: how many questions have each.
    """

    questions: int
    mean_words: float
    counts: dict[str, int]


def subject_words(question: Question) -> frozenset[str]:
    """The stems of the words that the key points of a question are written in."""
    texts = [text for point in question.key_points for text in (point.text, *point.phrases)]
    return frozenset(stem(word) for word in _telling(*texts))


def subject_match(said: frozenset[str], question: Question) -> float:
    """How many standard deviations more an answer shares with the key points than by chance.

    said: its `said_words`.

    Each different word counts by how rare it is (minus the logarithm of its chance); words of the
    question count for nothing. 0 is chance; 0 also without key points.
    """
    asked = asked_words(question.text)
    subject = subject_words(question) - asked
    if not subject:
        return 0.0
    bank = bank_words()
    questions, counts = bank.questions, bank.counts
    length = len(subject) / bank.mean_words
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


def asked_words(text: str) -> frozenset[str]:
    """The stems of the words of a question that tell anything."""
    return frozenset(stem(word) for word in _telling(text))


def said_words(answer: AnswerText, question: Question) -> frozenset[str]:
    """The stems of an answer that may be of a subject: no small words, no commonplaces, nothing
    from general sentences."""
    return frozenset(
        answer.core[place].root
        for unit in answer.units
        if not is_general(answer.norms(unit.words), question.type)
        for place in unit.words
        if place in answer.content and _counts(answer.core[place].norm)
    )


def _counts(norm: str) -> bool:
    return weight(norm) > 0 and norm not in COMMONPLACE


def _telling(*texts: str) -> list[str]:
    return [word for text in texts for word in content_words(text) if weight(word) > 0]


@lru_cache(maxsize=1)
def bank_words() -> BankWords:
    """What stands in `WORDS_FILE`: a line for each question with its type, text and stems."""
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    # Behind type and text.
    words = [line.split("\t")[2].split(" ") for line in lines]
    counts = Counter(root for each in words for root in each)
    return BankWords(len(lines), counts.total() / len(lines), dict(counts))
