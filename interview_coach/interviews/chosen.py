"""An interview with questions that somebody has picked one by one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interview_coach.interviews.schemas import InterviewRequest
from interview_coach.questions.schemas import QuestionType


def interview_of(questions: Sequence[tuple[str, QuestionType]]) -> InterviewRequest:
    """An interview with these questions, each with its type, in this order; one at least.

    It is of the type that most of them have, the first such when two types have as many.
    """
    kind, _count = Counter(kind for _id, kind in questions).most_common(1)[0]
    return InterviewRequest(type=kind, question_ids=[question_id for question_id, _ in questions])
