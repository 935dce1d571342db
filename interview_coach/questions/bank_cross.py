"""How far an answer to one question of the bank answers the others of its type.

`python -m interview_coach.questions.bank_cross` scores each strong sample answer against every
other question of its type and prints the questions of which it meets too many key points: their
phrases tell little. Questions on neighbouring subjects meet rightly, so this is a table to read
and no rule. It takes about a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interview_coach.questions.bank import BankQuestion, BankSample, load_bank, load_samples
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.relevance import MET, cover
from interview_coach.scoring.types import KeyPoint, Question

# A candidate who never heard the question should not be told that half of it is answered.
TOO_MANY = 0.4


@dataclass(frozen=True, slots=True)
class Crossing:
    """One strong answer scored against one question of its type.

    answer: id of the question it was given to. share: of the key points of `question`, 0-1, that
    it meets. met: their texts.
    """

    question: str
    answer: str
    share: float
    met: tuple[str, ...]


def crossings(
    questions: Sequence[BankQuestion], samples: Iterable[BankSample]
) -> Iterator[Crossing]:
    """Each sample's strong answer against all questions of its type, its own one too."""
    types = {question.id: question.type for question in questions}
    scored = [(question, as_scored(question)) for question in questions]
    for sample in samples:
        for question, asked in scored:
            if question.type != types[sample.question]:
                continue
            found = cover(read_answer(sample.strong, asked), asked)
            met = tuple(item.key_point.text for item in found if item.share >= MET)
            share = len(met) / len(question.key_points)
            yield Crossing(question.id, sample.question, share, met)


def as_scored(question: BankQuestion) -> Question:
    """The question as the scorer takes it."""
    points = tuple(KeyPoint(point.text, point.phrases) for point in question.key_points)
    return Question(question.type, question.text, points)


def main() -> int:
    """Prints the table for the bundled bank; 0."""
    questions = load_bank()
    rows = list(crossings(questions, load_samples()))
    own = [row.share for row in rows if row.question == row.answer]
    others = [row for row in rows if row.question != row.answer]
    over = sorted(
        (row for row in others if row.share > TOO_MANY), key=lambda row: (-row.share, row.question)
    )
    for row in over:
        sys.stdout.write(f"{row.share:.0%} {row.question} by {row.answer}: {'; '.join(row.met)}\n")
    mean = sum(row.share for row in others) / len(others)
    sys.stdout.write(
        f"{len(own)} strong answers meet {sum(own) / len(own):.0%} of their own question's key"
        f" points (least {min(own):.0%}) and {mean:.1%} of those of another question of the type;"
        f" more than {TOO_MANY:.0%} in {len(over)} of {len(others)} pairs, at"
        f" {len({row.question for row in over})} of {len(questions)} questions\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
