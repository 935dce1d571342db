"""Routes that look back: history, dashboard and progress."""

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
)
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews", tags=["history"])
figures_router = APIRouter(prefix="/analytics", tags=["analytics"])


@router.get("/history", responses=problem_responses(401, 422, 429))
def history(asked: Annotated[HistoryRequest, Query()], user: SignedIn) -> Page[HistoryItem]:
    """Interviews of the signed-in user: filtered, sorted, ten a page unless asked otherwise."""
    with runtime().database.reading() as session:
        return service.history(session, user.id, asked)


@figures_router.get("/dashboard", responses=problem_responses(401, 429))
def dashboard(user: SignedIn) -> Dashboard:
    """Totals, the newest interviews and the streak of the signed-in user."""
    house = runtime()
    with house.database.reading() as session:
        return service.dashboard(session, house.redis, user.id)


@figures_router.get("/progress", responses=problem_responses(401, 422, 429))
def progress(asked: Annotated[ProgressRequest, Query()], user: SignedIn) -> Progress:
    """How the completed interviews between `from` and `to` went. Abandoned ones and rough
    transcripts are left out; what cannot be told is null with a reason."""
    with runtime().database.reading() as session:
        return getting_on.progress(session, user.id, asked)
