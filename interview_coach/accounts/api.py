"""Routes of signing up, in and out, of devices, passwords and mailed secrets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

from interview_coach.accounts import access, recovery, service, sessions, throttle
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
def register(given: Registration, request: Request, response: Response) -> Registered:
    """Make an account. From the page it also signs in."""
    throttle.from_address("register", client_address(request))
    database = runtime().database
    user = service.register(database, given, client_of(request))
    if _from_page(request):
        with database.writing() as session:
            signed = sessions.open_session(session, user.id, client_of(request))
        _set_cookie(request, response, signed)
    return Registered(user=user)


@router.post("/login", responses=problem_responses(401, 422, 429))
def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], request: Request, response: Response
) -> Tokens:
    """Sign in (OAuth2 password form). From the page it also sets the session cookie."""
    database = runtime().database
    throttle.before_sign_in(database, form.username, client_address(request))
    try:
        signed = service.sign_in(database, form.username, form.password, client_of(request))
    except CoachError:
        throttle.after_failure(form.username)
        raise
    if _from_page(request):
        _set_cookie(request, response, signed)
    return sessions.tokens_of(signed, runtime().settings.signing_key)


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
def reset(given: ResetRequest, request: Request) -> None:
    """Set a new password by the secret from the mail; ends every session and personal token."""
    throttle.from_address("reset", client_address(request))
    recovery.reset_password(runtime().database, given, client_of(request))


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
def change_password(given: PasswordChange, user: SignedInSelf, request: Request) -> None:
    """Set a new password and end all other sessions."""
    throttle.before_password(user.id)
    service.change_password(runtime().database, user, given, client_of(request))
