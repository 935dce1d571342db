"""The state of the page of one answer: what it shows, corrections, drawing, analysing again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from sqlmodel import Session

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.feedback import correcting, enriching, ledger, timeline
from interview_coach.feedback.answer_report import read_answer_report
from interview_coach.feedback.changing import (
    TOO_LONG_OR_EMPTY,
    change_answer,
    words_of,
    written_words,
)
from interview_coach.feedback.ledger_schemas import LedgerView
from interview_coach.feedback.version_state import VersionState
from interview_coach.feedback.views import (
    AdviceLine,
    AnswerHead,
    AnswerPage,
    NumberLine,
    answer_page,
    number_lines,
)
from interview_coach.feedback.views.shapes import TakeView
from interview_coach.feedback.views.takes import Comparison
from interview_coach.interviews import service as interviews
from interview_coach.interviews.lobby_state import interview_of_path
from interview_coach.interviews.models import Answer
from interview_coach.interviews.page_state import (
    DATABASE_FAILED,
    ask_database,
    look_again,
    something_new,
)
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime


def answer_of_path(path: str) -> str:
    """The answer's id in the path of its page; empty when there is none."""
    parts = path.strip("/").split("/")
    return parts[3] if len(parts) == 4 and parts[2] == "answer" else ""


class AnswerState(SessionState):
    """One take under the microscope. drawing: a drawing of its sound was asked for."""

    loaded: bool = False
    missing: bool = False
    problem: str = ""
    head: AnswerHead = AnswerHead()
    take: list[TakeView] = []
    advice: list[AdviceLine] = []
    compared: list[Comparison] = []
    numbers: list[NumberLine] = []
    numbers_note: str = ""
    drawing: bool = False
    trying: bool = False
    editing: bool = False
    edit_text: str = ""
    edit_problem: str = ""
    _interview_id: str = ""
    _answer_id: str = ""
    _beside: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the answer in the address."""
        user = self._greet()
        path = self.router.url.path
        interview_id, answer_id = interview_of_path(path), answer_of_path(path)
        if (interview_id, answer_id) != (self._interview_id, self._answer_id):
            self._interview_id, self._answer_id = interview_id, answer_id
            self.loaded, self.editing, self.drawing = False, False, False
            self.trying, self._beside = False, ""
        self.missing, self.problem = False, ""
        await self._refresh(user)
        if not self.problem:
            self.loaded = True

    @rx.event
    async def load_numbers(self) -> None:
        """Read the ledger of numbers, which looks through many answers: after the page itself is
        there, and not at each piece of news."""
        user = self._greet()
        place = interview_of_path(self.router.url.path), answer_of_path(self.router.url.path)
        self.numbers, self.numbers_note = [], ""
        try:
            found = await ask_database(lambda: _numbers(user, *place))
        except CoachError:
            return  # the page itself tells what is wrong
        self.numbers, self.numbers_note = number_lines(found), found.note

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow the analyses until the page is left: at most four updates a second."""
        async with self:
            user = self._greet()
            path = self.router.url.path
        place = interview_of_path(path), answer_of_path(path)
        async with runtime().progress.watch(place[0]) as queue:
            while True:
                await something_new(queue)
                async with self:
                    beside = self._beside
                try:
                    page = await look_again(user, partial(_read, user, *place, beside))
                except CoachError as error:
                    if error.code == DATABASE_FAILED:
                        continue
                    return  # it is gone; the next thing done in this page tells so
                async with self:
                    if (self._interview_id, self._answer_id) != place:
                        return
                    if self._beside == beside:
                        self._show(page)
                    if not self.loaded:
                        self.loaded, self.problem = True, ""

    @rx.event
    async def edit(self) -> None:
        """Open the editor with the words as they stand."""
        user = self._greet()
        place = self._interview_id, self._answer_id
        self.edit_problem = ""
        try:
            text = await words_of(user, *place)
        except CoachError as error:
            self.problem = error.message
            return
        self.editing, self.edit_text = True, text

    @rx.event
    def close_editor(self) -> None:
        """Leave the words as they are."""
        self._greet()
        self.editing, self.edit_text, self.edit_problem = False, "", ""

    @rx.event
    async def save_words(self, form: dict[str, Any]) -> Any:
        """Keep the written words; the content is scored again from them."""
        user = self._greet()
        if not self.editing:
            return None
        text = written_words(form)
        if text is None:
            self.edit_problem = TOO_LONG_OR_EMPTY
            return None
        self.edit_problem = await self._change(
            user, lambda session, row: interviews.correct_transcript(session, row, text)
        )
        if self.edit_problem:
            return None
        self.editing, self.edit_text = False, ""
        return VersionState.load  # a version that rests on the words before becomes old

    @rx.event
    async def compare_with(self, answer_id: str) -> None:
        """Put another take of the question beside this one."""
        user = self._greet()
        known = [choice.answer_id for one in self.compared for choice in one.choices]
        if answer_id in known:
            self._beside = answer_id
            await self._refresh(user)

    @rx.event
    def try_again(self) -> None:
        """Open the recorder for another take, or close it."""
        self._greet()
        self.trying = self.head.can_try_here and not self.trying

    @rx.event
    async def hear_sent(self, event: dict[str, Any]) -> Any:
        """A new take has arrived: go to its page. {interviewId, questionId, answerId, ...}."""
        user = self._greet()
        interview_id, answer_id = self._interview_id, event.get("answerId")
        if event.get("interviewId") != interview_id or not isinstance(answer_id, str):
            return None
        try:
            await ask_database(lambda: _check(user, interview_id, answer_id))
        except CoachError as error:
            self.problem = error.message
            return None
        self.trying = False
        return rx.redirect(f"/interview/{interview_id}/answer/{answer_id}")

    @rx.event
    async def undo(self) -> Any:
        """Take a correction back: the recognised words are scored again."""
        user = self._greet()
        interview_id = self._interview_id

        def take_back(session: Session, row: Answer) -> None:
            correcting.undo(session, user.id, interview_id, row.id)

        self.problem = await self._change(user, take_back)
        return None if self.problem else VersionState.load

    @rx.event
    async def retry(self) -> None:
        """Run the analysis again."""
        self.problem = await self._change(self._greet(), interviews.retry, costly=True)

    @rx.event
    async def write_again(self) -> None:
        """Ask the engines again for what they have failed at with this answer."""
        user = self._greet()
        interview_id = self._interview_id

        def ask(session: Session, row: Answer) -> None:
            enriching.ask_again(session, user.id, interview_id, row.id)

        self.problem = await self._change(user, ask, costly=True)

    @rx.event
    async def draw(self) -> None:
        """Draw the sound of an answer that was analysed before sounds were drawn."""
        user = self._greet()
        interview_id = self._interview_id

        def ask(session: Session, row: Answer) -> None:
            timeline.ask_to_draw(session, user.id, interview_id, row.id)

        self.problem = await self._change(user, ask, costly=True)
        self.drawing = not self.problem

    async def _change(
        self,
        user: CurrentUser,
        change: Callable[[Session, Answer], None],
        *,
        costly: bool = False,
    ) -> str:
        """Change the answer and show it anew; returns why it could not be done."""
        place = self._interview_id, self._answer_id
        told = await change_answer(user, *place, change, costly=costly)
        if not told:
            await self._refresh(user)
        return told

    async def _refresh(self, user: CurrentUser) -> None:
        interview_id, answer_id, beside = self._interview_id, self._answer_id, self._beside
        try:
            page = await ask_database(lambda: _read(user, interview_id, answer_id, beside))
        except CoachError as error:
            self.missing = error.status == 404
            self.problem = "" if self.missing else error.message
            return
        self._show(page)

    def _show(self, page: AnswerPage) -> None:
        # Only what is new goes to the browser.
        if page.head != self.head:
            self.head = page.head
        if page.take != self.take:
            self.take = page.take
        if page.advice != self.advice:
            self.advice = page.advice
        if page.compared != self.compared:
            self.compared = page.compared
        if not page.head.not_drawn:
            self.drawing = False


def _read(user: CurrentUser, interview_id: str, answer_id: str, beside: str) -> AnswerPage:
    with runtime().database.reading() as session:
        return answer_page(read_answer_report(session, user.id, interview_id, answer_id), beside)


def _numbers(user: CurrentUser, interview_id: str, answer_id: str) -> LedgerView:
    with runtime().database.reading() as session:
        return ledger.read_ledger(session, user.id, interview_id, answer_id)


def _check(user: CurrentUser, interview_id: str, answer_id: str) -> None:
    """Raise 404 unless this is an answer of this user's."""
    with runtime().database.reading() as session:
        interviews.find_answer(session, user.id, interview_id, answer_id)
