"""What every engine takes, gives and fails with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

FailureKind = Literal[
    "rate_limited",
    "server_error",
    "timeout",
    "connection",
    "refused",
    "empty",
    "cut_short",
    "invalid_json",
    "wrong_schema",
    "rejected",
    "budget",
    "resting",
    "given_up",
]
_FENCE = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)
# Worth another try at the same engine: the others would fail again in the same way.
TRANSIENT: frozenset[str] = frozenset({"rate_limited", "server_error", "timeout", "connection"})
# A sign that the engine itself is unwell, which the breaker counts.
UNWELL: frozenset[str] = TRANSIENT | {"rejected"}


class Shape(BaseModel):
    """The base of every answer asked of an engine: what was not asked for is an error."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one engine.

    system, user: the rendered prompt. schema: JSON schema of the answer, shape_name its name.
    temperature: 0-1. most_tokens: of the answer. seconds: after which it is given up.
    """

    system: str
    user: str
    shape_name: str
    schema: dict[str, Any]
    temperature: float
    most_tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. tokens: as the server counted them, None when it did not say."""

    text: str
    tokens_in: int | None
    tokens_out: int | None


class EngineError(Exception):
    """A call that gave nothing to use.

    kind: which way it failed. retry_after: seconds the server asks to wait, None when it does
    not. detail: for the ledger, without the words of any user. reply: what was paid for all the
    same.
    """

    def __init__(
        self,
        kind: FailureKind,
        detail: str,
        *,
        retry_after: float | None = None,
        reply: Reply | None = None,
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: FailureKind = kind
        self.detail = detail[:200]
        self.retry_after = retry_after
        self.reply = reply


class Engine(Protocol):
    """A language engine behind a network. paid: its calls cost money and count on the budget."""

    name: str
    model: str
    paid: bool

    def ask(self, call: Call) -> Reply:
        """The engine's answer as text; EngineError when there is none. Never blocks longer than
        `call.seconds` by much."""
        ...


def unfenced(text: str) -> str:
    """An answer without the fence of Markdown that some models put around JSON."""
    fenced = _FENCE.match(text)
    return fenced.group(1) if fenced else text
