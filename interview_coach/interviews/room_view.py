"""What the interview room shows, made from the interview as it is stored. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from interview_coach import ui
from interview_coach.interviews.asked_view import (
    Asked,
    asked_view,
    best_of,
    is_sent,
    level_words,
    step_words,
)
from interview_coach.interviews.models import WORKING
from interview_coach.interviews.schemas import AnswerSummary, AskedQuestion, InterviewView
from interview_coach.interviews.waits import Waits, writing_words
from interview_coach.interviews.words import clock_words, counted, setup_words

# How far an analysis is, in percent of the whole, while one waits for it.
_WAITING = 4
_HEARING_FROM, _HEARING_TO = 8, 88
_SCORING = 92
_WRITING = 96


@dataclass(frozen=True)
class QuestionRow:
    """One question in the list of answers.

    mark: number, unsent, sent, working, trouble or skipped. band: of a score, empty without one.
    percent: how far the analysis is while `mark` is working. stages: how many of uploaded, words
    and scores are done. detail: what went wrong. wait: how long the step under way may take.
    hinted: help that was asked for, in words.
    """

    position: int
    question_id: str
    text: str
    mark: str = "number"
    status: str = ""
    band: str = ""
    percent: int = 0
    stages: int = 0
    time_text: str = ""
    detail: str = ""
    answer_id: str = ""
    can_retry: bool = False
    can_type: bool = False
    dot: str = ""
    spoken: str = ""
    follow_up: bool = False
    hinted: str = ""
    wait: str = ""


@dataclass(frozen=True)
class RoomView:
    """The whole room. Numbers of questions count from 1."""

    interview_id: str = ""
    title: str = ""
    status: str = ""
    live: bool = False
    count: int = 0
    sent: int = 0
    sent_text: str = ""
    all_sent: bool = False
    rows: list[QuestionRow] = field(default_factory=list)
    asked: Asked = field(default_factory=Asked)


def room_view(
    interview: InterviewView,
    titles: dict[tuple[str, str | None], str],
    position: int,
    waits: Waits | None = None,
) -> RoomView:
    """The room with the question at `position` in front; a position outside is moved inside.

    titles: of types and tracks, as `questions.service.titles` gives them. waits: what was
    measured here of how long things take.
    """
    waits = waits or Waits()
    live = interview.mode == "live"
    count = len(interview.questions)
    takes = {
        question.id: [answer for answer in interview.answers if answer.question_id == question.id]
        for question in interview.questions
    }
    rows = [
        _row(question, takes[question.id], waits, live=live) for question in interview.questions
    ]
    place = min(max(position, 1), count)
    question = interview.questions[place - 1]
    done = {row.id for row in interview.questions if any(map(is_sent, takes[row.id]))}
    chosen = [row for row in interview.questions if row.follow_up_to is None]
    sent = sum(row.id in done for row in chosen)
    # A follow-up that is passed over leaves nothing open.
    open_questions = [row for row in interview.questions if row.id not in done]
    return RoomView(
        interview_id=interview.id,
        title=setup_words(
            titles[interview.type, None],
            titles.get((interview.type, interview.track), "") if interview.track else "",
            interview.difficulty,
            interview.mode,
        ),
        status=interview.status,
        live=live,
        count=count,
        sent=sent,
        sent_text=_sent_text(sent, len(chosen), interview, done),
        all_sent=all(row.follow_up_to and row.skipped for row in open_questions),
        rows=rows,
        asked=asked_view(interview, question, titles, waits),
    )


def _sent_text(sent: int, chosen: int, interview: InterviewView, done: set[str]) -> str:
    followed = [row for row in interview.questions if row.follow_up_to is not None]
    if not followed:
        return f"{sent} of {chosen} sent"
    answered = sum(row.id in done for row in followed)
    return f"{sent} of {chosen} sent, {answered} of {counted(len(followed), 'follow-up')}"


def first_open(interview: InterviewView) -> int:
    """The number of the first question that has no answer and was not skipped, else 1."""
    answered = {answer.question_id for answer in interview.answers if is_sent(answer)}
    for question in interview.questions:
        if question.id not in answered and not question.skipped:
            return question.position
    return 1


def ending_words(interview: InterviewView) -> str:
    """What the candidate should know before ending this interview."""
    chosen = {row.id for row in interview.questions if row.follow_up_to is None}
    count = len(chosen)
    answered = {answer.question_id for answer in interview.answers if is_sent(answer)}
    unsent = {answer.question_id for answer in interview.answers if answer.status == "recording"}
    working = sum(_is_working(answer) for answer in interview.answers)
    left = len(chosen - answered - unsent)
    followed = sum(
        row.id not in answered | unsent and not row.skipped
        for row in interview.questions
        if row.follow_up_to is not None
    )
    parts = []
    if left == 0 and not unsent:
        parts.append("Every question has an answer.")
    elif left:
        parts.append(f"{left} of {counted(count, 'question')} {_has(left)} no answer.")
    if followed:
        parts.append(
            f"{counted(followed, 'follow-up')} {_is(followed)} open; that changes no score."
        )
    if unsent:
        parts.append(
            f"{counted(len(unsent), 'recording')} {_is(len(unsent))} not sent yet. Go back to "
            "send, or end without."
        )
    if working:
        parts.append(
            f"{counted(working, 'answer')} {_is(working)} still being analysed; the scores come "
            "into the results by themselves."
        )
    parts.append("An interview that has ended takes no further answers.")
    return " ".join(parts)


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _is_working(answer: AnswerSummary) -> bool:
    return answer.status in WORKING


def _row(
    question: AskedQuestion, takes: list[AnswerSummary], waits: Waits, *, live: bool
) -> QuestionRow:
    row = QuestionRow(
        position=question.position,
        question_id=question.id,
        text=question.text,
        follow_up=question.follow_up_to is not None,
    )
    sent = [answer for answer in takes if is_sent(answer)]
    if sent:
        row = replace(_told(row, sent, waits, live=live), dot="done")
    elif takes:
        row = replace(row, mark="unsent", status="Not sent yet", answer_id=takes[-1].id)
    elif question.skipped:
        row = replace(row, mark="skipped", status="Skipped")
    return replace(row, spoken=f"Question {row.position}: {row.status or 'to come'}")


def _told(row: QuestionRow, sent: list[AnswerSummary], waits: Waits, *, live: bool) -> QuestionRow:
    """The row with what the newest sent take, or the best one once that is done, has to say."""
    newest = sent[-1]
    row = replace(
        row,
        answer_id=newest.id,
        hinted=_hinted(newest),
        time_text=clock_words(newest.duration_seconds),
    )
    if newest.status in {"failed", "needs_text"}:
        code = newest.error.code if newest.error else ""
        return replace(
            row,
            mark="trouble",
            status="Failed" if newest.status == "failed" else "Needs words",
            detail=newest.error.detail if newest.error else "",
            can_retry=newest.status == "failed" or code == "engine_missing",
            can_type=newest.kind == "spoken",
        )
    if live:
        return replace(row, mark="sent", status="Sent")
    if _is_working(newest):
        return replace(_working(row, newest), wait=_wait(newest, waits))
    if row.follow_up:
        return replace(row, mark="sent", status=_reply_words(newest))
    best = best_of(sent)
    if best is None:
        return replace(row, mark="sent", status="Not scored", band="none")
    score = ui.score_view("Answer", best.overall, best.low, best.high)
    return replace(
        row,
        mark="sent",
        status=f"Scored {score.value_text}",
        band=score.band,
        time_text=clock_words(best.duration_seconds),
    )


def _hinted(answer: AnswerSummary) -> str:
    return f"with {counted(answer.hints, 'hint')}" if answer.hints else ""


def _reply_words(answer: AnswerSummary) -> str:
    """Whether a reply holds what its follow-up asked for."""
    point = answer.points[0] if answer.points else None
    if point is None or point.level is None:
        return "Answered"
    return f"{point.text}: {level_words(point.level)[1].lower()}"


def _wait(answer: AnswerSummary, waits: Waits) -> str:
    if answer.status == "writing":
        return writing_words(waits)
    return step_words(answer, waits)


def _working(row: QuestionRow, answer: AnswerSummary) -> QuestionRow:
    if answer.status == "transcribing":
        share = answer.percent or 0
        reach = _HEARING_TO - _HEARING_FROM
        return replace(
            row,
            mark="working",
            status=f"Transcribing, {share} %" if share else "Transcribing",
            percent=_HEARING_FROM + round(reach * share / 100),
            stages=1,
        )
    if answer.status == "uploaded":
        return replace(row, mark="working", status="Uploaded", percent=_WAITING, stages=1)
    words, share = (
        ("Writing feedback", _WRITING) if answer.status == "writing" else ("Scoring", _SCORING)
    )
    return replace(row, mark="working", status=words, percent=share, stages=2)
