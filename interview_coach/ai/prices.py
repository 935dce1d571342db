"""What calls cost. List prices in USD for a million tokens (in, out), read in November 2026; they
change, so the sums are estimates, and docs/engines.md says so."""

from __future__ import annotations

PRICES: dict[str, tuple[float, float]] = {
    "gemini-2.5-flash": (0.30, 2.50),
    "gemini-2.5-flash-lite": (0.10, 0.40),
    "gemini-2.5-pro": (1.25, 10.00),
    "gemini-3-flash": (0.50, 3.00),
    "gemini-3.1-flash-lite": (0.25, 1.50),
    "gemini-3.1-pro": (2.00, 12.00),
    "gemini-3.5-flash": (1.50, 9.00),
    "gpt-4.1": (2.00, 8.00),
    "gpt-4.1-mini": (0.40, 1.60),
    "gpt-4.1-nano": (0.10, 0.40),
    "gpt-4o": (2.50, 10.00),
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-5": (1.25, 10.00),
    "gpt-5-mini": (0.25, 2.00),
    "gpt-5-nano": (0.05, 0.40),
}
# A model that is not listed counts as a dear one: a budget that is held too early is better than
# one that is not held.
UNLISTED = (2.50, 15.00)
_MILLION = 1_000_000
_LETTERS_A_TOKEN = 3.5


def price_of(model: str) -> tuple[float, float]:
    """USD for a million tokens in and out: the longest listed name that `model` begins with."""
    names = [name for name in PRICES if model == name or model.startswith(f"{name}-")]
    return PRICES[max(names, key=len)] if names else UNLISTED


def cost_of(model: str, tokens_in: int, tokens_out: int) -> float:
    """USD, to a millionth."""
    price_in, price_out = price_of(model)
    return round((tokens_in * price_in + tokens_out * price_out) / _MILLION, 6)


def tokens_in(text: str) -> int:
    """About how many tokens a text has, for servers that do not count them."""
    return round(len(text) / _LETTERS_A_TOKEN)
