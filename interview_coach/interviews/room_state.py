"""The state of the interview room: what stands on the screen, rebuilt from the database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import reflex as rx
from sqlmodel import Session

from interview_coach.accounts import profile
from interview_coach.accounts.access import check_costly
from interview_coach.accounts.schemas import CurrentUser, PreferencesView
from interview_coach.accounts.state import SessionState
from interview_coach.ai.breaker import Breaker
from interview_coach.interviews import service
from interview_coach.interviews.lobby_state import interview_of_path
from interview_coach.interviews.page_state import (
    DATABASE_FAILED,
    ask_database,
    look_again,
    something_new,
)
from interview_coach.interviews.room_view import RoomView, first_open, room_view
from interview_coach.interviews.schemas import InterviewView
from interview_coach.interviews.waits import Waits
from interview_coach.interviews.waits import read as read_waits
from interview_coach.kit.errors import CoachError
from interview_coach.questions import service as questions
from interview_coach.runtime import runtime

PHASES = (
    "idle",
    "asking",
    "recording",
    "paused",
    "review",
    "uploading",
    "sent",
    "offline",
    "failed",
    "refused",
    "no_microphone",
    "unsupported",
)
_MAX_QUERY_NUMBER = 3


class RoomState(SessionState):
    """One running interview and the question in front.

    phases: what the recorder of each question does or did last. dialog: skip, end, keys or empty.
    words_for: id of the answer whose words are being typed. captions: whether the candidate wants
    their words on the screen while they speak `language` (ISO 639-1).
    """

    loaded: bool = False
    missing: bool = False
    problem: str = ""
    room: RoomView = RoomView()
    phases: dict[str, str] = {}
    hint: bool = True
    typing: bool = False
    words_for: str = ""
    dialog: str = ""
    address: str = ""
    captions: bool = False
    language: str = "en"
    _interview_id: str = ""
    _waits: Waits = Waits()

    @rx.event
    async def enter(self) -> AsyncIterator[Any]:
        """Build the room from the database and the address (`?q=3`, `?type=1`).

        Runs again after a lost connection: what is on the screen then stays where it is.
        """
        user = self._greet()
        interview_id = interview_of_path(self.router.url.path)
        if interview_id != self._interview_id:
            self._interview_id, self.loaded = interview_id, False
            self.phases, self.words_for = {}, ""
        self.missing, self.problem, self.dialog = False, "", ""
        if not self.loaded:
            yield
            await self._read_preferences(user)
        self.typing = self.router.url.query_parameters.get("type") == "1"
        elsewhere = await self._refresh(user, self._asked_for())
        if elsewhere is not None:
            self.loaded = False
            yield elsewhere
        elif not self.problem:
            self.loaded = True

    @rx.event(background=True)
    async def watch(self) -> AsyncIterator[Any]:
        """Follow the analyses until the page is left: at most four updates a second."""
        async with self:
            user = self._greet()
            interview_id = interview_of_path(self.router.url.path)
        async with runtime().progress.watch(interview_id) as queue:
            while True:
                await something_new(queue)
                try:
                    interview, waits = await look_again(user, partial(_read, user, interview_id))
                except CoachError as error:
                    if error.code == DATABASE_FAILED:
                        continue
                    return  # it is gone; the next thing done in this page tells so
                async with self:
                    if self._interview_id != interview_id:
                        return
                    self._waits = waits
                    elsewhere = self._catch_up(interview)
                if elsewhere is not None:
                    yield elsewhere
                    return

    @rx.event
    async def go_to(self, position: int) -> Any:
        """Bring another question to the front."""
        return await self._go(self._greet(), position)

    @rx.event
    async def hear_phase(self, event: dict[str, Any]) -> None:
        """Keep what the recorder does: {phase, questionId, ...}."""
        self._greet()
        phase, question = event.get("phase"), event.get("questionId")
        if phase in PHASES and any(row.question_id == question for row in self.room.rows):
            self.phases[str(question)] = str(phase)

    @rx.event
    async def hear_sent(self, event: dict[str, Any]) -> Any:
        """An answer has arrived: look at the database for how it goes on."""
        user = self._greet()
        if event.get("interviewId") != self._interview_id:
            return None
        question = str(event.get("questionId"))
        if question in self.phases:
            self.phases[question] = "sent"
        if question == self.room.asked.question_id:
            self.hint = False  # they have served; what came of the answer takes their place
        return await self._refresh(user)

    async def _read_preferences(self, user: CurrentUser) -> None:
        try:
            wanted = await ask_database(lambda: _preferences(user))
        except CoachError:
            return  # the room itself, read next, says what is wrong
        self.captions, self.language = wanted.captions, wanted.language

    async def _go(self, user: CurrentUser, position: int) -> Any:
        if not isinstance(position, int) or not 1 <= position <= self.room.count:
            return None
        self.words_for, self.problem = "", ""
        left = self.room.asked.question_id
        if self.phases.get(left) == "recording":
            # The recorder pauses what runs when its question leaves the screen.
            self.phases[left] = "paused"
        return await self._refresh(user, position)

    async def _refresh(self, user: CurrentUser, position: int | None = None) -> Any:
        """Read the interview and show it; returns where to go when it does not run."""
        interview_id = self._interview_id
        try:
            interview, self._waits = await ask_database(lambda: _read(user, interview_id))
        except CoachError as error:
            self.missing = error.status == 404
            self.problem = error.message
            return None
        return self._show(interview, position)

    def _catch_up(self, interview: InterviewView) -> Any:
        """Show what is new; a room that could not be opened before opens now."""
        if self.loaded:
            return self._show(interview)
        elsewhere = self._show(interview, self._asked_for())
        if elsewhere is None:
            self.loaded, self.problem = True, ""
        return elsewhere

    def _asked_for(self) -> int | None:
        """The number of the question in the address, if there is one."""
        number = self.router.url.query_parameters.get("q", "")
        return int(number) if number.isdecimal() and len(number) <= _MAX_QUERY_NUMBER else None

    def _show(self, interview: InterviewView, position: int | None = None) -> Any:
        if interview.status == "pending":
            return rx.redirect(f"/interview/{interview.id}/lobby", replace=True)
        if interview.status in {"completed", "abandoned"}:
            return rx.redirect(f"/interview/{interview.id}/results", replace=True)
        shown = None
        if self.room.interview_id == interview.id:
            # By its id: a follow-up that has come moves the questions behind it.
            front = self.room.asked.question_id
            shown = next((row.position for row in interview.questions if row.id == front), None)
        place = position or shown or first_open(interview)
        room = room_view(interview, questions.titles(), place, self._waits)
        if room != self.room:
            self.room = room
        self._write_address()
        return None

    def _write_address(self) -> None:
        typing = "&type=1" if self.typing else ""
        self.address = f"/interview/{self._interview_id}?q={self.room.asked.position}{typing}"

    async def _change(
        self, change: Callable[[Session, str], object], *, costly: bool = False
    ) -> bool:
        """Run one unit of work on this interview; False, with the problem shown, when refused.

        costly: it keeps a worker or an engine busy, and counts as such.
        """
        user = self._greet()
        interview_id = self._interview_id
        self.problem = ""

        def work() -> None:
            if costly:
                check_costly(user.id)
            with runtime().database.writing() as session:
                service.find(session, user.id, interview_id)
                change(session, user.id)

        try:
            await ask_database(work)
        except CoachError as error:
            self.problem = error.message
            return False
        return True


def _read(user: CurrentUser, interview_id: str) -> tuple[InterviewView, Waits]:
    house = runtime()
    with house.database.reading() as session:
        interview = service.view(session, user.id, interview_id)
        return interview, read_waits(session, house.settings, Breaker(house.redis))


def _preferences(user: CurrentUser) -> PreferencesView:
    with runtime().database.reading() as session:
        return profile.preferences(session, user.id)
