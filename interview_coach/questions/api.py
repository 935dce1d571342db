"""Routes of the question bank."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from interview_coach.accounts.access import SignedIn
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.questions import service
from interview_coach.questions.schemas import Difficulty, QuestionType, QuestionView, TypeOverview
from interview_coach.runtime import runtime

router = APIRouter(prefix="/questions", tags=["questions"])


@router.get("/types", responses=problem_responses(401, 429))
def types(_user: SignedIn) -> list[TypeOverview]:
    """The six types of interview, their tracks and how many questions each has."""
    with runtime().database.reading() as session:
        return service.overview(session)


@router.get("/by-type/{kind}", responses=problem_responses(401, 422, 429))
def by_type(
    kind: QuestionType,
    _user: SignedIn,
    page: Annotated[PageRequest, Query()],
    track: Annotated[str | None, Query(max_length=40)] = None,
    difficulty: Difficulty | None = None,
    competency: Annotated[str | None, Query(max_length=40, pattern=r"^[a-z0-9_]*$")] = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
) -> Page[QuestionView]:
    """Questions of one type, without their answer keys. `q`: words that all stand in
    the question; all filters together must fit."""
    with runtime().database.reading() as session:
        return service.by_type(
            session,
            kind,
            track=track,
            difficulty=difficulty,
            competency=competency,
            text=q,
            page=page,
        )
