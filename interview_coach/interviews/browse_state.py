"""The state of the page of the question bank: what is looked for, what was found and chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from interview_coach.accounts.state import SessionState
from interview_coach.interviews.browse_view import (
    EMPTY_BANK,
    LEVELS,
    BankListing,
    Option,
    bank_listing,
    chosen_words,
    competencies_by_type,
    competency_options,
    kind_options,
    start_label,
    track_options,
)
from interview_coach.interviews.chosen import interview_of
from interview_coach.interviews.page_state import ask_database, set_up
from interview_coach.interviews.schemas import MAX_QUESTIONS
from interview_coach.kit.errors import CoachError
from interview_coach.kit.pagination import Page
from interview_coach.questions import service as questions
from interview_coach.questions.schemas import (
    BrowseRequest,
    QuestionDetails,
    QuestionType,
    TypeOverview,
)
from interview_coach.runtime import runtime

_ROWS = 20
_MAX_PAGE = 100_000
_MAX_WORDS = 100
_FILTERS = ("kind", "track", "level", "competency")


class BrowseState(SessionState):
    """The filters, one page of the bank, and the chosen questions of all pages."""

    loaded: bool = False
    problem: str = ""
    starting: bool = False
    words: str = ""
    kind: str = ""
    track: str = ""
    level: str = ""
    competency: str = ""
    kinds: list[Option] = []
    tracks: list[Option] = []
    competencies: list[Option] = []
    listing: BankListing = EMPTY_BANK
    chosen: list[str] = []
    chosen_words: str = chosen_words(0)
    start_label: str = start_label(0)
    _overview: list[TypeOverview] = []
    _competencies: dict[str, list[str]] = {}
    _kinds_of_chosen: dict[str, QuestionType] = {}

    @rx.event
    async def load(self) -> None:
        """Read what can be chosen from, and the first page of what fits."""
        self._greet()
        self.starting, self.problem = False, ""
        try:
            self._overview, self._competencies = await ask_database(_read_choices)
        except CoachError as error:
            self.problem = error.message
            return
        self.kinds = kind_options(self._overview)
        self._offer()
        if await self._find(1):
            self.loaded = True

    @rx.event
    async def search(self, words: str) -> None:
        """Show the questions that hold these words."""
        self._greet()
        self.words = str(words)[:_MAX_WORDS].replace("\x00", "").strip()
        await self._find(1)

    @rx.event
    async def choose(self, name: str, value: str) -> None:
        """Set one of the filters `kind`, `track`, `level` and `competency`; empty is all."""
        self._greet()
        if name not in _FILTERS or not isinstance(value, str):
            return
        offered = {
            "kind": self.kinds,
            "track": self.tracks,
            "competency": self.competencies,
            "level": [Option(*level) for level in LEVELS],
        }
        if not any(option.value == value for option in offered[name]):
            return
        setattr(self, name, value)
        if name == "kind":
            self.track = ""
            self._offer()
        await self._find(1)

    @rx.event
    async def go_to(self, page: int) -> None:
        """Show another page."""
        self._greet()
        if isinstance(page, int) and 1 <= page <= _MAX_PAGE:
            await self._find(page)

    @rx.event
    def toggle(self, question_id: str) -> None:
        """Choose one of the questions shown, or leave it out again."""
        self._greet()
        if question_id in self.chosen:
            self.chosen = [each for each in self.chosen if each != question_id]
        elif len(self.chosen) < MAX_QUESTIONS:
            for row in self.listing.rows:
                if row.id == question_id:
                    self._kinds_of_chosen[row.id] = row.kind
                    self.chosen = [*self.chosen, row.id]
        self._count()

    @rx.event
    def choose_none(self) -> None:
        """Leave all chosen questions out again."""
        self._greet()
        self.chosen = []
        self._count()

    @rx.event
    async def start(self) -> AsyncIterator[Any]:
        """Set up an interview with the chosen questions and go to its lobby."""
        user = self._greet()
        # A second press comes while the first one waits for the page to change: one is enough.
        if self.starting or not self.chosen:
            return
        self.starting, self.problem = True, ""
        yield
        picked = [(each, self._kinds_of_chosen[each]) for each in self.chosen]
        try:
            going = await set_up(user, interview_of(picked))
        except CoachError as error:
            self.starting, self.problem = False, error.message
            return
        self.chosen = []
        self._count()
        yield going

    def _offer(self) -> None:
        self.tracks = track_options(self._overview, self.kind)
        self.competencies = competency_options(self._competencies, self.kind)
        if not any(option.value == self.competency for option in self.competencies):
            self.competency = ""

    def _count(self) -> None:
        self.chosen_words = chosen_words(len(self.chosen))
        self.start_label = start_label(len(self.chosen))

    async def _find(self, page: int) -> bool:
        asked = BrowseRequest.model_validate(
            {
                "type": self.kind or None,
                "track": self.track or None,
                "difficulty": self.level or None,
                "competency": self.competency or None,
                "q": self.words or None,
                "page": page,
                "page_size": _ROWS,
            }
        )
        try:
            found = await ask_database(lambda: _read_page(asked))
        except CoachError as error:
            self.problem = error.message
            return False
        self.listing, self.problem = bank_listing(found), ""
        return True


def _read_choices() -> tuple[list[TypeOverview], dict[str, list[str]]]:
    with runtime().database.reading() as session:
        outlines = questions.outlines(session, None)
        return questions.overview(session), competencies_by_type(outlines)


def _read_page(asked: BrowseRequest) -> Page[QuestionDetails]:
    with runtime().database.reading() as session:
        return questions.browse(session, asked)
