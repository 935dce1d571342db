"""What the page of the question bank shows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interview_coach import ui
from interview_coach.interviews.schemas import MAX_QUESTIONS
from interview_coach.interviews.words import counted, expected_minutes
from interview_coach.kit.pagination import Page
from interview_coach.questions.schemas import (
    QuestionDetails,
    QuestionOutline,
    QuestionType,
    TypeOverview,
)
from interview_coach.questions.service import titles

LEVELS = (("", "Any level"), ("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard"))


@dataclass(frozen=True)
class Option:
    """One entry of a drop-down list."""

    value: str
    label: str


@dataclass(frozen=True)
class QuestionRow:
    """A question of the bank. about: type, track, level, minutes; asked_for: its competencies."""

    id: str
    kind: QuestionType
    text: str
    about: str
    asked_for: str
    why: str
    tips: list[str]


@dataclass(frozen=True)
class BankListing:
    """One page of the bank."""

    rows: list[QuestionRow]
    total: str
    turn: ui.PageTurn = field(default_factory=ui.PageTurn)


EMPTY_BANK = BankListing([], "")


def bank_listing(page: Page[QuestionDetails]) -> BankListing:
    """One page of the questions that fit."""
    return BankListing(
        rows=[_row(item) for item in page.items],
        total=counted(page.total, "question"),
        turn=ui.page_turn(page),
    )


def _row(item: QuestionDetails) -> QuestionRow:
    minutes = expected_minutes([item.time_guide_seconds])
    track = titles().get((item.type, item.track), item.track)
    return QuestionRow(
        id=item.id,
        kind=item.type,
        text=item.text,
        about=f"{titles()[item.type, None]}, {track}, {item.difficulty}, about {minutes} min",
        asked_for=", ".join(_plain(name) for name in item.competencies),
        why=item.why,
        tips=item.tips,
    )


def kind_options(overview: Sequence[TypeOverview]) -> list[Option]:
    """The types, all of them first."""
    return [Option("", "All types"), *(Option(item.type, item.title) for item in overview)]


def track_options(overview: Sequence[TypeOverview], kind: str) -> list[Option]:
    """The tracks of a type; of no type there are none to choose."""
    tracks = [track for item in overview if item.type == kind for track in item.tracks]
    return [Option("", "All tracks"), *(Option(track.id, track.title) for track in tracks)]


def competencies_by_type(outlines: Sequence[QuestionOutline]) -> dict[str, list[str]]:
    """The competencies of the questions of each type, in the order of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in outlines:
        found[item.type].update(item.competencies)
    return {kind: sorted(names) for kind, names in found.items()}


def competency_options(by_type: Mapping[str, Sequence[str]], kind: str) -> list[Option]:
    """The competencies of a type, or of all."""
    names = sorted(
        {name for each, names in by_type.items() if kind in ("", each) for name in names}
    )
    options = (Option(name, _plain(name).capitalize()) for name in names)
    return [Option("", "All competencies"), *options]


def start_label(count: int) -> str:
    """What the button that starts with the chosen questions says."""
    return f"Start with {counted(count, 'question')}" if count else "Choose questions to start"


def chosen_words(count: int) -> str:
    """How many are chosen, and of how many."""
    if count == 0:
        return f"Choose up to {MAX_QUESTIONS}, then start an interview with them."
    full = " That is as many as an interview holds." if count >= MAX_QUESTIONS else ""
    return f"{counted(count, 'question')} chosen.{full}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
