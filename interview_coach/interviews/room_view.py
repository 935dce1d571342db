"""What the interview room shows, made from the interview as it is stored. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from interview_coach import ui
from interview_coach.interviews.models import WORKING
from interview_coach.interviews.schemas import AnswerSummary, AskedQuestion, InterviewView
from interview_coach.interviews.words import clock_words, counted, setup_words

# How far an analysis is, in percent of the whole, while one waits for it.
_WAITING = 4
_HEARING_FROM, _HEARING_TO = 8, 88
_SCORING = 92
_WRITING = 96
_NO_SCORE = "the reason stands in the results"


@dataclass(frozen=True)
class QuestionRow:
    """One question in the list of answers.

    mark: number, unsent, sent, working, trouble or skipped. band: of a score, empty without one.
    percent: how far the analysis is while `mark` is working. stages: how many of uploaded, words
    and scores are done. detail: what went wrong.
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


@dataclass(frozen=True)
class Asked:
    """The question in front of the candidate.

    take: number of the next take. closed: a live interview's answer that is sent and stays.
    score: of the best take, in practice mode; None before there is an analysis.
    """

    position: int = 1
    question_id: str = ""
    text: str = ""
    chips: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    guide_seconds: int = 120
    take: int = 1
    take_label: str = "Your answer"
    closed: bool = False
    score: ui.ScoreView | None = None
    draft: bool = False
    result_href: str = ""
    has_earlier: bool = False
    has_later: bool = False


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
    interview: InterviewView, titles: dict[tuple[str, str | None], str], position: int
) -> RoomView:
    """The room with the question at `position` in front; a position outside is moved inside.

    titles: of types and tracks, as `questions.service.titles` gives them.
    """
    live = interview.mode == "live"
    count = len(interview.questions)
    takes = {
        question.id: [answer for answer in interview.answers if answer.question_id == question.id]
        for question in interview.questions
    }
    rows = [_row(question, takes[question.id], live=live) for question in interview.questions]
    place = min(max(position, 1), count)
    question = interview.questions[place - 1]
    sent = sum(any(_is_sent(answer) for answer in mine) for mine in takes.values())
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
        sent_text=f"{sent} of {count} sent",
        all_sent=sent == count,
        rows=rows,
        asked=_asked(interview, question, takes[question.id], titles, live=live),
    )


def first_open(interview: InterviewView) -> int:
    """The number of the first question that has no answer and was not skipped, else 1."""
    answered = {answer.question_id for answer in interview.answers if _is_sent(answer)}
    for question in interview.questions:
        if question.id not in answered and not question.skipped:
            return question.position
    return 1


def ending_words(interview: InterviewView) -> str:
    """What the candidate should know before ending this interview."""
    count = len(interview.questions)
    answered = {answer.question_id for answer in interview.answers if _is_sent(answer)}
    unsent = {answer.question_id for answer in interview.answers if answer.status == "recording"}
    working = sum(_is_working(answer) for answer in interview.answers)
    left = count - len(answered | unsent)
    parts = []
    if left == 0 and not unsent:
        parts.append("Every question has an answer.")
    elif left:
        parts.append(f"{left} of {counted(count, 'question')} {_has(left)} no answer.")
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


def _is_sent(answer: AnswerSummary) -> bool:
    return answer.status != "recording"


def _is_working(answer: AnswerSummary) -> bool:
    return answer.status in WORKING


def _best(takes: list[AnswerSummary]) -> AnswerSummary | None:
    """The take that counts: the best scored one."""
    scored = [answer for answer in takes if answer.overall is not None]
    return max(scored, key=lambda answer: answer.overall or 0.0, default=None)


def _row(question: AskedQuestion, takes: list[AnswerSummary], *, live: bool) -> QuestionRow:
    row = QuestionRow(position=question.position, question_id=question.id, text=question.text)
    sent = [answer for answer in takes if _is_sent(answer)]
    if sent:
        row = replace(_told(row, sent, live=live), dot="done")
    elif takes:
        row = replace(row, mark="unsent", status="Not sent yet", answer_id=takes[-1].id)
    elif question.skipped:
        row = replace(row, mark="skipped", status="Skipped")
    return replace(row, spoken=f"Question {row.position}: {row.status or 'to come'}")


def _told(row: QuestionRow, sent: list[AnswerSummary], *, live: bool) -> QuestionRow:
    """The row with what the newest sent take, or the best one once that is done, has to say."""
    newest = sent[-1]
    row = replace(row, answer_id=newest.id, time_text=clock_words(newest.duration_seconds))
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
        return _working(row, newest)
    best = _best(sent)
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


def _asked(
    interview: InterviewView,
    question: AskedQuestion,
    takes: list[AnswerSummary],
    titles: dict[tuple[str, str | None], str],
    *,
    live: bool,
) -> Asked:
    sent = [answer for answer in takes if _is_sent(answer)]
    newest = sent[-1] if sent else None
    troubled = newest is not None and newest.status in {"failed", "needs_text"}
    best = _best(sent)
    score = None
    if newest is not None and newest.status == "done" and not live:
        score = ui.score_view(
            "This answer",
            best.overall if best else None,
            best.low if best else None,
            best.high if best else None,
            reason=_NO_SCORE,
        )
    unsent = takes[-1] if takes and not _is_sent(takes[-1]) else None
    take = unsent.take if unsent else max((answer.take for answer in takes), default=0) + 1
    track = titles.get((question.type, question.track), "") if question.track else ""
    return Asked(
        position=question.position,
        question_id=question.id,
        text=question.text,
        chips=[words for words in (track, (question.difficulty or "").capitalize()) if words],
        tips=[] if live else question.tips,
        guide_seconds=question.time_guide_seconds,
        take=take,
        take_label="Your answer" if take == 1 else f"Your answer, take {take}",
        closed=live and newest is not None and not troubled,
        score=score,
        draft=best.draft if best else False,
        result_href=f"/interview/{interview.id}/results#question-{question.position}",
        has_earlier=question.position > 1,
        has_later=question.position < len(interview.questions),
    )
