"""The state of the lobby: what will be asked, whether the microphone is ready, the start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.interviews import service
from interview_coach.interviews.page_state import ask_database
from interview_coach.interviews.schemas import InterviewView
from interview_coach.interviews.words import expected_minutes
from interview_coach.kit.errors import CoachError
from interview_coach.questions import service as questions
from interview_coach.runtime import runtime

_MIC_WORDS = {
    "": "Not checked yet",
    "refused": "Blocked by the browser",
    "missing": "None found",
    "busy": "In use elsewhere",
    "unknown": "Did not start",
    "insecure": "Needs a secure address",
    "unsupported": "Not in this browser",
}


@dataclass(frozen=True)
class LobbyView:
    """The interview in words. running: it has begun and goes on where it was left."""

    kind: str = ""
    track: str = ""
    level: str = ""
    questions: str = ""
    mode: str = ""
    live: bool = False
    running: bool = False


class LobbyState(SessionState):
    """One interview before it begins."""

    loaded: bool = False
    missing: bool = False
    starting: bool = False
    problem: str = ""
    lobby: LobbyView = LobbyView()
    microphone_ready: bool = False
    microphone_words: str = _MIC_WORDS[""]
    _interview_id: str = ""

    @rx.event
    async def arrive(self) -> AsyncIterator[Any]:
        """Read the interview of this address; one that has ended leads to its results."""
        user = self._greet()
        interview_id = interview_of_path(self.router.url.path)
        if interview_id != self._interview_id:
            self._interview_id, self.loaded, self.microphone_ready = interview_id, False, False
            self.microphone_words = _MIC_WORDS[""]
        self.missing, self.starting, self.problem = False, False, ""
        if not self.loaded:
            yield
        try:
            found = await ask_database(lambda: _read(user, interview_id))
        except CoachError as error:
            self.missing = error.status == 404
            self.problem = error.message
            return
        if found.status in {"completed", "abandoned"}:
            yield rx.redirect(f"/interview/{found.id}/results", replace=True)
            return
        self.lobby = _lobby_view(found)
        self.loaded = True

    @rx.event
    def hear_microphone(self, event: dict[str, Any]) -> None:
        """Keep what the microphone check says: {ready, heard, reason}."""
        self._greet()
        self.microphone_ready = event.get("ready") is True
        reason = event.get("reason")
        if self.microphone_ready:
            heard = event.get("heard") is True
            self.microphone_words = "Ready, you are heard" if heard else "Ready"
        elif isinstance(reason, str) and reason in _MIC_WORDS:
            self.microphone_words = _MIC_WORDS[reason]

    @rx.event
    async def begin(self) -> AsyncIterator[Any]:
        """Start the interview, or go on with it, speaking."""
        async for event in self._enter(""):
            yield event

    @rx.event
    async def begin_typing(self) -> AsyncIterator[Any]:
        """Start the interview, or go on with it, typing."""
        async for event in self._enter("?type=1"):
            yield event

    async def _enter(self, query: str) -> AsyncIterator[Any]:
        user = self._greet()
        if self.starting or self.missing or not self.loaded:
            return
        self.starting, self.problem = True, ""
        yield
        interview_id = self._interview_id
        try:
            await ask_database(lambda: _start(user, interview_id))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        yield rx.redirect(f"/interview/{interview_id}{query}")


def interview_of_path(path: str) -> str:
    """The interview's id in the path of one of its pages; empty when there is none."""
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) > 1 and parts[0] == "interview" else ""


def _read(user: CurrentUser, interview_id: str) -> InterviewView:
    with runtime().database.reading() as session:
        return service.view(session, user.id, interview_id)


def _start(user: CurrentUser, interview_id: str) -> None:
    with runtime().database.writing() as session:
        if service.find(session, user.id, interview_id).status == "pending":
            service.take_step(session, user.id, interview_id, "start")


def _lobby_view(interview: InterviewView) -> LobbyView:
    titles = questions.titles()
    minutes = expected_minutes(
        [row.time_guide_seconds for row in interview.questions], interview.patience
    )
    return LobbyView(
        kind=titles[interview.type, None],
        track=titles.get((interview.type, interview.track), "All") if interview.track else "All",
        level=(interview.difficulty or "any").capitalize(),
        questions=f"{len(interview.questions)}, about {minutes} min",
        mode=interview.mode.capitalize(),
        live=interview.mode == "live",
        running=interview.status in {"in_progress", "paused"},
    )
