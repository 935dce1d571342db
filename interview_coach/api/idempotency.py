"""The Idempotency-Key header: the same creating request sent twice creates one thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

MAX_KEY = 120
_KEY = Header(
    alias="Idempotency-Key",
    min_length=1,
    max_length=MAX_KEY,
    pattern=r"^[!-~]+$",
    description="A word of your own for this request. Sent again within 24 hours with the same "
    "body it answers what the first one did, with `Idempotency-Replayed: true`.",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A creating request. key: None when the caller gave none. fingerprint: SHA-256 (hex) of
    method, path and body."""

    key: str | None
    fingerprint: str
    response: Response

    def of(self, *parts: str) -> Attempt:
        """The attempt whose content is these parts, for a body whose bytes differ each time."""
        whole = "\n".join((self.fingerprint, *parts))
        return replace(self, fingerprint=sha256(whole.encode()).hexdigest())

    def replayed(self) -> None:
        """Say in the answer that it is the one of an earlier request."""
        self.response.headers["Idempotency-Replayed"] = "true"


async def _attempt(
    request: Request, response: Response, key: Annotated[str | None, _KEY] = None
) -> Attempt:
    place = f"{request.method} {request.url.path}\n".encode()
    return Attempt(key, sha256(place + await request.body()).hexdigest(), response)


def _sending(
    request: Request, response: Response, key: Annotated[str | None, _KEY] = None
) -> Attempt:
    # Each client, and each try, draws a new boundary for the same form: the route tells by
    # `of` what was sent, and the body is not held in memory for it.
    place = f"{request.method} {request.url.path}"
    return Attempt(key, sha256(place.encode()).hexdigest(), response)


def replayed_header(status: int) -> dict[int | str, dict[str, Any]]:
    """The header that tells a replay, for the OpenAPI entry of a route that creates."""
    header = {
        "description": "`true` when this is the answer to an earlier request with the same "
        "Idempotency-Key; not there otherwise.",
        "schema": {"type": "string", "enum": ["true"]},
    }
    return {
        status: {
            "description": "Successful Response",
            "headers": {"Idempotency-Replayed": header},
        }
    }


Creating = Annotated[Attempt, Depends(_attempt)]
Sending = Annotated[Attempt, Depends(_sending)]
