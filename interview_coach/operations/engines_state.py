"""The state of the administrators' page of the engines. It reads alone: a test goes to the REST
API by the page itself, which then asks to look again."""

from __future__ import annotations

import reflex as rx

from interview_coach.accounts.state import SessionState
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.errors import CoachError
from interview_coach.kit.pagination import PageRequest
from interview_coach.operations import engines
from interview_coach.operations.administrator_state import AdministratorState
from interview_coach.operations.engine_schemas import EnginesRequest
from interview_coach.operations.engines_view import RANGES, EnginesShown, engines_shown
from interview_coach.runtime import runtime

_USUAL = "30"
_NEWEST = 10


class EnginesState(AdministratorState, SessionState):
    """days: the chosen range."""

    loaded: bool = False
    problem: str = ""
    days: str = _USUAL
    shown: EnginesShown = EnginesShown()

    @rx.event
    async def open_engines(self) -> None:
        """Show the engines over the usual range."""
        if self._require_admin() is not None:
            self.days = _USUAL
        await self._show()

    @rx.event
    async def choose(self, days: str) -> None:
        """Show another range."""
        if self._require_admin() is not None and days in dict(RANGES):
            self.days = days
        await self._show()

    @rx.event
    async def refresh(self) -> None:
        """Read what is shown again."""
        await self._show()

    async def _show(self) -> None:
        if self._require_admin() is None:
            return
        days = int(self.days)
        try:
            self.shown = await ask_database(lambda: _read(days))
        except CoachError as error:
            self.problem = error.message
            return
        self.loaded, self.problem = True, ""


def _read(days: int) -> EnginesShown:
    house = runtime()
    with house.database.reading() as session:
        view = engines.view(house, session, EnginesRequest(days=days))
        return engines_shown(view, engines.calls(session, PageRequest(page_size=_NEWEST)))
