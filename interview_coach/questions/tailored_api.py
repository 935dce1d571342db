"""The route that makes questions from a role, a job ad and a resume."""

from __future__ import annotations

from functools import lru_cache

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter

from interview_coach.accounts import idempotency
from interview_coach.accounts.access import Costly
from interview_coach.api.idempotency import Attempt, Creating, replayed_header
from interview_coach.api.problems import problem_responses
from interview_coach.questions import tailored
from interview_coach.questions.tailored_schemas import GeneratedView, GenerateRequest
from interview_coach.runtime import router as engines
from interview_coach.runtime import runtime

router = APIRouter(prefix="/questions", tags=["questions"])
# An engine can take the better part of a minute. Those who wait for one have threads of their
# own, so that they never hold up a request that only reads the database.
_AT_ONCE = 8


@lru_cache(maxsize=1)
def _places() -> CapacityLimiter:
    return CapacityLimiter(_AT_ONCE)


@router.post(
    "/generate",
    status_code=201,
    responses={**replayed_header(201), **problem_responses(401, 404, 422, 429)},
)
async def generate(wanted: GenerateRequest, user: Costly, attempt: Creating) -> GeneratedView:
    """Questions with their answer keys, made for you from a role, a job ad and a resume.

    A language engine writes them where one is set up, within 45 seconds; what it leaves open, and
    everything without one, comes from the bank and from written templates. Each tells which
    engine made it and from what. Their ids can stand in `question_ids` of a new interview; a
    question that was not asked is kept for 90 days.
    """
    return await anyio.to_thread.run_sync(
        lambda: _generate(wanted, user.id, attempt), limiter=_places()
    )


def _generate(wanted: GenerateRequest, user_id: str, attempt: Attempt) -> GeneratedView:
    database = runtime().database
    with database.reading() as session:
        known = idempotency.earlier(session, user_id, attempt, GeneratedView)
    if known is not None:
        return known
    # No transaction is held while an engine thinks.
    made = tailored.generate(database, engines(), user_id, wanted)
    with database.writing() as session:
        return idempotency.once(
            session, user_id, attempt, GeneratedView, lambda: tailored.keep(session, user_id, made)
        )
