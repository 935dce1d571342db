"""Routes for whoever has the link to a report: no account, the token in the address instead."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response

from interview_coach.api.limits import check_rate, client_address
from interview_coach.api.problems import problem_responses
from interview_coach.feedback.api import sound_answer
from interview_coach.kit.hashing import secret_digest
from interview_coach.reports import sharing
from interview_coach.reports.schemas import CommentRequest, CommentView
from interview_coach.runtime import runtime

router = APIRouter(prefix="/shared/{token}", tags=["sharing"])
_ERRORS = problem_responses(404, 422, 429)
_READS_A_MINUTE = 120
_COMMENTS_A_MINUTE = 5
_COMMENTS_AN_HOUR = 60


def _reading(request: Request) -> None:
    check_rate("shared", client_address(request), _READS_A_MINUTE)


Reading = Depends(_reading)


@router.get(
    "/answers/{answer_id}/audio",
    dependencies=[Reading],
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"audio/*": {}}, "description": "the recording"},
        206: {"content": {"audio/*": {}}, "description": "a range of it"},
        **problem_responses(410, 416),
    },
)
def shared_audio(
    token: str,
    answer_id: str,
    range_header: Annotated[str | None, Header(alias="range")] = None,
) -> Response:
    """A recording, unless the owner hides them. Every token that opens nothing answers 404."""
    with runtime().database.reading() as session:
        user_id, interview_id = sharing.recording_place(session, token)
    return sound_answer(user_id, interview_id, answer_id, range_header)


@router.post(
    "/comments",
    status_code=201,
    dependencies=[Reading],
    responses={**_ERRORS, **problem_responses(409)},
)
def comment(token: str, given: CommentRequest, request: Request) -> CommentView:
    """Say something about the report or about a moment of an answer, where the owner lets
    readers. Every token that opens nothing answers 404."""
    check_rate("share_comment", client_address(request), _COMMENTS_A_MINUTE)
    check_rate("share_comments", secret_digest(token), _COMMENTS_AN_HOUR, minutes=60)
    with runtime().database.writing() as session:
        return sharing.comment(session, token, given)
