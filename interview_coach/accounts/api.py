"""Routes of signing up, in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

from interview_coach.accounts import access, service
from interview_coach.accounts.schemas import (
    LogoutRequest,
    RefreshRequest,
    Registered,
    Registration,
    Tokens,
)
from interview_coach.accounts.service import SignIn
from interview_coach.api.limits import check_rate, client_address, is_secure
from interview_coach.api.problems import problem_responses
from interview_coach.kit.hashing import sha256_hex
from interview_coach.runtime import runtime

_FROM_ONE_ADDRESS = 30
_FOR_ONE_ACCOUNT = 10
_FOR_ONE_ACCOUNT_ANYWHERE = 300
router = APIRouter(prefix="/auth", tags=["auth"])
_bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/login", auto_error=False)


def _from_page(request: Request) -> bool:
    return request.headers.get(access.PAGE_HEADER) == "page"


def _set_cookie(request: Request, response: Response, signed: SignIn) -> None:
    # __Host- needs Secure; a browser on http://localhost gets the plain name.
    secure = is_secure(request) or access.served_securely()
    response.set_cookie(
        access.SECURE_COOKIE if secure else access.PLAIN_COOKIE,
        signed.cookie,
        max_age=int(service.SESSION_LIFETIME.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


@router.post("/register", status_code=201, responses=problem_responses(409, 422, 429))
def register(given: Registration, request: Request, response: Response) -> Registered:
    """Make an account. From the page it also signs in."""
    check_rate("register", client_address(request), _FROM_ONE_ADDRESS)
    database = runtime().database
    user = service.register(database, given)
    if _from_page(request):
        with database.writing() as session:
            signed = service.open_session(session, user.id, request.headers.get("user-agent"))
        _set_cookie(request, response, signed)
    return Registered(user=user)


@router.post("/login", responses=problem_responses(401, 422, 429))
def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], request: Request, response: Response
) -> Tokens:
    """Sign in (OAuth2 password form). From the page it also sets the session cookie."""
    address, account = client_address(request), sha256_hex(form.username.strip().lower().encode())
    check_rate("login-address", address, _FROM_ONE_ADDRESS)
    # The narrow limit holds for one address only, so that nobody can lock a candidate out.
    check_rate("login-account", f"{account} {address}", _FOR_ONE_ACCOUNT)
    check_rate("login-account-anywhere", account, _FOR_ONE_ACCOUNT_ANYWHERE)
    signed = service.sign_in(
        runtime().database, form.username, form.password, request.headers.get("user-agent")
    )
    if _from_page(request):
        _set_cookie(request, response, signed)
    return service.tokens_of(signed, runtime().settings.signing_key)


@router.post("/refresh", responses=problem_responses(401, 422, 429))
def refresh(given: RefreshRequest, request: Request) -> Tokens:
    """New tokens for a refresh token, which is used up by this."""
    check_rate("refresh", client_address(request), _FROM_ONE_ADDRESS)
    with runtime().database.writing() as session:
        return service.refresh(session, given.refresh_token, runtime().settings.signing_key)


@router.post("/logout", status_code=204, responses=problem_responses(422, 429))
def logout(
    request: Request,
    response: Response,
    bearer: Annotated[str | None, Depends(_bearer)],
    given: LogoutRequest | None = None,
) -> None:
    """End the session of the refresh token, of the bearer token or of the page's cookie."""
    check_rate("logout", client_address(request), _FROM_ONE_ADDRESS)
    with runtime().database.writing() as session:
        if given is not None and given.refresh_token:
            service.sign_out_refresh(session, given.refresh_token)
    user = access.user_if_any(request, bearer)
    if user is not None:
        with runtime().database.writing() as session:
            service.sign_out(session, user)
    for name in (access.SECURE_COOKIE, access.PLAIN_COOKIE):
        response.delete_cookie(name, path="/", secure=name.startswith("__"), httponly=True)
