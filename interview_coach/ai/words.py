"""Engines and their failures in plain words."""

from __future__ import annotations

NAMES = {
    "gemini": "Gemini",
    "openai": "the OpenAI-compatible engine",
    "local": "the local engine",
}
# After the name of an engine.
FAILURES = {
    "rate_limited": "asked us to wait",
    "server_error": "had an error of its own",
    "timeout": "did not answer in time",
    "connection": "could not be reached",
    "refused": "refused to answer",
    "empty": "answered with nothing",
    "cut_short": "was cut off",
    "invalid_json": "gave an answer that cannot be read",
    "wrong_schema": "gave an answer that cannot be used",
    "rejected": "did not accept the request",
    "budget": "was not asked, as this month's budget is used up",
    "resting": "was not asked, as it has just failed several times",
    "given_up": "was not heard to the end, as our own work on it failed several times",
}


def name_of(engine: str, *, first: bool = False) -> str:
    """The name of an engine within a sentence, or at its start."""
    name = NAMES.get(engine, engine)
    return f"{name[:1].upper()}{name[1:]}" if first else name
