"""The state of the dashboard: figures and interviews, fresh without being asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import reflex as rx

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.analytics import progress, service
from interview_coach.analytics.drills import due_drills
from interview_coach.analytics.schemas import HistoryRequest
from interview_coach.analytics.views import (
    EMPTY_LISTING,
    DashboardView,
    DrillRow,
    Figure,
    Listing,
    dashboard_view,
)
from interview_coach.interviews.page_state import DATABASE_FAILED, ask_database, look_again, set_up
from interview_coach.interviews.schemas import InterviewRequest
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

_REFRESH_SECONDS = 30.0
_MAX_PAGE = 100_000


class DashboardState(SessionState):
    """Figures over all interviews and one page of their list. first_run: there is none yet."""

    loaded: bool = False
    problem: str = ""
    starting: bool = False
    first_run: bool = False
    figures: list[Figure] = []
    calibration: str = ""
    drills: list[DrillRow] = []
    listing: Listing = EMPTY_LISTING
    _page: int = 1

    @rx.event
    async def load(self) -> None:
        """Read the dashboard from the first page on."""
        user = self._greet()
        self.problem, self.starting, self._page = "", False, 1
        if await self._refresh(user):
            self.loaded = True

    @rx.event(background=True)
    async def watch(self) -> None:
        """Read it again every half minute until the page is left; only what changed is sent."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            async with self:
                user, page = self._greet(), self._page
            try:
                view = await look_again(user, partial(_read, user, page))
            except CoachError as error:
                if error.code == DATABASE_FAILED:
                    continue
                return
            async with self:
                if self._page == page:
                    self._catch_up(view)

    @rx.event
    async def go_to(self, page: int) -> None:
        """Show another page of the list."""
        user = self._greet()
        if not isinstance(page, int) or not 1 <= page <= _MAX_PAGE:
            return
        before, self._page, self.problem = self._page, page, ""
        if not await self._refresh(user):
            self._page = before

    @rx.event
    async def hear_sent(self, event: dict[str, Any]) -> None:
        """A recording that had waited on the device has arrived: its interview may have changed."""
        del event
        await self._refresh(self._greet())

    @rx.event
    async def start_first(self) -> AsyncIterator[Any]:
        """Set up a good first interview and go to its lobby."""
        user = self._greet()
        # A second press comes while the first one waits for the page to change: one is enough.
        if self.starting:
            return
        self.starting, self.problem = True, ""
        yield
        try:
            going = await set_up(user, InterviewRequest(type="behavioral"))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        yield going

    async def _refresh(self, user: CurrentUser) -> bool:
        """Read and show the page of the list; False, with the problem shown, when it failed."""
        page = self._page
        try:
            self._show(await ask_database(lambda: _read(user, page)))
        except CoachError as error:
            self.problem = error.message
            return False
        return True

    def _catch_up(self, view: DashboardView) -> None:
        """Show what is new; a dashboard that could not be read before opens now."""
        self._show(view)
        if not self.loaded:
            self.loaded, self.problem = True, ""

    def _show(self, view: DashboardView) -> None:
        # Only what is new goes to the browser.
        if view.figures != self.figures:
            self.figures = view.figures
        if view.listing != self.listing:
            self.listing = view.listing
        if view.drills != self.drills:
            self.drills = view.drills
        self.first_run = view.first_run
        self.calibration = view.calibration


def _read(user: CurrentUser, page: int) -> DashboardView:
    with runtime().database.reading() as session:
        totals = service.totals(session, user.id)
        rows = service.history(session, user.id, HistoryRequest(page=page))
        due = due_drills(session, user.id, now().date())
        return dashboard_view(totals, rows, progress.calibration(session, user.id), due)
