"""Shapes of the ledger of numbers at the edge."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class ClaimPlace(BaseModel):
    """A number about the same thing in another answer. start: its second, null when typed."""

    interview_id: str
    answer_id: str
    question: str
    quote: str
    sentence: str
    start: float | None
    same: bool


class ClaimItem(BaseModel):
    """One number of an answer, verbatim.

    standing: `first` where no other answer speaks of it, `same`, or `differs` where another answer
    has another number about the same thing, as far as words show.
    """

    quote: str
    sentence: str
    start: float | None
    value: float
    unit: str
    standing: Literal["first", "same", "differs"]
    others: list[ClaimPlace] = Field(default_factory=list)


class LedgerView(BaseModel):
    """The numbers of one answer. compared_answers: how many others they were compared with. note:
    what was not compared, and why."""

    items: list[ClaimItem]
    compared_answers: int
    note: str
