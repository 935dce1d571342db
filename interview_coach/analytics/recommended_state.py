"""The state of the recommended questions on the dashboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.analytics import service
from interview_coach.analytics.recommended_view import (
    RecommendedRow,
    lead_of,
    practise_label,
    recommended_row,
)
from interview_coach.analytics.schemas import RecommendationRequest, RecommendedQuestion
from interview_coach.interviews.chosen import interview_of
from interview_coach.interviews.page_state import ask_database, set_up
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

_COUNT = 5


class RecommendedState(SessionState):
    """What to practise next. starting: an interview with one or all of them is being set up."""

    loaded: bool = False
    problem: str = ""
    starting: bool = False
    lead: str = ""
    all_label: str = ""
    rows: list[RecommendedRow] = []
    _items: list[RecommendedQuestion] = []

    @rx.event
    async def load(self) -> None:
        """Read what is recommended now."""
        user = self._greet()
        self.starting, self.problem = False, ""
        try:
            self._items = await ask_database(lambda: _read(user))
        except CoachError as error:
            self.problem = error.message
            return
        self.rows = [recommended_row(item) for item in self._items]
        if self._items:
            self.lead, self.all_label = lead_of(self._items), practise_label(self._items)
        self.loaded = True

    @rx.event
    async def practise_all(self) -> AsyncIterator[Any]:
        """Set up an interview with all of them."""
        async for event in self._begin(self._items):
            yield event

    @rx.event
    async def practise_one(self, question_id: str) -> AsyncIterator[Any]:
        """Set up an interview with one of those shown."""
        async for event in self._begin([each for each in self._items if each.id == question_id]):
            yield event

    async def _begin(self, items: list[RecommendedQuestion]) -> AsyncIterator[Any]:
        user = self._greet()
        # A second press comes while the first one waits for the page to change: one is enough.
        if self.starting or not items:
            return
        self.starting, self.problem = True, ""
        yield
        try:
            going = await set_up(user, interview_of([(item.id, item.type) for item in items]))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        yield going


def _read(user: CurrentUser) -> list[RecommendedQuestion]:
    with runtime().database.reading() as session:
        return service.recommended(session, user, RecommendationRequest(count=_COUNT), now())
