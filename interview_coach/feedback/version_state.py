"""The state of the stronger versions, on the results page and on the page of an answer."""

from __future__ import annotations

from functools import partial
from typing import Any

import reflex as rx

from interview_coach.accounts.access import check_costly
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.feedback import model_answers
from interview_coach.feedback.views.version import VersionView, version_view
from interview_coach.interviews import service as interviews
from interview_coach.interviews.lobby_state import interview_of_path
from interview_coach.interviews.models import WORKING
from interview_coach.interviews.page_state import (
    DATABASE_FAILED,
    ask_database,
    look_again,
    something_new,
)
from interview_coach.interviews.schemas import MAX_ID
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime


class VersionState(SessionState):
    """versions: by answer, those that were asked for. problem_at, problem: why the one of an
    answer could not be made."""

    versions: dict[str, VersionView] = {}
    problem: str = ""
    problem_at: str = ""

    @rx.event
    async def load(self) -> Any:
        """Read the versions there are; follow those that are being written."""
        user = self._greet()
        self.problem, self.problem_at = "", ""
        interview_id = interview_of_path(self.router.url.path)
        try:
            self.versions, changing = await ask_database(partial(_read, user, interview_id))
        except CoachError:
            self.versions = {}  # the page itself tells why
            return None
        return VersionState.follow if changing else None

    @rx.event
    async def write(self, answer_id: str) -> Any:
        """Ask for the version of an answer."""
        user = self._greet()
        answer_id = str(answer_id)[:MAX_ID].replace("\x00", "")
        interview_id = interview_of_path(self.router.url.path)
        self.problem, self.problem_at = "", ""
        try:
            view = await ask_database(partial(_ask, user, interview_id, answer_id))
        except CoachError as error:
            self.problem, self.problem_at = error.message, answer_id
            return None
        self.versions = {**self.versions, answer_id: view}
        return VersionState.follow if view.writing else None

    @rx.event(background=True)
    async def follow(self) -> None:
        """Look whenever there is news, until every version is written and none can become old."""
        async with self:
            user = self._greet()
            interview_id = interview_of_path(self.router.url.path)
        async with runtime().progress.watch(interview_id) as queue:
            while True:
                try:
                    found, changing = await look_again(user, partial(_read, user, interview_id))
                except CoachError as error:
                    if error.code != DATABASE_FAILED:
                        return  # it is gone; the next thing done in this page tells so
                    await something_new(queue)
                    continue
                async with self:
                    if interview_of_path(self.router.url.path) != interview_id:
                        return
                    if found != self.versions:
                        self.versions = found
                if not changing:
                    return
                await something_new(queue)


def _read(user: CurrentUser, interview_id: str) -> tuple[dict[str, VersionView], bool]:
    """The versions by answer, and whether they are changing: one is being written, or the words
    it rests on are analysed again, after which it may be old."""
    with runtime().database.reading() as session:
        found = model_answers.of_interview(session, user.id, interview_id)
        rows = interviews.view(session, user.id, interview_id).answers if found else []
    shown = {view.answer_id: version_view(view) for view in found}
    analysed = any(row.status in WORKING and row.id in shown for row in rows)
    return shown, analysed or any(view.writing for view in shown.values())


def _ask(user: CurrentUser, interview_id: str, answer_id: str) -> VersionView:
    check_costly(user.id)
    return version_view(model_answers.ask(runtime().database, user.id, interview_id, answer_id))
