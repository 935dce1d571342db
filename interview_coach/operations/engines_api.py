"""Routes on the language engines: which there are, and for administrators what they did."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from interview_coach import runtime as house
from interview_coach.accounts.access import Administrator, SignedIn
from interview_coach.api.limits import check_rate, client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.operations import engines
from interview_coach.operations.engine_schemas import (
    CallRow,
    EngineList,
    EngineName,
    EnginesRequest,
    EnginesView,
    EngineTest,
)

router = APIRouter(tags=["operations"])
admin_router = APIRouter(prefix="/admin/engines", tags=["admin"])
# For all administrators together: the calls cost the server's money.
_TESTS, _IN_MINUTES = 10, 10


@router.get("/engines", responses=problem_responses(401, 429))
def listed(user: SignedIn) -> EngineList:
    """Which engines write feedback, in the order they are asked, and how each stands."""
    del user
    with house.runtime().database.reading() as session:
        return engines.listed(house.runtime(), session)


@admin_router.get("", responses=problem_responses(401, 403, 422, 429))
def overview(asked: Annotated[EnginesRequest, Query()], admin: Administrator) -> EnginesView:
    """Calls, outcomes, tokens, cost and latency of the last days, how often the local engine stood
    in and why, the month's budget, and how each engine stands."""
    del admin
    with house.runtime().database.reading() as session:
        return engines.view(house.runtime(), session, asked)


@admin_router.get("/calls", responses=problem_responses(401, 403, 422, 429))
def calls(asked: Annotated[PageRequest, Query()], admin: Administrator) -> Page[CallRow]:
    """The ledger, newest first. It names no user and holds no word of any."""
    del admin
    with house.runtime().database.reading() as session:
        return engines.calls(session, asked)


@admin_router.post("/{engine}/test", responses=problem_responses(401, 403, 404, 422, 429))
def test(engine: EngineName, admin: Administrator, request: Request) -> EngineTest:
    """Make one small call to an engine now, though it rests: what came of it, within 15 seconds.

    Ten in ten minutes for all administrators together. A success ends the engine's rest. 404
    `engine` for one that is not set up.
    """
    check_rate("engine_test", "all", _TESTS, minutes=_IN_MINUTES)
    return engines.try_engine(
        house.runtime(),
        house.router(),
        engine,
        actor=admin.id,
        address=client_address(request),
    )
