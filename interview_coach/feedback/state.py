"""The state of the results page: what was said, measured and scored, filled in as it lands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from sqlmodel import Session

from interview_coach.accounts.access import check_costly
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.feedback import enriching, report
from interview_coach.feedback.changing import (
    TOO_LONG_OR_EMPTY,
    change_answer,
    words_of,
    written_words,
)
from interview_coach.feedback.version_state import VersionState
from interview_coach.feedback.views import (
    EMPTY_HEAD,
    AdviceView,
    QuestionView,
    ReportHead,
    ReportView,
    report_view,
)
from interview_coach.interviews import rating
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


class ResultsState(SessionState):
    """One interview's report.

    shown_interview: its id. editing: the answer whose words are being written, or empty;
    edit_text: what stood there first.
    """

    loaded: bool = False
    missing: bool = False
    problem: str = ""
    shown_interview: str = ""
    head: ReportHead = EMPTY_HEAD
    questions: list[QuestionView] = []
    advice: AdviceView = AdviceView()
    editing: str = ""
    edit_text: str = ""
    edit_problem: str = ""
    _interview_id: str = ""
    _chosen: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        """Read the report of the interview in the address."""
        user = self._greet()
        interview_id = interview_of_path(self.router.url.path)
        if interview_id != self._interview_id:
            self._interview_id, self._chosen = interview_id, {}
            self.loaded, self.editing = False, ""
            self.shown_interview = interview_id
        self.missing, self.problem = False, ""
        await self._refresh(user)
        if not self.problem:
            self.loaded = True

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow the analyses until the page is left: at most four updates a second."""
        async with self:
            user = self._greet()
            interview_id = interview_of_path(self.router.url.path)
        async with runtime().progress.watch(interview_id) as queue:
            while True:
                await something_new(queue)
                async with self:
                    chosen = dict(self._chosen)
                try:
                    view = await look_again(user, partial(_read, user, interview_id, chosen))
                except CoachError as error:
                    if error.code == DATABASE_FAILED:
                        continue
                    return  # it is gone; the next thing done in this page tells so
                async with self:
                    if self._interview_id != interview_id:
                        return
                    if self._chosen == chosen:
                        self._catch_up(view)

    @rx.event
    async def hear_sent(self, event: dict[str, Any]) -> None:
        """A recording that had waited on the device has arrived: {interviewId, ...}."""
        user = self._greet()
        if event.get("interviewId") == self._interview_id:
            await self._refresh(user)

    @rx.event
    async def show_take(self, question_id: str, answer_id: str) -> None:
        """Show another take of a question."""
        user = self._greet()
        question = next((row for row in self.questions if row.question_id == question_id), None)
        if question is None or all(row.answer_id != answer_id for row in question.others):
            return
        self._chosen = {**self._chosen, question_id: answer_id}
        self.editing, self.edit_problem = "", ""
        await self._refresh(user)

    @rx.event
    async def edit(self, answer_id: str) -> None:
        """Open the editor with the words of an answer as they stand."""
        user = self._greet()
        self.edit_problem = ""
        try:
            text = await words_of(user, self._interview_id, answer_id)
        except CoachError as error:
            self.problem = error.message
            return
        self.editing, self.edit_text = answer_id, text

    @rx.event
    def close_editor(self) -> None:
        """Leave the words as they are."""
        self._greet()
        self.editing, self.edit_text, self.edit_problem = "", "", ""

    @rx.event
    async def save_words(self, form: dict[str, Any]) -> Any:
        """Keep the written words; the answer's content is scored again from them."""
        user = self._greet()
        answer_id = self.editing
        if not answer_id:
            return None
        text = written_words(form)
        if text is None:
            self.edit_problem = TOO_LONG_OR_EMPTY
            return None
        told = await self._change(
            user, answer_id, lambda session, row: interviews.correct_transcript(session, row, text)
        )
        self.edit_problem = told
        if told:
            return None
        self.editing, self.edit_text = "", ""
        return VersionState.load  # a version that rests on the words before becomes old

    @rx.event
    async def retry(self, answer_id: str) -> None:
        """Run the analysis of an answer again."""
        self.problem = await self._change(self._greet(), answer_id, interviews.retry, costly=True)

    @rx.event
    async def rate(self, rating: int) -> None:
        """Keep the candidate's own rating, 0-100, and show the results."""
        user = self._greet()
        if isinstance(rating, int) and not isinstance(rating, bool) and 0 <= rating <= 100:
            await self._rate(user, rating)

    @rx.event
    async def skip_rating(self) -> None:
        """They would rather not say: show the results, and never ask again."""
        await self._rate(self._greet(), None)

    async def _rate(self, user: CurrentUser, given: int | None) -> None:
        interview_id = self._interview_id

        def work() -> None:
            with runtime().database.writing() as session:
                rating.rate(session, user.id, interview_id, given)

        self.problem = ""
        try:
            await ask_database(work)
        except CoachError as error:
            # Asked in another tab meanwhile: the results are due all the same.
            if error.code != "already_rated":
                self.problem = error.message
                return
        await self._refresh(user)

    @rx.event
    async def write_again(self) -> None:
        """Ask the engines again for what they have failed at."""
        user = self._greet()
        interview_id = self._interview_id

        def work() -> None:
            check_costly(user.id)
            with runtime().database.writing() as session:
                enriching.ask_again(session, user.id, interview_id)

        try:
            await ask_database(work)
        except CoachError as error:
            self.problem = error.message
            return
        await self._refresh(user)

    async def _change(
        self,
        user: CurrentUser,
        answer_id: str,
        change: Callable[[Session, Answer], None],
        *,
        costly: bool = False,
    ) -> str:
        """Change one answer and show the report anew; returns why it could not be done."""
        told = await change_answer(user, self._interview_id, answer_id, change, costly=costly)
        if not told:
            await self._refresh(user)
        return told

    async def _refresh(self, user: CurrentUser) -> None:
        interview_id, chosen = self._interview_id, dict(self._chosen)
        try:
            view = await ask_database(lambda: _read(user, interview_id, chosen))
        except CoachError as error:
            self.missing = error.status == 404
            self.problem = "" if self.missing else error.message
            return
        self._show(view)

    def _catch_up(self, view: ReportView) -> None:
        """Show what is new; a report that could not be read before opens now."""
        self._show(view)
        if not self.loaded:
            self.loaded, self.problem = True, ""

    def _show(self, view: ReportView) -> None:
        # Only what is new goes to the browser.
        if view.head != self.head:
            self.head = view.head
        if view.questions != self.questions:
            self.questions = view.questions
        if view.advice != self.advice:
            self.advice = view.advice


def _read(user: CurrentUser, interview_id: str, chosen: dict[str, str]) -> ReportView:
    with runtime().database.reading() as session:
        return report_view(report.read_report(session, user.id, interview_id), chosen)
