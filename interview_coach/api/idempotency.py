"""The Idempotency-Key header: the same creating request sent twice creates one thing."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

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

    def replayed(self) -> None:
        """Say in the answer that it is the one of an earlier request."""
        self.response.headers["Idempotency-Replayed"] = "true"


async def _attempt(
    request: Request, response: Response, key: Annotated[str | None, _KEY] = None
) -> Attempt:
    place = f"{request.method} {request.url.path}\n".encode()
    return Attempt(key, sha256(place + await request.body()).hexdigest(), response)


Creating = Annotated[Attempt, Depends(_attempt)]
