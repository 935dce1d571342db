"""Routes of the stronger version of an answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from interview_coach.accounts.access import Costly, SignedIn
from interview_coach.api.problems import problem_responses
from interview_coach.feedback import model_answers
from interview_coach.feedback.schemas import ModelAnswerView
from interview_coach.runtime import runtime

router = APIRouter(
    prefix="/interviews/{interview_id}/answers/{answer_id}/model-answer", tags=["analysis"]
)
_ERRORS = problem_responses(401, 404, 422, 429)
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": ModelAnswerView, "description": "It is being written: ask again for it."}
}


@router.post("", responses={**_ERRORS, **problem_responses(409), **_ACCEPTED})
def write(interview_id: str, answer_id: str, user: Costly, response: Response) -> ModelAnswerView:
    """A stronger version of a scored answer, built only from what was said in it.

    What a good answer needs and was not said stands as a gap in square brackets, such as
    `[your number]`. Without a language engine it is there at once; with one it takes up to
    `seconds_at_most`, 202 says so, and a GET tells when it is done. What is there already is
    answered again, unless the words were corrected since or an engine had failed.
    """
    view = model_answers.ask(runtime().database, user.id, interview_id, answer_id)
    response.status_code = 202 if view.status == "writing" else 200
    return view


@router.get("", responses=_ERRORS)
def read(interview_id: str, answer_id: str, user: SignedIn) -> ModelAnswerView:
    """The version that was asked for; 404 before."""
    with runtime().database.reading() as session:
        row = model_answers.find(session, user.id, interview_id, answer_id)
        return model_answers.view_of(session, row)
