"""What the dashboard shows, built from totals and history: pure functions, texts ready to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interview_coach import ui
from interview_coach.analytics.schemas import CalibrationView, DueDrill, HistoryItem, Totals
from interview_coach.interviews.words import counted
from interview_coach.kit.clock import iso
from interview_coach.kit.pagination import Page
from interview_coach.questions.service import titles

_OPEN = {
    "pending": ("Not started", "Start", "/lobby"),
    "in_progress": ("In progress", "Continue", ""),
    "paused": ("Paused", "Continue", ""),
}


@dataclass(frozen=True)
class Figure:
    """A stat card; value is "-" when there is nothing to show, and `note` says why."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class InterviewRow:
    """One interview of the list. status: empty for a completed one, whose score is shown."""

    kind: str
    title: str
    note: str
    moment: str
    lasted: str
    status: str
    open_now: bool
    score: ui.ScoreView
    href: str
    action: str
    spoken: str


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    rows: list[InterviewRow]
    total: str
    turn: ui.PageTurn = field(default_factory=ui.PageTurn)


@dataclass(frozen=True)
class DrillRow:
    """A drill that is due. about: how long and on which question; href: the answer's page."""

    text: str
    about: str
    why: str
    href: str


@dataclass(frozen=True)
class DashboardView:
    """The whole page."""

    figures: list[Figure]
    listing: Listing
    first_run: bool
    drills: list[DrillRow]
    calibration: str = ""


EMPTY_LISTING = Listing([], "")


def dashboard_view(
    totals: Totals,
    page: Page[HistoryItem],
    calibration: CalibrationView,
    drills: Sequence[DueDrill] = (),
) -> DashboardView:
    """The dashboard of a user; `first_run` when there is no interview at all."""
    return DashboardView(
        figures_of(totals),
        listing_of(page),
        first_run=page.total == 0,
        drills=[_drill(item) for item in drills],
        calibration=calibration.words if calibration.points else "",
    )


def _drill(item: DueDrill) -> DrillRow:
    return DrillRow(
        text=item.text,
        about=f"{item.seconds} seconds, on: {item.question}",
        why=item.reason,
        href=f"/interview/{item.interview_id}/answer/{item.answer_id}",
    )


def figures_of(totals: Totals) -> list[Figure]:
    """The four figures over all completed interviews."""
    count = totals.total_interviews
    finished = counted(count, "finished interview")
    nothing = "no finished interview has a score yet"
    average, best = totals.average_score, totals.best_score
    return [
        Figure("Interviews", str(count) if count else "-", "finished" if count else "none yet"),
        Figure(
            "Average score",
            "-" if average is None else ui.score_view("Average", average).value_text,
            nothing if average is None else f"of 100, over {finished}",
        ),
        Figure(
            "Best score",
            "-" if best is None else ui.score_view("Best", best).value_text,
            nothing if best is None else "of 100",
        ),
        Figure(
            "Practice time",
            length_words(totals.practice_seconds) if totals.practice_seconds else "-",
            f"in {finished}" if totals.practice_seconds else "none yet",
        ),
    ]


def listing_of(page: Page[HistoryItem]) -> Listing:
    """One page of the interviews, newest first."""
    return Listing(
        rows=[row_of(item) for item in page.items],
        total=counted(page.total, "interview"),
        turn=ui.page_turn(page),
    )


def row_of(item: HistoryItem) -> InterviewRow:
    """An interview as a row: continued while it is open, else with its results."""
    status, action, place = _OPEN.get(item.status, ("", "Results", "/results"))
    kind = titles()[item.type, None]
    track = titles().get((item.type, item.track), "") if item.track else ""
    told = [track, f"{item.answer_count} of {counted(item.question_count, 'answer')}"]
    if item.status == "abandoned":
        status = "Ended early"
        told.append("not averaged")
    elif item.draft:
        told.append("rough transcript, not averaged")
    return InterviewRow(
        kind=item.type,
        title=kind,
        note=", ".join(part for part in told if part),
        moment=iso(item.created_at) or "",
        lasted=length_words(item.duration_seconds) if item.duration_seconds else "",
        status=status,
        open_now=item.status in _OPEN,
        score=_score(item),
        href=f"/interview/{item.id}{place}",
        action=action,
        spoken=f"{action}: {kind} interview",
    )


def _score(item: HistoryItem) -> ui.ScoreView:
    if item.overall_score is not None:
        return ui.score_view("Score", item.overall_score, item.low, item.high)
    reason = "no answer was given" if item.answer_count == 0 else "the results say why"
    return ui.score_view("Score", None, reason=reason)


def length_words(seconds: float) -> str:
    """A length of time such as "48 min" or "6 h 12 min"; "< 1 min" below that."""
    if seconds < 60:
        return "< 1 min"
    minutes = int(seconds // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
