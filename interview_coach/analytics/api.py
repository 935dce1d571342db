"""Routes that look back: history, dashboard and progress; and what to practise after that."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from interview_coach.accounts.access import SignedIn
from interview_coach.analytics import progress as getting_on
from interview_coach.analytics import service
from interview_coach.analytics.schemas import (
    Dashboard,
    HistoryItem,
    HistoryRequest,
    Progress,
    ProgressRequest,
    RecommendationRequest,
    RecommendedQuestion,
)
from interview_coach.api.problems import problem_responses
from interview_coach.kit.clock import now
from interview_coach.kit.pagination import Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews", tags=["history"])
figures_router = APIRouter(prefix="/analytics", tags=["analytics"])
questions_router = APIRouter(prefix="/questions", tags=["questions"])


@router.get("/history", responses=problem_responses(401, 422, 429))
def history(asked: Annotated[HistoryRequest, Query()], user: SignedIn) -> Page[HistoryItem]:
    """Interviews of the signed-in user: filtered, sorted, ten a page unless asked otherwise."""
    with runtime().database.reading() as session:
        return service.history(session, user.id, asked)


@figures_router.get("/dashboard", responses=problem_responses(401, 429))
def dashboard(user: SignedIn) -> Dashboard:
    """Totals, newest interviews, streak and due drills of the signed-in user."""
    house = runtime()
    with house.database.reading() as session:
        return service.dashboard(session, house.redis, user.id)


@figures_router.get("/progress", responses=problem_responses(401, 422, 429))
def progress(asked: Annotated[ProgressRequest, Query()], user: SignedIn) -> Progress:
    """How the completed interviews between `from` and `to` went. Abandoned ones and rough
    transcripts are left out; what cannot be told is null with a reason."""
    with runtime().database.reading() as session:
        return getting_on.progress(session, user.id, asked)


@questions_router.get("/recommended", responses=problem_responses(401, 422, 429))
def recommended(
    asked: Annotated[RecommendationRequest, Query()], user: SignedIn
) -> Page[RecommendedQuestion]:
    """What the signed-in user should practise next, best first, with the reasons for each.

    Chosen by weak competencies, what is due by spaced repetition, a level that is neither too easy
    nor too hard, the target role, and what was not asked lately. The same until something was
    practised or the UTC day ends. There is one page; `count` says how long it is.
    """
    with runtime().database.reading() as session:
        found = service.recommended(session, user, asked, now())
    return Page(items=found, total=len(found), page=1, page_size=asked.count)
