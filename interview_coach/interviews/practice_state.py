"""The state of the practice page: what is chosen, what the bank has for it, the start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx
from pydantic import ValidationError

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.interviews import service
from interview_coach.interviews.page_state import ask_database, set_up
from interview_coach.interviews.practice_view import (
    FOLLOW_UPS,
    LENGTHS,
    LEVELS,
    MODES,
    PATIENCE,
    SameAgain,
    SetupSummary,
    TrackChoice,
    TypeCount,
    same_again,
    setup_summary,
    track_choices,
    type_count,
)
from interview_coach.interviews.schemas import InterviewRequest, LastSetup
from interview_coach.kit.errors import CoachError
from interview_coach.questions import service as questions
from interview_coach.questions.schemas import Supply, TypeOverview
from interview_coach.runtime import runtime


class PracticeState(SessionState):
    """The choice of an interview. The bank's counts are read once a visit."""

    loaded: bool = False
    problem: str = ""
    starting: bool = False
    kind: str = "behavioral"
    track: str = ""
    level: str = "any"
    length: str = "5"
    mode: str = "practice"
    follow_ups: str = "yes"
    patience: str = "usual"
    counts: dict[str, TypeCount] = {}
    tracks: list[TrackChoice] = []
    tracks_label: str = ""
    summary: SetupSummary = SetupSummary()
    same: SameAgain = SameAgain()
    _overview: list[TypeOverview] = []
    _supply: list[Supply] = []
    _last: LastSetup | None = None

    @rx.event
    async def load(self) -> None:
        """Read the bank's counts and the last choice, and take that choice up again."""
        user = self._greet()
        self.starting = False
        self.problem = ""
        try:
            found = await ask_database(lambda: _read(user))
        except CoachError as error:
            self.problem = error.message
            return
        self._overview, self._supply, self._last = found
        self.counts = {item.type: type_count(item) for item in self._overview}
        self.same = same_again(self._last)
        if self._last is not None and not self.loaded:
            self._take_up(self._last)
        self._summarise()
        self.loaded = True

    @rx.event
    def choose_kind(self, kind: str) -> None:
        """Choose a type; its tracks start with all."""
        self._greet()
        if kind in self.counts:
            self.kind, self.track = kind, ""
            self._summarise()

    @rx.event
    def choose_track(self, track: str) -> None:
        """Choose a track of the type, or all of them (empty)."""
        self._greet()
        if any(choice.id == track for choice in self.tracks):
            self.track = track
            self._summarise()

    @rx.event
    def choose_level(self, level: str) -> None:
        """Choose how hard the questions are."""
        self._greet()
        if level in dict(LEVELS):
            self.level = level
            self._summarise()

    @rx.event
    def choose_length(self, length: str) -> None:
        """Choose the number of questions."""
        self._greet()
        if length in LENGTHS:
            self.length = length
            self._summarise()

    @rx.event
    def choose_mode(self, mode: str) -> None:
        """Choose practice or live."""
        self._greet()
        if mode in MODES:
            self.mode = mode
            self._summarise()

    @rx.event
    def choose_follow_ups(self, follow_ups: str) -> None:
        """Choose whether questions follow from what is said."""
        self._greet()
        if follow_ups in dict(FOLLOW_UPS):
            self.follow_ups = follow_ups
            self._summarise()

    @rx.event
    def choose_patience(self, patience: str) -> None:
        """Choose how long the interviewer lets one talk."""
        self._greet()
        if patience in dict(PATIENCE):
            self.patience = patience
            self._summarise()

    @rx.event
    async def start(self) -> AsyncIterator[Any]:
        """Set up the interview that is chosen and go to its lobby."""
        user = self._greet()
        wanted = {
            "type": self.kind,
            "track": self.track or None,
            "difficulty": None if self.level == "any" else self.level,
            "question_count": int(self.length),
            "mode": self.mode,
            "follow_ups": self.follow_ups == "yes",
            "patience": self.patience,
        }
        async for event in self._begin(user, wanted):
            yield event

    @rx.event
    async def start_same(self) -> AsyncIterator[Any]:
        """Set up the same interview as last time, or a good first one."""
        user = self._greet()
        last = self._last
        wanted = last.model_dump(exclude={"created_at"}) if last else {"type": "behavioral"}
        async for event in self._begin(user, wanted):
            yield event

    async def _begin(self, user: CurrentUser, wanted: dict[str, Any]) -> AsyncIterator[Any]:
        # A second press comes while the first one waits for the page to change: one is enough.
        if self.starting:
            return
        self.starting, self.problem = True, ""
        yield
        try:
            going = await set_up(user, InterviewRequest.model_validate(wanted))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        except ValidationError:
            self.starting, self.problem = False, "This choice is not possible. Choose again."
            return
        yield going

    def _take_up(self, last: LastSetup) -> None:
        self.kind, self.track, self.mode = last.type, last.track or "", last.mode
        self.level = last.difficulty or "any"
        self.follow_ups = "yes" if last.follow_ups else "no"
        self.patience = last.patience
        self.length = min(LENGTHS, key=lambda length: abs(int(length) - last.question_count))

    def _summarise(self) -> None:
        overview = next((item for item in self._overview if item.type == self.kind), None)
        if overview is None:
            return
        self.tracks_label = f"{overview.title} tracks"
        self.tracks = track_choices(overview)
        if not any(choice.id == self.track for choice in self.tracks):
            self.track = ""
        self.summary = setup_summary(
            overview,
            self._supply,
            track=self.track,
            level=self.level,
            length=self.length,
            mode=self.mode,
            follow_ups=self.follow_ups,
            patience=self.patience,
        )


def _read(
    user: CurrentUser,
) -> tuple[list[TypeOverview], list[Supply], LastSetup | None]:
    with runtime().database.reading() as session:
        return (
            questions.overview(session),
            questions.supply(session),
            service.last_setup(session, user.id),
        )
