"""What an answer is worth whose words meet no key point, but that tells of work as it was asked to.

Key points are found by words, and a good answer may use others. Gibberish, chat and a question
said back have neither the words of work nor the form; a whole story of work has both, and may well
be on the question. It gets a little relevance: under the line where an answer is off the question.
"""

from __future__ import annotations

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.vocabulary import stem
from interview_coach.scoring.vocabulary_data import COMMON_WORDS, CONCRETE_VERBS, TOOLS
from interview_coach.speech.word_classes import word_set

MOST_BY_FORM = 18.0
_WORK = curve((2, 0), (8, 1))
# Chat has one of them at most, an answer about work three and more.
_ANY_WORK = curve((1, 0), (3, 1))
_PLACES_OF_WORK = word_set(
    "team project job company manager boss task supplier client clients invoice contract board "
    "staff shift ward hospital clinic school shop store warehouse factory plant lab branch bank "
    "agency firm employer employee employees trainee intern salary interview resume career "
    "provider budget queue query table model server network code"
)
# The letters of "I/O" and "A/B" are no words of work.
_STEMS = frozenset(
    stem(word)
    for word in (*COMMON_WORDS, *TOOLS, *CONCRETE_VERBS, *_PLACES_OF_WORK)
    if len(word) > 1
)


def tells_of_work(answer: AnswerText) -> float:
    """How far an answer tells of work at all, 0-1, by its different words of work."""
    return _ANY_WORK.exact(_words_of_work(answer))


def form_relevance(answer: AnswerText, structure: float) -> float:
    """Relevance 0-20 from the different words of work and the structure (0-100) of an answer."""
    return round(MOST_BY_FORM * _WORK.exact(_words_of_work(answer)) * structure / 100, 1)


def _words_of_work(answer: AnswerText) -> int:
    return len(
        {answer.core[place].root for place in answer.new if place in answer.content} & _STEMS
    )
