"""What is known of an engine before its client is loaded."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_MODELS = {"gemini": "gemini-2.5-flash", "openai": "gpt-4.1-mini"}
_OPENAI_HOST = "api.openai.com"


def is_paid(engine: str, base_url: str | None) -> bool:
    """Whether calls count on the budget: Gemini's do, wherever they go; of the other protocol
    those to OpenAI itself, as any other host is somebody's own."""
    if engine == "gemini" or base_url is None:
        return True
    return urlsplit(base_url).hostname == _OPENAI_HOST
