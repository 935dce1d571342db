"""What the pages of answers do to one: read its words, change it, say why it cannot be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from interview_coach.accounts.access import check_costly
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.feedback.answer_report import read_answer_report
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import Answer
from interview_coach.interviews.page_state import ask_database
from interview_coach.interviews.schemas import MAX_ANSWER_TEXT, AnswerText
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

TOO_LONG_OR_EMPTY = f"Write what you said, in {MAX_ANSWER_TEXT:,} letters at most."
_TEXT = TypeAdapter(AnswerText)


def written_words(form: dict[str, Any]) -> str | None:
    """The words in the form of the editor, None when they are none that an answer can have."""
    try:
        return _TEXT.validate_python(form.get("words"))
    except ValidationError:
        return None


async def words_of(user: CurrentUser, interview_id: str, answer_id: str) -> str:
    """The words of this user's answer as they stand; empty when there are none, 404 when there is
    no such answer."""

    def work() -> str:
        with runtime().database.reading() as session:
            row = interviews.find_answer(session, user.id, interview_id, answer_id)
            take = read_answer_report(session, user.id, interview_id, answer_id).take
        return take.transcript or row.text or ""

    return await ask_database(work)


async def change_answer(
    user: CurrentUser,
    interview_id: str,
    answer_id: str,
    change: Callable[[Session, Answer], None],
    *,
    costly: bool = False,
) -> str:
    """Change one answer of this user's; returns why it could not be done, empty when it was.

    costly: it keeps a worker or an engine busy, and counts as such.
    """

    def work() -> None:
        if costly:
            check_costly(user.id)
        with runtime().database.writing() as session:
            change(session, interviews.find_answer(session, user.id, interview_id, answer_id))

    try:
        await ask_database(work)
    except CoachError as error:
        return error.message
    return ""
