"""Routes of the owner's link to a report, and of what its readers said."""

from __future__ import annotations

from fastapi import APIRouter, Request

from interview_coach.accounts.access import SignedIn
from interview_coach.api.limits import client_address, scheme_of
from interview_coach.api.problems import problem_responses
from interview_coach.reports import sharing
from interview_coach.reports.schemas import Comments, NewShare, ShareRequest, ShareView
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews/{interview_id}", tags=["sharing"])
_ERRORS = problem_responses(401, 404, 422, 429)


@router.get("/share", responses=_ERRORS)
def share(interview_id: str, user: SignedIn) -> ShareView:
    """The link there is, without its secret; 404 when there is none."""
    with runtime().database.reading() as session:
        return sharing.view(session, user.id, interview_id)


@router.post("/share", status_code=201, responses=_ERRORS)
def make_share(
    interview_id: str, given: ShareRequest, user: SignedIn, request: Request
) -> NewShare:
    """A link with which anybody can read the report until it runs out, without what is hidden.

    Its address is told this once. A link made before stops working.
    """
    with runtime().database.writing() as session:
        return sharing.make(
            session,
            user.id,
            interview_id,
            given,
            site=_site(request),
            address=client_address(request),
        )


@router.delete("/share", status_code=204, responses=_ERRORS)
def end_share(interview_id: str, user: SignedIn, request: Request) -> None:
    """Take the link back: it stops working at once."""
    with runtime().database.writing() as session:
        sharing.end(session, user.id, interview_id, client_address(request))


@router.get("/comments", responses=_ERRORS)
def comments(interview_id: str, user: SignedIn) -> Comments:
    """What readers of the report said, oldest first; it stays when the link has ended."""
    with runtime().database.reading() as session:
        return Comments(items=sharing.comments(session, user.id, interview_id))


@router.delete("/comments/{comment_id}", status_code=204, responses=_ERRORS)
def drop_comment(interview_id: str, comment_id: str, user: SignedIn) -> None:
    """Delete what a reader said."""
    with runtime().database.writing() as session:
        sharing.drop_comment(session, user.id, interview_id, comment_id)


def _site(request: Request) -> str:
    """Where links to this site begin: as the operator says, else as the request came."""
    public = runtime().settings.public_url
    return (public or f"{scheme_of(request)}://{request.headers.get('host', '')}").rstrip("/")
