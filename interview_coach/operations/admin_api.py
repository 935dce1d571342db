"""Routes by which administrators look after the jobs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from interview_coach.accounts.access import Administrator
from interview_coach.api.limits import client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page
from interview_coach.operations import admin_jobs
from interview_coach.operations.schemas import JobRow, JobsRequest
from interview_coach.runtime import runtime

router = APIRouter(prefix="/admin", tags=["admin"])


@router.get("/jobs", responses=problem_responses(401, 403, 422, 429))
def jobs(asked: Annotated[JobsRequest, Query()], admin: Administrator) -> Page[JobRow]:
    """The jobs, newest first, with the reason of those that failed."""
    del admin
    with runtime().database.reading() as session:
        return admin_jobs.listed(session, asked)


@router.post("/jobs/{job_id}/retry", responses=problem_responses(401, 403, 404, 409, 422, 429))
def retry(job_id: str, admin: Administrator, request: Request) -> JobRow:
    """Try a job that has failed again. 409 `not_failed`."""
    with runtime().database.writing() as session:
        return admin_jobs.retry(session, job_id, actor=admin.id, address=client_address(request))
