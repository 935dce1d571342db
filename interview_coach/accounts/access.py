"""The one place where a request, a page event or a socket becomes a user."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import cookie_parser

from interview_coach.accounts import personal_tokens, sessions, tokens
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.api.limits import check_rate, client_address
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

SECURE_COOKIE = "__Host-session"
PLAIN_COOKIE = "session"
PAGE_HEADER = "x-interview-coach"
_MAX_COOKIE = 200
_MAX_BEARER = 200
_READING = {"GET", "HEAD", "OPTIONS"}
_NOTE_SECONDS = sessions.SEEN_EVERY.total_seconds()
_MOST_NOTED = 10_000
# When the use of a session was last written by this process, in seconds of the monotonic clock.
_noted: dict[str, float] = {}

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
        user = sessions.user_of_cookie(session, value)
    _note_use(user)
    return user


def _note_use(user: CurrentUser | None) -> None:
    """Keep that a session is in use, without a write at each request."""
    moment = time.monotonic()
    if user is None or moment - _noted.get(user.session_id, -_NOTE_SECONDS) < _NOTE_SECONDS:
        return
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[user.session_id] = moment
    with runtime().database.writing() as session:
        sessions.note_use(session, user.session_id)


def served_securely() -> bool:
    """Whether the operator says that browsers come by https; then no plain cookie is believed,
    which a neighbouring subdomain could have planted."""
    return (runtime().settings.public_url or "").startswith("https://")


def still_signed_in(users: list[CurrentUser]) -> set[str]:
    """Those of the users' session ids (or personal tokens' ids) that have not ended."""
    by_session = [user.session_id for user in users if user.scopes is None]
    by_token = [user.session_id for user in users if user.scopes is not None]
    with runtime().database.reading() as session:
        live = sessions.live(session, by_session)
        return live | personal_tokens.live(session, by_token)


def _user_of_request(request: Request, bearer: str | None) -> CurrentUser:
    if bearer is None:
        user = user_of_cookies(request.headers.get("cookie", ""))
    else:
        user = user_of_bearer(bearer)
    if user is None:
        raise CoachError("sign_in", "Sign in to go on.", 401)
    return user


def user_of_bearer(bearer: str) -> CurrentUser | None:
    """Who an access token or a personal token belongs to, None when it has ended.

    An access token that is not valid raises 401 `bad_token`.
    """
    if bearer.startswith(personal_tokens.MARK):
        if len(bearer) > _MAX_BEARER:
            return None
        return personal_tokens.user_of_token(runtime().database, bearer)
    session_id = tokens.session_of_token(runtime().settings.signing_key, bearer)
    with runtime().database.reading() as session:
        user = sessions.user_of_session(session, session_id)
    _note_use(user)
    return user


def client_of(request: Request) -> sessions.Client:
    """Where a request comes from."""
    return sessions.Client(client_address(request), request.headers.get("user-agent"))


def sign_out(request: Request, bearer: str | None) -> None:
    """End the session behind a request, also by an access token that has expired."""
    client = client_of(request)
    user = user_of_cookies(request.headers.get("cookie", ""))
    with runtime().database.writing() as session:
        if user is not None:
            sessions.sign_out(session, user.id, user.session_id, client)
        if bearer is not None and not bearer.startswith(personal_tokens.MARK):
            key = runtime().settings.signing_key
            try:
                session_id = tokens.session_of_token(key, bearer, expired_too=True)
            except CoachError:
                return
            held = sessions.user_of_session(session, session_id)
            if held is not None:
                sessions.sign_out(session, held.id, session_id, client)


def _check_scope(request: Request, user: CurrentUser) -> None:
    needed = "read" if request.method in _READING else "write"
    if user.scopes is not None and needed not in user.scopes:
        raise CoachError("scope", f"This token may not do that: it lacks `{needed}`.", 403)


def signed_in(request: Request, bearer: Annotated[str | None, Depends(_bearer)]) -> CurrentUser:
    """Dependency: the user of this request, or 401. Counts against the user's rate limit."""
    user = _user_of_request(request, bearer)
    _check_scope(request, user)
    check_rate("user", user.id, runtime().settings.rate_limit_per_minute)
    return user


def signed_in_uploading(
    request: Request, bearer: Annotated[str | None, Depends(_bearer)]
) -> CurrentUser:
    """As `signed_in`, for pieces of a recording: one arrives each second of speech, and more
    after a time without network, so they have a wider limit of their own."""
    user = _user_of_request(request, bearer)
    _check_scope(request, user)
    check_rate("upload", user.id, runtime().settings.rate_limit_per_minute * 12)
    return user


def signed_in_costly(user: Annotated[CurrentUser, Depends(signed_in)]) -> CurrentUser:
    """As `signed_in`, for what keeps a worker or an engine busy: a fifth of the usual limit."""
    check_costly(user.id)
    return user


def check_costly(user_id: str) -> None:
    """Count one request that keeps a worker or an engine busy; 429 `too_many` over the limit,
    which requests and page events share."""
    check_rate("costly", user_id, max(1, runtime().settings.rate_limit_per_minute // 5))


def signed_in_self(user: Annotated[CurrentUser, Depends(signed_in)]) -> CurrentUser:
    """As `signed_in`, for what a program with a personal token must not do: 403 `needs_sign_in`."""
    if user.scopes is not None:
        raise CoachError("needs_sign_in", "A personal token may not do that. Sign in for it.", 403)
    return user


def administrator(user: Annotated[CurrentUser, Depends(signed_in_self)]) -> CurrentUser:
    """As `signed_in_self`, for administrators alone: 403 `not_allowed`."""
    if user.role != "admin":
        raise CoachError("not_allowed", "Only an administrator may do that.", 403)
    return user


SignedIn = Annotated[CurrentUser, Depends(signed_in)]
Uploading = Annotated[CurrentUser, Depends(signed_in_uploading)]
Costly = Annotated[CurrentUser, Depends(signed_in_costly)]
SignedInSelf = Annotated[CurrentUser, Depends(signed_in_self)]
Administrator = Annotated[CurrentUser, Depends(administrator)]
