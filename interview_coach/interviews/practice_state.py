"""The state of the practice page: what is chosen, what the bank has for it, the start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx
from pydantic import ValidationError

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.interviews import service
from interview_coach.interviews.schemas import InterviewRequest, LastSetup
from interview_coach.interviews.words import ago_words, counted, setup_words
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.questions import service as questions
from interview_coach.questions.schemas import Supply, TypeOverview
from interview_coach.runtime import runtime

LEVELS = (("any", "Any"), ("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard"))
LENGTHS = ("1", "3", "5", "8")
MODES = ("practice", "live")
# Reading the question and thinking before one speaks, beside the guide time of the answer.
_SECONDS_AROUND_AN_ANSWER = 25


@dataclass(frozen=True)
class TypeCount:
    """What stands under a type: how many questions, and "7 tracks"."""

    questions: str = ""
    tracks: str = ""


@dataclass(frozen=True)
class TrackChoice:
    """A chip: the track's id (empty for all), its title and its number of questions."""

    id: str
    title: str
    count: str


@dataclass(frozen=True)
class SetupSummary:
    """The choice in words. note: what is fewer than asked for. possible: there is a question."""

    kind: str = ""
    track: str = ""
    level: str = ""
    length: str = ""
    mode: str = ""
    start_label: str = ""
    note: str = ""
    possible: bool = True


@dataclass(frozen=True)
class SameAgain:
    """The card that starts at once: the last choice, or a good first one."""

    title: str = ""
    text: str = ""


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
            found = await rx.run_in_thread(lambda: _read(user))
        except CoachError as error:
            self.problem = error.message
            return
        self._overview, self._supply, self._last = found
        self.counts = {item.type: _type_count(item) for item in self._overview}
        self.same = _same_again(self._last)
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
    async def start(self) -> AsyncIterator[Any]:
        """Set up the interview that is chosen and go to its lobby."""
        user = self._greet()
        wanted = {
            "type": self.kind,
            "track": self.track or None,
            "difficulty": None if self.level == "any" else self.level,
            "question_count": int(self.length),
            "mode": self.mode,
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
            interview_id = await rx.run_in_thread(lambda: _create(user, wanted))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        except ValidationError:
            self.starting, self.problem = False, "This choice is not possible. Choose again."
            return
        yield rx.redirect(f"/interview/{interview_id}/lobby")

    def _take_up(self, last: LastSetup) -> None:
        self.kind, self.track, self.mode = last.type, last.track or "", last.mode
        self.level = last.difficulty or "any"
        self.length = min(LENGTHS, key=lambda length: abs(int(length) - last.question_count))

    def _summarise(self) -> None:
        overview = next((item for item in self._overview if item.type == self.kind), None)
        if overview is None:
            return
        self.tracks_label = f"{overview.title} tracks"
        self.tracks = [
            TrackChoice("", "All", str(overview.count)),
            *(TrackChoice(track.id, track.title, str(track.count)) for track in overview.tracks),
        ]
        if not any(choice.id == self.track for choice in self.tracks):
            self.track = ""
        chosen = next(choice for choice in self.tracks if choice.id == self.track)
        fitting = [
            row
            for row in self._supply
            if row.type == self.kind
            and self.track in {"", row.track}
            and self.level in {"any", row.difficulty}
        ]
        self.summary = _summary(
            overview.title,
            chosen.title,
            dict(LEVELS)[self.level],
            self.mode.capitalize(),
            int(self.length),
            fitting,
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


def _create(user: CurrentUser, wanted: dict[str, Any]) -> str:
    request = InterviewRequest.model_validate(wanted)
    with runtime().database.writing() as session:
        return service.create(session, user, request).id


def _type_count(item: TypeOverview) -> TypeCount:
    return TypeCount(str(item.count), counted(len(item.tracks), "track"))


def _same_again(last: LastSetup | None) -> SameAgain:
    if last is None:
        return SameAgain(
            "A good first interview", "Behavioral, 5 questions, practice mode. Change it below."
        )
    titles = questions.titles()
    words = setup_words(
        titles[last.type, None],
        titles.get((last.type, last.track), ""),
        last.difficulty,
        last.mode,
        questions=last.question_count,
    )
    when = ago_words(last.created_at, now()).capitalize()
    return SameAgain("Same as last time", f"{words}. {when}.")


def _summary(
    kind: str, track: str, level: str, mode: str, wanted: int, fitting: list[Supply]
) -> SetupSummary:
    there = sum(row.count for row in fitting)
    count = min(wanted, there)
    note = ""
    length = "None"
    start_label = "Start interview"
    if there == 0:
        note = "There is no question for this choice. Choose another level or track."
    else:
        guide = sum(row.guide_seconds for row in fitting) / there
        minutes = max(1, round(count * (guide + _SECONDS_AROUND_AN_ANSWER) / 60))
        length = f"{count}, about {minutes} min"
        start_label = f"Start, {counted(count, 'question')}, about {minutes} min"
        if there < wanted:
            note = f"The bank has {counted(there, 'question')} for this choice."
    return SetupSummary(
        kind=kind,
        track=track,
        level=level,
        length=length,
        mode=mode,
        start_label=start_label,
        note=note,
        possible=there > 0,
    )
