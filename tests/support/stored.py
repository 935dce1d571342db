"""Rows with words of a candidate in every encrypted column, written without a route."""

from __future__ import annotations

from typing import Any

from interview_coach.accounts.models import IdempotencyKey, User
from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer, Interview, InterviewQuestion
from interview_coach.kit.database import Database
from interview_coach.kit.ids import new_id

SECRET_WORDS = "I told \N{LATIN SMALL LETTER E WITH ACUTE}verybody \N{EM DASH} in confidence"
_WORDS = [{"text": SECRET_WORDS, "start": 0.5}]


def add_answer(database: Database, words: list[dict[str, Any]] | None = _WORDS) -> str:
    """A user with one interview, answer, analysis and kept reply; the id of the answer."""
    with database.writing() as session:
        user = User(email=f"{new_id()}@example.org", full_name="A", password_hash="x")
        session.add(user)
        session.flush()
        interview = Interview(user_id=user.id, type="behavioral")
        session.add(interview)
        session.flush()
        question = InterviewQuestion(
            interview_id=interview.id, position=1, type="behavioral", text="Why?"
        )
        session.add(question)
        session.flush()
        answer = Answer(
            user_id=user.id,
            interview_id=interview.id,
            interview_question_id=question.id,
            take=1,
            kind="typed",
            status="done",
            text=SECRET_WORDS,
        )
        session.add(answer)
        session.flush()
        session.add(
            Analysis(
                answer_id=answer.id,
                user_id=user.id,
                version=1,
                algorithm="1",
                transcript=SECRET_WORDS,
                words=words,
                sound={"loudness": -20.5},
                result={"quotes": [SECRET_WORDS]},
            )
        )
        session.add(
            IdempotencyKey(
                user_id=user.id,
                key="k",
                fingerprint="f" * 64,
                status=201,
                answer={"text": SECRET_WORDS},
            )
        )
    return answer.id
