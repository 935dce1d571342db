"""What the room says about each answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interview_coach.interviews.asked_view import Help
from interview_coach.interviews.room_view import QuestionRow, ending_words, first_open, room_view
from interview_coach.interviews.schemas import (
    AnswerError,
    AnswerSummary,
    AskedQuestion,
    InterviewView,
)
from interview_coach.interviews.waits import Waits
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


def _talk(*answers: AnswerSummary, mode: str = "practice", **more: Any) -> InterviewView:
    """An interview whose second question has a follow-up, the third of four."""
    found = _interview(*answers, mode=mode)
    followed = _question(3).model_copy(
        update={
            "id": "asked-f",
            "question_id": None,
            "text": "Which part was yours?",
            "follow_up_to": "asked-2",
            "kind": "clarify",
            "engine": "local",
            **more,
        }
    )
    last = found.questions[2].model_copy(update={"position": 4})
    return found.model_copy(update={"questions": [*found.questions[:2], followed, last]})


def _reply(status: str = "done", **more: Any) -> AnswerSummary:
    return _answer(9, status, **{"question_id": "asked-f", **more})


def test_a_follow_up_is_offered_after_its_question_and_completes_nothing() -> None:
    answers = [_answer(place, "done", overall=70) for place in (1, 2, 3)]
    room = room_view(_talk(*answers), _TITLES, 2)
    assert (room.asked.offer, room.asked.offer_id) == ("Which part was yours?", "asked-f")
    assert room.sent_text == "3 of 3 sent, 0 of 1 follow-up"
    assert not room.all_sent
    assert "1 follow-up is open" in ending_words(_talk(*answers))
    passed_over = room_view(_talk(*answers, skipped=True), _TITLES, 2)
    assert passed_over.asked.offer == ""
    assert passed_over.all_sent
    assert room_view(_talk(*answers, mode="live"), _TITLES, 2).asked.offer == ""


def test_a_follow_up_says_what_it_takes_up_and_a_reply_what_it_gave() -> None:
    point = {"text": "A number", "level": "clear"}
    room = room_view(_talk(_reply(points=[point])), _TITLES, 3)
    assert room.asked.chips == ["Follow-up"]
    assert room.asked.takes_up == "To question 2: Question number 2?"
    assert (room.asked.score, room.asked.scored) == (None, True)
    assert [(row.text, row.word) for row in room.asked.points] == [("A number", "Said")]
    assert room.rows[2].status == "A number: said"
    assert room.rows[2].follow_up
    point = {"text": "A number", "level": "missing"}
    assert room_view(_talk(_reply(points=[point])), _TITLES, 3).rows[2].status.endswith("not said")
    point = {"text": "A reason", "level": None}
    assert room_view(_talk(_reply(points=[point])), _TITLES, 3).rows[2].status == "Answered"


def test_points_that_were_met_stand_under_the_answer() -> None:
    points = [
        {"text": "What went wrong", "level": "clear"},
        {"text": "What it cost", "level": "thin"},
        {"text": "What changed", "level": "missing"},
    ]
    interview = _interview(_answer(1, "done", overall=70, points=points))
    asked = room_view(interview, _TITLES, 1).asked
    assert asked.points_title == "Key points: 1 of 3 said"
    assert [row.band for row in asked.points] == ["good", "mid", "none"]
    live = room_view(_interview(_answer(1, "done", points=points), mode="live"), _TITLES, 1)
    assert live.asked.points == []


@pytest.mark.parametrize(
    ("patience", "seconds"), [("brisk", 90), ("usual", 120), ("patient", 180), ("endless", 0)]
)
def test_patience_scales_the_guide(patience: str, seconds: int) -> None:
    interview = _interview().model_copy(update={"patience": patience})
    assert room_view(interview, _TITLES, 1).asked.guide_seconds == seconds


_MEASURED = Waits(hearing=0.25, writing=9.0, writing_most=80, follow_up=2.4, follow_up_most=8)


@pytest.mark.parametrize(
    ("status", "waits", "told"),
    [
        ("uploaded", Waits(), "No recording has been timed here yet"),
        ("uploaded", _MEASURED, "Waits for its turn to be heard. Usually 18 s for a recording"),
        ("transcribing", _MEASURED, "Usually 18 s for a recording of this length."),
        ("scoring", _MEASURED, "which takes a moment"),
        ("writing", _MEASURED, "Usually 9 s, at most 1 min 20 s."),
        ("writing", replace(_MEASURED, writing=None), "At most 1 min 20 s; then the local"),
    ],
)
def test_every_wait_says_how_long_from_what_was_measured(
    status: str, waits: Waits, told: str
) -> None:
    room = room_view(_interview(_answer(1, status)), _TITLES, 1, waits)
    assert told in room.rows[0].wait
    assert told in room.asked.wait
    assert "follow-up question comes" in room.asked.wait or status == "writing"


def test_a_follow_up_that_is_thought_of_is_told_and_only_where_one_may_come() -> None:
    waits = replace(_MEASURED, engine="gemini")
    writing = _answer(1, "writing", overall=70)
    told = room_view(_interview(writing), _TITLES, 1, waits).asked.wait
    assert "A follow-up question is being thought of. Usually 2 s, at most 8 s." in told
    without = _interview(writing).model_copy(update={"follow_ups": False})
    assert "follow-up" not in room_view(without, _TITLES, 1, waits).asked.wait
    live = room_view(_interview(_answer(1, "scoring"), mode="live"), _TITLES, 1, waits).asked
    assert live.closed
    assert "Then a follow-up question comes." in live.wait
    assert "Feedback" not in live.wait


def test_an_engine_that_failed_is_named_and_can_be_asked_again() -> None:
    failed = [{"engine": "gemini", "kind": "timeout"}]
    asked = room_view(_talk(passed=failed), _TITLES, 3).asked
    assert asked.note == "Gemini did not answer in time. This is the local engine's question."
    assert asked.can_ask_again
    assert not room_view(_talk(_reply(), passed=failed), _TITLES, 3).asked.can_ask_again
    asking = room_view(_talk(passed=failed, asking=True), _TITLES, 3).asked
    assert not asking.can_ask_again
    assert "being asked" in asking.note


def test_help_comes_in_steps() -> None:
    def help_at(hints: int, nudge: str | None = None) -> Help:
        question = _question(1).model_copy(update={"hints": hints, "hint_steps": 2, "nudge": nudge})
        found = _interview().model_copy(update={"questions": [question]})
        return room_view(found, _TITLES, 1).asked.help

    assert help_at(0) == Help(ask="Show a hint", step=1)
    assert help_at(1) == Help(tips=["Name the outcome."], ask="One more hint", step=2)
    assert help_at(2, "Begin so.") == Help(tips=["Name the outcome."], nudge="Begin so.", step=3)


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
