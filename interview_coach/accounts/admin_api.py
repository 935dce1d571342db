"""Routes by which administrators look after accounts. None shows what anybody said or wrote."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from interview_coach.accounts import administration
from interview_coach.accounts.access import Administrator
from interview_coach.accounts.admin_schemas import (
    AuditRequest,
    LiveSessionRow,
    LiveSessionsRequest,
    RoleChange,
    UsersRequest,
)
from interview_coach.accounts.schemas import AccountRow, AuditRow
from interview_coach.api.limits import client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/admin", tags=["admin"])
_LISTS = problem_responses(401, 403, 422, 429)
_CHANGES = problem_responses(401, 403, 404, 409, 422, 429)


@router.get("/users", responses=_LISTS)
def users(asked: Annotated[UsersRequest, Query()], admin: Administrator) -> Page[AccountRow]:
    """The accounts, newest first unless asked otherwise."""
    del admin
    with runtime().database.reading() as session:
        return administration.accounts(session, asked)


@router.post("/users/{user_id}/lock", responses=_CHANGES)
def lock(user_id: str, admin: Administrator, request: Request) -> AccountRow:
    """Keep a user out and end their sessions at once. 409 `own_account`, `last_admin`."""
    with runtime().database.writing() as session:
        address = client_address(request)
        administration.lock(session, user_id, actor=admin.id, address=address)
        return administration.account(session, user_id)


@router.post("/users/{user_id}/unlock", responses=_CHANGES)
def unlock(user_id: str, admin: Administrator, request: Request) -> AccountRow:
    """Let a locked user sign in again."""
    with runtime().database.writing() as session:
        address = client_address(request)
        administration.unlock(session, user_id, actor=admin.id, address=address)
        return administration.account(session, user_id)


@router.put("/users/{user_id}/role", responses=_CHANGES)
def set_role(user_id: str, given: RoleChange, admin: Administrator, request: Request) -> AccountRow:
    """Make a user an administrator, or one a user again. 409 `last_admin`."""
    with runtime().database.writing() as session:
        address = client_address(request)
        administration.set_role(session, user_id, given.role, actor=admin.id, address=address)
        return administration.account(session, user_id)


@router.get("/audit", responses=_LISTS)
def audit_log(asked: Annotated[AuditRequest, Query()], admin: Administrator) -> Page[AuditRow]:
    """What was done to accounts, newest first."""
    del admin
    with runtime().database.reading() as session:
        return administration.audit_log(session, asked)


@router.get("/sessions", responses=_LISTS)
def live_sessions(
    asked: Annotated[LiveSessionsRequest, Query()], admin: Administrator
) -> Page[LiveSessionRow]:
    """Everybody's devices that are signed in, the one last used first."""
    with runtime().database.reading() as session:
        return administration.live_sessions(session, asked, current=admin.session_id)


@router.delete(
    "/sessions/{session_id}", status_code=204, responses=problem_responses(401, 403, 404, 422, 429)
)
def end_session(session_id: str, admin: Administrator, request: Request) -> None:
    """Sign out one device of anybody."""
    with runtime().database.writing() as session:
        address = client_address(request)
        administration.end_session(session, session_id, actor=admin.id, address=address)
