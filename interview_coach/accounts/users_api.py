"""Routes of the user who asks: profile, picture, preferences and tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from interview_coach.accounts import access, avatars, erasure, hashing, personal_tokens, profile
from interview_coach.accounts.access import SignedIn, SignedInSelf
from interview_coach.accounts.schemas import (
    AccountDeletion,
    NewPersonalToken,
    PersonalTokenRequest,
    PersonalTokenView,
    PreferencesView,
    ProfileChange,
    UserView,
)
from interview_coach.api.limits import check_rate, client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.errors import invalid
from interview_coach.kit.pagination import MAX_PAGE_SIZE, Page
from interview_coach.runtime import runtime

router = APIRouter(prefix="/users/me", tags=["users"])
_READS = problem_responses(401, 403, 429)
_WRITES = problem_responses(401, 403, 422, 429)
_PICTURES_A_MINUTE = 10
_DELETIONS_A_MINUTE = 5
_PICTURE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "additionalProperties": False,
                }
            }
        },
    }
}


async def _sent_file(request: Request) -> UploadFile:
    """The file of a multipart body; 422 naming the field otherwise."""
    form = await request.form(max_files=1, max_fields=2)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise invalid("body.file", "a file is required")
    if set(form) != {"file"}:
        raise invalid("body", "holds a file and nothing else")
    return file


@router.get("", responses=_READS)
def me(user: SignedIn) -> UserView:
    """The profile of the signed-in user."""
    with runtime().database.reading() as session:
        return profile.profile(session, user.id)


@router.put("", responses=_WRITES)
def change_me(given: ProfileChange, user: SignedIn, request: Request) -> UserView:
    """Set the whole profile; what is left out is emptied."""
    with runtime().database.writing() as session:
        return profile.change_profile(session, user.id, given, client_address(request))


@router.delete("", status_code=204, responses={**_WRITES, **problem_responses(409)})
async def erase_me(given: AccountDeletion, user: SignedInSelf, response: Response) -> None:
    """Delete the account and everything in it. Needs the password, and cannot be undone."""
    # Before any hashing, and narrow: whoever has a stolen session must not try passwords here.
    await run_in_threadpool(check_rate, "erase", user.id, _DELETIONS_A_MINUTE)
    await hashing.wait_for(_erase, user.id, given.password)
    for name in (access.SECURE_COOKIE, access.PLAIN_COOKIE):
        response.delete_cookie(name, path="/", secure=name.startswith("__"), httponly=True)


def _erase(user_id: str, password: str) -> None:
    house = runtime()
    erasure.erase(house.database, user_id, password, house.settings.signing_key)


@router.get("/preferences", responses=_READS)
def preferences(user: SignedIn) -> PreferencesView:
    """How the user wants the product to be; the defaults until they have said so."""
    with runtime().database.reading() as session:
        return profile.preferences(session, user.id)


@router.put("/preferences", responses=_WRITES)
def change_preferences(given: PreferencesView, user: SignedIn, request: Request) -> PreferencesView:
    """Set all preferences; what is left out has its default again."""
    with runtime().database.writing() as session:
        return profile.change_preferences(session, user.id, given, client_address(request))


@router.put(
    "/avatar",
    responses={**_WRITES, **problem_responses(400, 413, 415)},
    openapi_extra=_PICTURE_BODY,
)
def change_avatar(
    user: SignedIn,
    # After the user: nobody's picture is read before it is known who sends it.
    file: Annotated[UploadFile, Depends(_sent_file)],
    request: Request,
) -> UserView:
    """A new picture (PNG, JPEG, WebP, GIF; 5 MB): its middle square is kept as WebP."""
    check_rate("avatar", user.id, _PICTURES_A_MINUTE)
    house = runtime()
    avatars.put(house.database, house.storage, user.id, file.file, client_address(request))
    with house.database.reading() as session:
        return profile.profile(session, user.id)


@router.get(
    "/avatar",
    response_class=Response,
    responses={
        **_READS,
        200: {"content": {avatars.MEDIA_TYPE: {}}, "description": "the picture, 256 x 256"},
        **problem_responses(404),
    },
)
def avatar(user: SignedIn) -> Response:
    """The user's picture."""
    house = runtime()
    return Response(
        avatars.read(house.database, house.storage, user.id),
        media_type=avatars.MEDIA_TYPE,
        headers={
            "Content-Disposition": 'attachment; filename="avatar.webp"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.delete("/avatar", status_code=204, responses=_READS)
def remove_avatar(user: SignedIn, request: Request) -> None:
    """Have no picture; without one nothing changes."""
    house = runtime()
    with house.database.writing() as session:
        avatars.remove(session, house.storage, user.id, client_address(request))


@router.get("/tokens", responses=_READS)
def tokens(user: SignedInSelf) -> Page[PersonalTokenView]:
    """The user's personal access tokens that work, newest first, without their secrets."""
    with runtime().database.reading() as session:
        found = personal_tokens.tokens_of(session, user.id)
    return Page(items=found, total=len(found), page=1, page_size=MAX_PAGE_SIZE)


@router.post("/tokens", status_code=201, responses={**_WRITES, **problem_responses(409)})
def make_token(
    given: PersonalTokenRequest, user: SignedInSelf, request: Request
) -> NewPersonalToken:
    """A personal access token for a program of the user's own; its secret is told this once."""
    with runtime().database.writing() as session:
        address = client_address(request)
        return personal_tokens.mint(session, user.id, given, actor=user.id, address=address)


@router.delete(
    "/tokens/{token_id}", status_code=204, responses={**_WRITES, **problem_responses(404)}
)
def revoke_token(token_id: str, user: SignedInSelf, request: Request) -> None:
    """End a personal access token at once."""
    with runtime().database.writing() as session:
        personal_tokens.revoke(session, user.id, token_id, client_address(request))
