"""The one place where a request, a page event or a socket becomes a user."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import cookie_parser

from interview_coach.accounts import service, tokens
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.api.limits import check_rate
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

SECURE_COOKIE = "__Host-session"
PLAIN_COOKIE = "session"
PAGE_HEADER = "x-interview-coach"
_MAX_COOKIE = 200

_bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/login", auto_error=False)


def user_of_cookies(header: str) -> CurrentUser | None:
    """Who a Cookie header belongs to. Looks into the database: never on the event loop."""
    # Starlette's parser keeps the good cookies when another application has set an odd one.
    jar = cookie_parser(header)
    value = jar.get(SECURE_COOKIE)
    if value is None and not served_securely():
        value = jar.get(PLAIN_COOKIE)
    if value is None or not 0 < len(value) <= _MAX_COOKIE:
        return None
    with runtime().database.reading() as session:
        return service.user_of_cookie(session, value)


def served_securely() -> bool:
    """Whether the operator says that browsers come by https; then no plain cookie is believed,
    which a neighbouring subdomain could have planted."""
    return (runtime().settings.public_url or "").startswith("https://")


def _user_of_request(request: Request, bearer: str | None) -> CurrentUser:
    if bearer is not None:
        session_id = tokens.session_of_token(runtime().settings.signing_key, bearer)
        with runtime().database.reading() as session:
            user = service.user_of_session(session, session_id)
    else:
        user = user_of_cookies(request.headers.get("cookie", ""))
    if user is None:
        raise CoachError("sign_in", "Sign in to go on.", 401)
    return user


def user_if_any(request: Request, bearer: str | None) -> CurrentUser | None:
    """The user of this request, None when nobody is signed in."""
    try:
        return _user_of_request(request, bearer)
    except CoachError:
        return None


def signed_in(request: Request, bearer: Annotated[str | None, Depends(_bearer)]) -> CurrentUser:
    """Dependency: the user of this request, or 401. Counts against the user's rate limit."""
    user = _user_of_request(request, bearer)
    check_rate("user", user.id, runtime().settings.rate_limit_per_minute)
    return user


def signed_in_uploading(
    request: Request, bearer: Annotated[str | None, Depends(_bearer)]
) -> CurrentUser:
    """As `signed_in`, for pieces of a recording: one arrives each second of speech, and more
    after a time without network, so they have a wider limit of their own."""
    user = _user_of_request(request, bearer)
    check_rate("upload", user.id, runtime().settings.rate_limit_per_minute * 12)
    return user


SignedIn = Annotated[CurrentUser, Depends(signed_in)]
Uploading = Annotated[CurrentUser, Depends(signed_in_uploading)]
