"""Health and metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from interview_coach.api.problems import problem_responses
from interview_coach.operations import metrics as figures
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


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {
            "description": "Prometheus text",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problem_responses(401, 403, 503),
    },
)
def metrics(request: Request) -> Response:
    """Figures for Prometheus: jobs, interviews, answers, sign-ins, language engines and
    their cost, requests, this process.

    Needs `COACH_METRICS_TOKEN` as bearer token; while none is set, only the machine itself reads.
    """
    house = runtime()
    figures.check_reader(house, request)
    return Response(figures.text(house), media_type=CONTENT_TYPE_PLAIN_0_0_4)
