"""The health route."""

from __future__ import annotations

from fastapi import APIRouter, Response

from interview_coach.operations import service
from interview_coach.operations.schemas import Health
from interview_coach.runtime import runtime

router = APIRouter(tags=["operations"])


@router.get("/health", responses={503: {"model": Health, "description": "a part is down"}})
def health(response: Response) -> Health:
    """How the system is; 503 when the database or the queue is down."""
    found = service.health(runtime())
    if found.database != "ok" or found.queue != "ok":
        response.status_code = 503
    return found
