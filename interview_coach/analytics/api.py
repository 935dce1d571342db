"""The history route."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from interview_coach.accounts.access import SignedIn
from interview_coach.analytics import service
from interview_coach.analytics.schemas import HistoryItem, HistoryRequest
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews", tags=["history"])


@router.get("/history", responses=problem_responses(401, 422, 429))
def history(asked: Annotated[HistoryRequest, Query()], user: SignedIn) -> Page[HistoryItem]:
    """Interviews of the signed-in user: filtered, sorted, ten a page unless asked otherwise."""
    with runtime().database.reading() as session:
        return service.history(session, user.id, asked)
