"""Access tokens: JWT, HS256, 15 minutes, bound to a session that can be ended."""

from __future__ import annotations

from datetime import timedelta

import jwt

from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError

ACCESS_LIFETIME = timedelta(minutes=15)
_ALGORITHM = "HS256"
_ISSUER = "interview-coach"
_AUDIENCE = "interview-coach-api"
_TYPE = "access"


def make_access_token(key: str, user_id: str, session_id: str) -> str:
    """A signed access token for this session."""
    issued = now()
    claims = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "typ": _TYPE,
        "sub": user_id,
        "sid": session_id,
        "iat": issued,
        "exp": issued + ACCESS_LIFETIME,
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def session_of_token(key: str, token: str, *, expired_too: bool = False) -> str:
    """The session id of a valid access token; anything else raises 401 `bad_token`.

    expired_too: for signing out, which an expired token may still do.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={
                "require": ["exp", "iat", "sub", "sid", "typ", "aud", "iss"],
                "verify_exp": not expired_too,
            },
        )
    except jwt.PyJWTError as error:
        raise CoachError("bad_token", "This access token is not valid any more.", 401) from error
    if claims["typ"] != _TYPE or not isinstance(claims["sid"], str):
        raise CoachError("bad_token", "This is not an access token.", 401)
    return claims["sid"]
