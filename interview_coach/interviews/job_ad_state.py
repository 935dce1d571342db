"""The state of "From a job ad" on the practice page: the form, the wait, the preview."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx
from pydantic import ValidationError

from interview_coach.accounts.access import check_costly
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.overview import first_asked
from interview_coach.ai.prompts import load_prompt
from interview_coach.interviews.job_ad_view import (
    MadeRow,
    Preview,
    preview_of,
    start_words,
    wait_words,
)
from interview_coach.interviews.page_state import ask_database, set_up
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.interviews.schemas import InterviewRequest
from interview_coach.kit.errors import CoachError
from interview_coach.questions import tailored
from interview_coach.questions.tailored_schemas import (
    MAX_AD,
    MAX_RESUME,
    GeneratedView,
    GenerateRequest,
)
from interview_coach.runtime import router, runtime

_FIELDS = ("role", "level", "job_description", "resume_text")
_BROKEN = "No questions were made: something failed here. What you typed is still there."
_TOO_MUCH = f"The ad may have {MAX_AD:,} letters, the resume {MAX_RESUME:,}, the role 120."


class JobAdState(SessionState):
    """phase: form, waiting or preview. kind: the type of interview that was asked for."""

    phase: str = "form"
    waiting: str = ""
    problem: str = ""
    starting: bool = False
    rows: list[MadeRow] = []
    told: str = ""
    found: str = ""
    stood_in: str = ""
    notes: list[str] = []
    start_label: str = start_words(())
    kind: str = ""
    _wanted: GenerateRequest | None = None

    @rx.event(background=True)
    async def make(self, form: dict[str, Any]) -> None:
        """Make questions of the type that is chosen on the page from what the form holds."""
        async with self:
            user = self._greet()
            choice = await self.get_state(PracticeState)
            try:
                wanted = _request(choice.kind, form)
            except ValidationError:
                self.problem = _TOO_MUCH
                return
            except ValueError as error:
                self.problem = str(error)
                return
        await self._make(user, wanted)

    @rx.event(background=True)
    async def again(self) -> None:
        """Ask once more for what was asked for last."""
        async with self:
            user = self._greet()
            wanted = self._wanted
        if wanted is not None:
            await self._make(user, wanted)

    @rx.event
    def back(self) -> None:
        """Go back to the form; what was typed is still there."""
        self._greet()
        self.phase, self.problem = "form", ""

    @rx.event
    def toggle(self, question_id: str) -> None:
        """Choose a question of the preview, or leave it out."""
        self._greet()
        self.rows = [
            replace(row, chosen=not row.chosen) if row.id == question_id else row
            for row in self.rows
        ]
        self.start_label = start_words(tuple(self.rows))

    @rx.event
    async def start(self) -> AsyncIterator[Any]:
        """Set up an interview with the chosen questions and go to its lobby."""
        user = self._greet()
        ids = [row.id for row in self.rows if row.chosen]
        if self.starting or not ids:
            return
        choice = await self.get_state(PracticeState)
        wanted = {
            "type": self.kind,
            "mode": choice.mode,
            "follow_ups": choice.follow_ups == "yes",
            "patience": choice.patience,
            "question_ids": ids,
        }
        self.starting, self.problem = True, ""
        yield
        try:
            going = await set_up(user, InterviewRequest.model_validate(wanted))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        self.starting, self.phase = False, "form"
        yield going

    async def _make(self, user: CurrentUser, wanted: GenerateRequest) -> None:
        """Outside the state's lock, so that the page answers meanwhile."""
        async with self:
            if self.phase == "waiting":
                return
            self.phase, self.problem, self._wanted = "waiting", "", wanted
            self.waiting = ""
        try:
            first = await ask_database(_first_asked)
            async with self:
                self.waiting = wait_words(first, load_prompt("questions").seconds)
            made = await ask_database(lambda: _generate(user, wanted))
        except CoachError as error:
            async with self:
                self.phase, self.problem = "form", error.message
            return
        except Exception:
            # The page must not go on waiting; the fault itself is logged as ever.
            async with self:
                self.phase, self.problem = "form", _BROKEN
            raise
        async with self:
            self._show(preview_of(made), wanted.type)

    def _show(self, preview: Preview, kind: str) -> None:
        self.rows, self.kind = list(preview.rows), kind
        self.told, self.found = preview.told, preview.found
        self.stood_in, self.notes = preview.problem, list(preview.notes)
        self.start_label, self.phase = start_words(preview.rows), "preview"


def _request(kind: str, form: dict[str, Any]) -> GenerateRequest:
    given = {name: str(form.get(name) or "").strip() or None for name in _FIELDS}
    if not any(given[name] for name in ("role", "job_description", "resume_text")):
        raise ValueError("Paste a job ad or a resume, or name the role.")
    return GenerateRequest.model_validate({"type": kind, "count": form.get("count") or 5, **given})


def _first_asked() -> str:
    house = runtime()
    with house.database.reading() as session:
        return first_asked(session, house.settings, Breaker(house.redis))


def _generate(user: CurrentUser, wanted: GenerateRequest) -> GeneratedView:
    house = runtime()
    check_costly(user.id)
    made = tailored.generate(house.database, router(), user.id, wanted)
    with house.database.writing() as session:
        return tailored.keep(session, user.id, made)
