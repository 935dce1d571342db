"""Text that may be stored."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def without_nul(value: str) -> str:
    """The text itself; ValueError when it holds a NUL, which PostgreSQL cannot store."""
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    return value


PlainText = Annotated[str, AfterValidator(without_nul)]
