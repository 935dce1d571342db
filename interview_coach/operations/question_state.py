"""The state of the page that edits a question of the bank: it reads alone. Changes go to the REST
API by the page itself; afterwards the page asks to look again."""

from __future__ import annotations

import re
from typing import Any

import reflex as rx

from interview_coach.accounts.state import SessionState
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.errors import CoachError
from interview_coach.operations.administrator_state import AdministratorState
from interview_coach.operations.question_view import (
    EMPTY_HEAD,
    EntryHead,
    VersionLine,
    entry_head,
    entry_values,
    version_lines,
)
from interview_coach.questions import editing
from interview_coach.questions.admin_schemas import BankEntry, VersionRow
from interview_coach.runtime import runtime

_PATH = re.compile(r"^/admin/questions/([a-z0-9-]{1,80})/?$")


class QuestionState(AdministratorState, SessionState):
    """One question with its versions."""

    loaded: bool = False
    problem: str = ""
    head: EntryHead = EMPTY_HEAD
    values: dict[str, Any] = {}
    versions: list[VersionLine] = []

    @rx.event
    async def load(self) -> None:
        """Read the question the address names."""
        self.loaded = False
        await self._show()

    @rx.event
    async def refresh(self) -> None:
        """Read it again behind what is shown."""
        await self._show()

    async def _show(self) -> None:
        if self._require_admin() is None:
            return
        named = _PATH.match(self.router.url.path)
        question_id = named.group(1) if named else ""
        try:
            entry, versions = await ask_database(lambda: _read(question_id))
        except CoachError as error:
            self.problem = error.message
            return
        self.head, self.values = entry_head(entry), entry_values(entry)
        self.versions = version_lines(versions)
        self.loaded, self.problem = True, ""


def _read(question_id: str) -> tuple[BankEntry, list[VersionRow]]:
    with runtime().database.reading() as session:
        return editing.entry(session, question_id), editing.versions(session, question_id)
