"""What the room says about each answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interview_coach.interviews.room_view import QuestionRow, ending_words, first_open, room_view
from interview_coach.interviews.schemas import (
    AnswerError,
    AnswerSummary,
    AskedQuestion,
    InterviewView,
)
from interview_coach.interviews.words import ago_words, clock_words, expected_minutes, setup_words

_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_TITLES: dict[tuple[str, str | None], str] = {
    ("behavioral", None): "Behavioral",
    ("behavioral", "conflict"): "Conflict",
}


def _question(position: int, *, skipped: bool = False) -> AskedQuestion:
    return AskedQuestion(
        id=f"asked-{position}",
        question_id=f"bank-{position}",
        position=position,
        type="behavioral",
        track="conflict",
        difficulty="easy",
        text=f"Question number {position}?",
        tips=["Name the outcome."],
        time_guide_seconds=120,
        skipped=skipped,
    )


def _answer(position: int, status: str, take: int = 1, **more: Any) -> AnswerSummary:
    given: dict[str, Any] = {
        "id": f"answer-{position}-{take}",
        "question_id": f"asked-{position}",
        "take": take,
        "kind": "spoken",
        "status": status,
        "percent": None,
        "error": None,
        "duration_seconds": 71.9,
        "overall": None,
        "low": None,
        "high": None,
        "draft": False,
        "created_at": _NOON,
    }
    return AnswerSummary(**{**given, **more})


def _interview(*answers: AnswerSummary, mode: str = "practice", skipped: int = 0) -> InterviewView:
    return InterviewView(
        id="interview",
        type="behavioral",
        track=None,
        difficulty=None,
        mode=mode,  # type: ignore[arg-type]
        status="in_progress",
        questions=[_question(place, skipped=place == skipped) for place in (1, 2, 3)],
        answers=list(answers),
        overall_score=None,
        created_at=_NOON,
        started_at=_NOON,
        completed_at=None,
        duration_seconds=0,
    )


def _row(*answers: AnswerSummary, mode: str = "practice") -> QuestionRow:
    return room_view(_interview(*answers, mode=mode), _TITLES, 1).rows[0]


@pytest.mark.parametrize(
    ("answer", "status", "mark", "stages"),
    [
        (_answer(1, "recording"), "Not sent yet", "unsent", 0),
        (_answer(1, "uploaded"), "Uploaded", "working", 1),
        (_answer(1, "transcribing"), "Transcribing", "working", 1),
        (_answer(1, "transcribing", percent=40), "Transcribing, 40 %", "working", 1),
        (_answer(1, "scoring"), "Scoring", "working", 2),
        (_answer(1, "done", overall=66.2, low=60, high=71), "Scored 66", "sent", 0),
        (_answer(1, "done"), "Not scored", "sent", 0),
    ],
)
def test_each_status_has_its_words(
    answer: AnswerSummary, status: str, mark: str, stages: int
) -> None:
    row = _row(answer)
    assert (row.status, row.mark, row.stages) == (status, mark, stages)
    assert row.spoken == f"Question 1: {status}"


def test_the_bar_never_goes_back() -> None:
    steps = [
        _answer(1, "uploaded"),
        *(_answer(1, "transcribing", percent=percent) for percent in (0, 40, 99)),
        _answer(1, "scoring"),
    ]
    shown = [_row(answer).percent for answer in steps]
    assert shown == sorted(set(shown))


def test_a_failed_answer_says_why_and_can_be_tried_again() -> None:
    row = _row(_answer(1, "failed", error=AnswerError(code="analysis_failed", detail="It broke.")))
    assert (row.status, row.mark, row.detail) == ("Failed", "trouble", "It broke.")
    assert row.can_retry
    assert row.can_type


def test_an_answer_without_speech_can_be_typed_but_not_tried_again() -> None:
    row = _row(_answer(1, "needs_text", error=AnswerError(code="no_speech", detail="Nothing.")))
    assert row.status == "Needs words"
    assert row.can_type
    assert not row.can_retry


def test_a_missing_recogniser_may_be_there_now() -> None:
    row = _row(_answer(1, "needs_text", error=AnswerError(code="engine_missing", detail="None.")))
    assert row.can_retry


def test_trouble_is_told_in_live_mode_too() -> None:
    trouble = _answer(1, "failed", error=AnswerError(code="analysis_failed", detail="It broke."))
    room = room_view(_interview(trouble, mode="live"), _TITLES, 1)
    assert room.rows[0].status == "Failed"
    assert not room.asked.closed


def test_the_best_take_counts_once_the_newest_is_done() -> None:
    first = _answer(1, "done", overall=71.0, low=66, high=74)
    assert _row(first, _answer(1, "scoring", take=2)).status == "Scoring"
    assert _row(first, _answer(1, "done", take=2, overall=60.0)).status == "Scored 71"
    room = room_view(_interview(first, _answer(1, "recording", take=2)), _TITLES, 1)
    assert room.rows[0].status == "Scored 71"
    assert room.asked.take == 2


def test_a_score_comes_with_its_range_and_the_way_to_its_reasons() -> None:
    room = room_view(_interview(_answer(2, "done", overall=71, low=66, high=74)), _TITLES, 2)
    assert room.asked.score is not None
    assert room.asked.score.range_text == "66 to 74"
    assert room.asked.result_href == "/interview/interview/results#question-2"
    assert room.asked.chips == ["Conflict", "Easy"]


def test_a_place_outside_is_moved_inside() -> None:
    assert room_view(_interview(), _TITLES, 0).asked.position == 1
    assert room_view(_interview(), _TITLES, 99).asked.position == 3


def test_the_first_open_question_is_neither_answered_nor_skipped() -> None:
    assert first_open(_interview(_answer(1, "done"), skipped=2)) == 3
    assert first_open(_interview(_answer(1, "recording"))) == 1
    assert first_open(_interview(*(_answer(place, "done") for place in (1, 2, 3)))) == 1


def test_the_words_before_the_end() -> None:
    whole = ending_words(_interview(*(_answer(place, "done") for place in (1, 2, 3))))
    assert whole.startswith("Every question has an answer.")
    part = ending_words(_interview(_answer(1, "scoring")))
    assert part.startswith("2 of 3 questions have no answer. 1 answer is still being analysed")


def test_lengths_and_moments_in_words() -> None:
    assert clock_words(71.9) == "1:11"
    assert clock_words(None) == ""
    assert expected_minutes([120] * 5) == 12
    assert setup_words("HR", "", None, "live", questions=1) == "HR, 1 question, live mode"
    assert ago_words(_NOON, _NOON + timedelta(seconds=20)) == "just now"
    assert ago_words(_NOON, _NOON + timedelta(minutes=1)) == "1 minute ago"
    assert ago_words(_NOON, _NOON + timedelta(hours=5)) == "5 hours ago"
    assert ago_words(_NOON, _NOON + timedelta(days=3)) == "3 days ago"
    assert ago_words(_NOON, _NOON - timedelta(seconds=3)) == "just now"
