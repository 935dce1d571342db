"""A shared report as its page shows it: the results page's views, without what is the owner's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from interview_coach.feedback.report import Report
from interview_coach.feedback.views import (
    EMPTY_HEAD,
    AdviceView,
    QuestionView,
    ReportHead,
    report_view,
)
from interview_coach.feedback.views.shapes import TakeView
from interview_coach.interviews.words import clock_words
from interview_coach.kit.clock import iso
from interview_coach.reports.schemas import CommentView
from interview_coach.reports.sharing import Shared

NAMES = {
    "name": "the name",
    "transcripts": "transcripts and quotes",
    "recordings": "recordings",
    "scores": "scores",
    "feedback": "the feedback",
}


@dataclass(frozen=True)
class SaidView:
    """A comment as pages show it. place: what it is about, such as "Question 2, 1:05"."""

    id: str
    name: str
    text: str
    place: str
    moment: str
    drop_path: str = ""


@dataclass(frozen=True)
class SharedView:
    """The page. token: the one that opened it, for its forms. hides: what is left out, in words,
    empty for nothing. until: ISO 8601."""

    token: str = ""
    candidate: str = ""
    hides: str = ""
    until: str = ""
    scores_shown: bool = False
    comments_open: bool = False
    head: ReportHead = EMPTY_HEAD
    advice: AdviceView = field(default_factory=AdviceView)
    questions: list[QuestionView] = field(default_factory=list)
    comments: list[SaidView] = field(default_factory=list)


def shared_view(shared: Shared, token: str) -> SharedView:
    """The page of what this token has opened."""
    view = report_view(shared.report)
    places = places_of(shared.report)
    return SharedView(
        token=token,
        candidate=shared.candidate,
        hides=hidden_words(shared.hidden),
        until=iso(shared.expires_at) or "",
        scores_shown="scores" not in shared.hidden and view.head.answered,
        comments_open=shared.comments_open,
        # What can be opened, tried again or copied is the owner's.
        head=replace(view.head, open_label="", open_href="", open_text="", summary=""),
        advice=replace(view.advice, problem=""),
        questions=[_question(question, token) for question in view.questions],
        comments=[said(comment, places) for comment in shared.comments],
    )


def hidden_words(hidden: frozenset[str]) -> str:
    """What is left out, as a list in words; empty for nothing."""
    told = [words for name, words in NAMES.items() if name in hidden]
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def places_of(report: Report) -> dict[str, int]:
    """The number of the question of each answer."""
    numbers = {row.id: row.position for row in report.interview.questions}
    return {take.summary.id: numbers.get(take.summary.question_id, 0) for take in report.takes}


def said(comment: CommentView, places: Mapping[str, int], drop_path: str = "") -> SaidView:
    """A comment in words."""
    place = "The whole interview"
    if comment.answer_id is not None:
        place = f"Question {places.get(comment.answer_id, 0)}"
    if comment.seconds is not None:
        place = f"{place}, {clock_words(comment.seconds)}"
    return SaidView(
        id=comment.id,
        name=comment.name,
        text=comment.text,
        place=place,
        moment=iso(comment.created_at) or "",
        drop_path=drop_path,
    )


def _question(question: QuestionView, token: str) -> QuestionView:
    return replace(question, shown=[_take(take, token) for take in question.shown])


def _take(take: TakeView, token: str) -> TakeView:
    sound = f"/api/v1/shared/{token}/answers/{take.answer_id}/audio" if take.audio_src else ""
    return replace(
        take, audio_src=sound, captions_href="", sound_note="", edit_label="", problem=""
    )
