"""How the contract run signs in: anew every few seconds, since some requests sign out."""

from __future__ import annotations

import os
from itertools import count
from typing import Any

import httpx
import schemathesis

from interview_coach.interviews import recordings

_addresses = count()


@schemathesis.serializer(*recordings.CONTENT_TYPES)
def sound(_context: Any, value: Any) -> Any:
    """The body of a piece of a recording: raw bytes."""
    return getattr(value, "data", value)


@schemathesis.auth(refresh_interval=3)
class SignIn:
    """Bearer tokens of the account that COACH_CONTRACT_USER and _PASSWORD name."""

    def get(self, _case: Any, _context: Any) -> str | None:
        user = os.environ.get("COACH_CONTRACT_USER")
        if not user:
            return None
        number = next(_addresses)
        # The server of this run believes one proxy: each sign-in has an address of its own.
        answer = httpx.post(
            f"{os.environ['COACH_CONTRACT_URL']}/api/v1/auth/login",
            data={"username": user, "password": os.environ["COACH_CONTRACT_PASSWORD"]},
            headers={
                "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            },
        )
        token: str = answer.json()["access_token"]
        return token

    def set(self, case: Any, data: str | None, _context: Any) -> None:
        if data is not None:
            case.headers["Authorization"] = f"Bearer {data}"
