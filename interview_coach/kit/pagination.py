"""Pages of a list, counted from one."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

Item = TypeVar("Item")
MAX_PAGE_SIZE = 100


class PageRequest(BaseModel):
    """Which page is asked for: `page` from 1, `page_size` from 1 to 100."""

    page: int = Field(default=1, ge=1, le=100_000)
    page_size: int = Field(default=10, ge=1, le=MAX_PAGE_SIZE)

    @property
    def offset(self) -> int:
        """How many rows stand before this page."""
        return (self.page - 1) * self.page_size


class Page(BaseModel, Generic[Item]):
    """One page of a list, and how many there are in all."""

    items: list[Item]
    total: int
    page: int
    page_size: int
