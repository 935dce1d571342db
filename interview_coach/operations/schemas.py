"""Shapes of operations at the edge."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """`ok` for each part that works, else a word about what is wrong."""

    status: Literal["ok", "degraded"]
    version: str
    database: str
    queue: str
    storage: str
    speech: str
    ai: str
