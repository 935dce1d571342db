"""Routes of a user's exports: ask for one, see how far it is, fetch it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from interview_coach.accounts import exports, idempotency
from interview_coach.accounts.access import SignedInSelf
from interview_coach.accounts.schemas import ExportView
from interview_coach.api.idempotency import Creating, replayed_header
from interview_coach.api.limits import client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.errors import not_found
from interview_coach.kit.pagination import MAX_PAGE_SIZE, Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/users/me/export", tags=["users"])
_ERRORS = problem_responses(401, 403, 404, 422, 429)


@router.post(
    "",
    status_code=202,
    responses={**replayed_header(202), **problem_responses(401, 403, 409, 422, 429)},
)
def ask(user: SignedInSelf, request: Request, attempt: Creating) -> ExportView:
    """Have a zip made of everything the user has; 409 while another is under way."""
    with runtime().database.writing() as session:

        def make() -> ExportView:
            return exports.ask(session, user.id, client_address(request))

        return idempotency.once(session, user.id, attempt, ExportView, make, status=202)


@router.get("", responses=problem_responses(401, 403, 429))
def exports_of(user: SignedInSelf) -> Page[ExportView]:
    """The user's exports, newest first. A new one replaces the older ones once it is made."""
    with runtime().database.reading() as session:
        found = exports.exports_of(session, user.id)
    return Page(items=found, total=len(found), page=1, page_size=MAX_PAGE_SIZE)


@router.get("/{export_id}", responses=_ERRORS)
def export(export_id: str, user: SignedInSelf) -> ExportView:
    """How far an export is."""
    with runtime().database.reading() as session:
        return exports.find(session, user.id, export_id)


@router.get(
    "/{export_id}/file",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"application/zip": {}}, "description": "the zip"},
        **problem_responses(409),
    },
)
def file(export_id: str, user: SignedInSelf) -> Response:
    """The zip itself, for its user only; 409 until it has been made."""
    house = runtime()
    with house.database.reading() as session:
        key, size, day = exports.ready(session, user.id, export_id)
    try:
        house.storage.size(key)
    except FileNotFoundError as error:
        raise not_found("export") from error
    return StreamingResponse(
        house.storage.stream(key),
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="interview-coach-{day}.zip"',
            "Content-Length": str(size),
            # It is compressed already.
            "Content-Encoding": "identity",
        },
        media_type="application/zip",
    )
