"""Routes of signing up, in and out, of devices, passwords and mailed secrets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

from interview_coach.accounts import access, hashing, recovery, service, sessions, throttle
from interview_coach.accounts.access import SignedInSelf, client_of
from interview_coach.accounts.schemas import (
    ForgotRequest,
    LogoutRequest,
    PasswordChange,
    RefreshRequest,
    Registered,
    Registration,
    ResetRequest,
    SessionView,
    Tokens,
    UserView,
    VerifyRequest,
)
from interview_coach.accounts.sessions import SignIn
from interview_coach.api.limits import client_address, is_secure
from interview_coach.api.problems import problem_responses
from interview_coach.kit.errors import CoachError
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.runtime import runtime

router = APIRouter(prefix="/auth", tags=["auth"])
password_router = APIRouter(prefix="/users", tags=["users"])
_bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/login", auto_error=False)


def _from_page(request: Request) -> bool:
    return request.headers.get(access.PAGE_HEADER) == "page"


def _set_cookie(request: Request, response: Response, signed: SignIn) -> None:
    # __Host- needs Secure; a browser on http://localhost gets the plain name.
    secure = is_secure(request) or access.served_securely()
    response.set_cookie(
        access.SECURE_COOKIE if secure else access.PLAIN_COOKIE,
        signed.cookie,
        max_age=int(sessions.LIFETIME.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


@router.post("/register", status_code=201, responses=problem_responses(409, 422, 429))
async def register(given: Registration, request: Request, response: Response) -> Registered:
    """Make an account. From the page it also signs in."""
    await run_in_threadpool(throttle.from_address, "register", client_address(request))
    user, signed = await hashing.wait_for(_register, given, request)
    if signed is not None:
        _set_cookie(request, response, signed)
    return Registered(user=user)


def _register(given: Registration, request: Request) -> tuple[UserView, SignIn | None]:
    database, client = runtime().database, client_of(request)
    user = service.register(database, given, client)
    if not _from_page(request):
        return user, None
    with database.writing() as session:
        return user, sessions.open_session(session, user.id, client)


@router.post("/login", responses=problem_responses(401, 422, 429))
async def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], request: Request, response: Response
) -> Tokens:
    """Sign in (OAuth2 password form). From the page it also sets the session cookie."""
    house, address = runtime(), client_address(request)
    await run_in_threadpool(throttle.before_sign_in, house.database, form.username, address)
    signed, made = await hashing.wait_for(_sign_in, form, request)
    if _from_page(request):
        _set_cookie(request, response, signed)
    return made


def _sign_in(form: OAuth2PasswordRequestForm, request: Request) -> tuple[SignIn, Tokens]:
    house, client = runtime(), client_of(request)
    try:
        signed = service.sign_in(house.database, form.username, form.password, client)
    except CoachError:
        throttle.after_failure(form.username)
        raise
    return signed, sessions.tokens_of(signed, house.settings.signing_key)


@router.post("/refresh", responses=problem_responses(401, 422, 429))
def refresh(given: RefreshRequest, request: Request) -> Tokens:
    """New tokens for a refresh token, which is used up by this. A used one ends its session."""
    throttle.from_address("refresh", client_address(request))
    house = runtime()
    key = house.settings.signing_key
    return sessions.refresh(house.database, given.refresh_token, key, client_of(request))


@router.post("/logout", status_code=204, responses=problem_responses(422, 429))
def logout(
    request: Request,
    response: Response,
    bearer: Annotated[str | None, Depends(_bearer)],
    given: LogoutRequest | None = None,
) -> None:
    """End the session of the refresh token, of the bearer token (an expired one too) or of the
    page's cookie."""
    throttle.from_address("logout", client_address(request))
    with runtime().database.writing() as session:
        if given is not None and given.refresh_token:
            sessions.sign_out_refresh(session, given.refresh_token, client_of(request))
    access.sign_out(request, bearer)
    for name in (access.SECURE_COOKIE, access.PLAIN_COOKIE):
        response.delete_cookie(name, path="/", secure=name.startswith("__"), httponly=True)


@router.get("/sessions", responses=problem_responses(401, 403, 422, 429))
def devices(user: SignedInSelf, asked: Annotated[PageRequest, Depends()]) -> Page[SessionView]:
    """The devices that are signed in, the one last used first."""
    with runtime().database.reading() as session:
        return sessions.listed(session, user, asked)


@router.delete("/sessions", status_code=204, responses=problem_responses(401, 403, 429))
def end_other_devices(user: SignedInSelf, request: Request) -> None:
    """Sign out everywhere but here."""
    with runtime().database.writing() as session:
        sessions.end_others(session, user, client_of(request))


@router.delete(
    "/sessions/{session_id}", status_code=204, responses=problem_responses(401, 403, 404, 422, 429)
)
def end_device(session_id: str, user: SignedInSelf, request: Request) -> None:
    """Sign out one device."""
    with runtime().database.writing() as session:
        sessions.end_device(session, user, session_id, client_of(request))


@router.post("/password/forgot", status_code=202, responses=problem_responses(422, 429))
def forgot(given: ForgotRequest, request: Request) -> None:
    """Mail a link for a new password. The answer is the same whether there is an account."""
    throttle.from_address("forgot", client_address(request))
    throttle.before_mail("reset", given.email, client_address(request))
    with runtime().database.writing() as session:
        recovery.ask_for_reset(session, given.email, client_of(request))


@router.post("/password/reset", status_code=204, responses=problem_responses(410, 422, 429))
async def reset(given: ResetRequest, request: Request) -> None:
    """Set a new password by the secret from the mail; ends every session and personal token."""
    await run_in_threadpool(throttle.from_address, "reset", client_address(request))
    database, client = runtime().database, client_of(request)
    await hashing.wait_for(recovery.reset_password, database, given, client)


@router.post("/email/verify", status_code=204, responses=problem_responses(410, 422, 429))
def verify(given: VerifyRequest, request: Request) -> None:
    """Show by the secret from the mail that the address is one's own."""
    throttle.from_address("verify", client_address(request))
    with runtime().database.writing() as session:
        recovery.verify_email(session, given.token, client_of(request))


@router.post("/email/send", status_code=202, responses=problem_responses(401, 403, 429))
def send_verification(user: SignedInSelf, request: Request) -> None:
    """Mail the secret that verifies the address once more; those sent before work no more."""
    throttle.before_mail("verify", user.email, client_address(request))
    with runtime().database.writing() as session:
        recovery.queue_mail(session, user.id, "verify")


@password_router.put(
    "/me/password", status_code=204, responses=problem_responses(401, 403, 422, 429)
)
async def change_password(given: PasswordChange, user: SignedInSelf, request: Request) -> None:
    """Set a new password and end all other sessions."""
    await run_in_threadpool(throttle.before_password, user.id)
    database, client = runtime().database, client_of(request)
    await hashing.wait_for(service.change_password, database, user, given, client)
