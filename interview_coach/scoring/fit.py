"""Whether an answer is to the question that was asked, or to another one.

A story that was prepared for another question has good words, details and an outcome. What gives it
away is that its words are those of other answers to that question, more than of answers to
this one (`fit_bank`). Where the question asked is of the bank, the answer is held beside all others
of the bank; and whatever is asked, beside those that are answered in the same way and those that
are not: a story is no explanation. A text model tells besides how close it is to this question.
"""

from __future__ import annotations

from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.fit_bank import BesideBank, beside_bank, words_in_order
from interview_coach.scoring.types import Question


@dataclass(frozen=True, slots=True)
class Measures:
    """What the fit is made of. subject: by words, after the factor for words of work. points: the
    mean share of the key points covered, 0-1. margin, standing, kind: as in
    `BesideBank`, 0 where there is no margin. closeness: by a text model, 0 without one."""

    subject: float
    points: float
    margin: float
    standing: float
    kind: float
    closeness: float


@dataclass(frozen=True, slots=True)
class FitWeights:
    """Of a logistic regression on answers to their own and to other questions: what is added, and
    the weight of each measure."""

    constant: float
    subject: float = 0.0
    points: float = 0.0
    margin: float = 0.0
    standing: float = 0.0
    kind: float = 0.0
    closeness: float = 0.0

    def odds(self, measured: Measures) -> float:
        """The logarithm of the odds that the answer is to the question asked."""
        odds = self.constant + self.subject * measured.subject + self.points * measured.points
        odds += self.margin * measured.margin + self.standing * measured.standing
        return odds + self.kind * measured.kind + self.closeness * measured.closeness


# Whether it is answered in the way asked for; then, of a question of the bank or another one,
# whether the answer is to this question.
WORDS_KIND = FitWeights(-0.5, points=14.62, kind=2.46)
WORDS_BANK = FitWeights(-2.41, margin=0.59, standing=1.37)
WORDS_OTHER = FitWeights(-0.72, subject=0.7, points=3.92)
MODEL_KIND = FitWeights(-0.5, points=20.18, kind=2.73)
MODEL_BANK = FitWeights(-1.72, margin=0.69, standing=1.1, closeness=0.09)
MODEL_OTHER = FitWeights(-1.4, subject=0.52, points=3.43, closeness=0.71)
# An answer is to another question under this, the logarithm of the odds that it is to this one.
OFF_QUESTION = -0.5
# What its content and its overall score are multiplied by: less, the surer it is.
OFF_QUESTION_FACTOR = curve((-2.5, 0.3), (-1, 1))
# And the most that the overall score can then be.
OFF_QUESTION_MOST = 25.0


@dataclass(frozen=True, slots=True)
class Fit:
    """odds: logarithm of the odds that the answer is to the question asked, 0 for even ones.
    nearer: the question of the bank that it is nearer to, of those that are answered in the same
    way: nobody tells a story by mistake for a design. "" where none stands out."""

    odds: float
    nearer: str = ""

    @property
    def off_question(self) -> bool:
        """Whether the answer is to another question."""
        return self.odds < OFF_QUESTION

    @property
    def factor(self) -> float:
        """What content and the overall score of an answer to another question are times."""
        return round(OFF_QUESTION_FACTOR.exact(self.odds), 3)

    @property
    def told(self) -> str:
        """The measure in words."""
        nearer = f", nearer to “{self.nearer}”" if self.nearer else ""
        return f"fit {self.odds:g}{nearer}"


def fit_of(
    answer: AnswerText,
    question: Question,
    subject: float,
    points: float,
    closeness: float | None,
) -> Fit:
    """How an answer fits its question. subject: by words, after the factor for words of work.
    points: the mean share of the key points covered, 0-1. closeness: by a text model, None without
    one."""
    beside = beside_bank(words_in_order(answer), question)
    measured = measure(beside, subject, points, closeness)
    if closeness is None:
        kind, asked = WORDS_KIND, WORDS_OTHER if beside.margin is None else WORDS_BANK
    else:
        kind, asked = MODEL_KIND, MODEL_OTHER if beside.margin is None else MODEL_BANK
    return Fit(round(min(kind.odds(measured), asked.odds(measured)), 2), beside.nearer)


def measure(beside: BesideBank, subject: float, points: float, closeness: float | None) -> Measures:
    """What the odds are of; subject, points and closeness as in `fit_of`."""
    return Measures(
        subject, points, beside.margin or 0.0, beside.standing, beside.kind, closeness or 0.0
    )
