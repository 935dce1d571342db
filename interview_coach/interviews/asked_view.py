"""The question in front of the candidate as the room shows it: help, score, points, follow-up and
what one waits for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from interview_coach import ui
from interview_coach.ai.words import FAILURES, name_of
from interview_coach.interviews.machine import may_follow
from interview_coach.interviews.models import WORKING
from interview_coach.interviews.schemas import AnswerSummary, AskedQuestion, InterviewView
from interview_coach.interviews.waits import (
    Waits,
    follow_up_words,
    hearing_words,
    writing_words,
)
from interview_coach.interviews.words import guide_seconds

_NO_SCORE = "the reason stands in the results"
_LEVELS = {
    "clear": ("good", "Said"),
    "thin": ("mid", "Touched"),
    # What was not said is no alarm: it is what the next take can hold.
    "missing": ("none", "Not said"),
    None: ("none", "Not measured"),
}


@dataclass(frozen=True)
class PointRow:
    """Something the question asks for. band: good, mid or none; word says the same."""

    text: str
    band: str
    word: str


@dataclass(frozen=True)
class Help:
    """Help with the question. tips, nudge: what was asked for so far; ask: the label of the next
    step, empty when there is none; step: its number."""

    tips: list[str] = field(default_factory=list)
    nudge: str = ""
    ask: str = ""
    step: int = 0


@dataclass(frozen=True)
class Asked:
    """The question in front of the candidate.

    take: number of the next take. closed: a live interview's answer that is sent and stays.
    score: of the best take, in practice mode; None before there is an analysis. points: what the
    newest take said of what is asked for. guide_seconds: 0 shows no clock. takes_up: the question
    a follow-up comes from. note: who worded it in whose place; can_ask_again: whether that engine
    may be asked once more. offer: the follow-up to this question that is open, with its id. wait:
    what one waits for and how long it may take.
    """

    position: int = 1
    question_id: str = ""
    text: str = ""
    chips: list[str] = field(default_factory=list)
    help: Help = field(default_factory=Help)
    guide_seconds: int = 120
    take: int = 1
    take_label: str = "Your answer"
    closed: bool = False
    score: ui.ScoreView | None = None
    scored: bool = False
    draft: bool = False
    points: list[PointRow] = field(default_factory=list)
    points_title: str = ""
    result_href: str = ""
    takes_up: str = ""
    note: str = ""
    can_ask_again: bool = False
    offer: str = ""
    offer_id: str = ""
    wait: str = ""
    has_earlier: bool = False
    has_later: bool = False


def level_words(level: str | None) -> tuple[str, str]:
    """The band and the word for how far something asked for was said; None is not measured."""
    return _LEVELS[level]


def is_sent(answer: AnswerSummary) -> bool:
    """Whether an answer is more than a recording under way."""
    return answer.status != "recording"


def best_of(takes: list[AnswerSummary]) -> AnswerSummary | None:
    """The take that counts: the best scored one."""
    scored = [answer for answer in takes if answer.overall is not None]
    return max(scored, key=lambda answer: answer.overall or 0.0, default=None)


def asked_view(
    interview: InterviewView,
    question: AskedQuestion,
    titles: dict[tuple[str, str | None], str],
    waits: Waits,
) -> Asked:
    """The question with all that is known of its answers."""
    live = interview.mode == "live"
    takes = [answer for answer in interview.answers if answer.question_id == question.id]
    sent = [answer for answer in takes if is_sent(answer)]
    newest = sent[-1] if sent else None
    troubled = newest is not None and newest.status in {"failed", "needs_text"}
    best = best_of(sent)
    done = newest is not None and newest.status in {"done", "writing"} and not live
    unsent = takes[-1] if takes and not is_sent(takes[-1]) else None
    take = unsent.take if unsent else max((answer.take for answer in takes), default=0) + 1
    offer = None if live else _open_follow_up(interview, question)
    return Asked(
        position=question.position,
        question_id=question.id,
        text=question.text,
        chips=_chips(question, titles),
        help=Help() if live else _help(question),
        guide_seconds=guide_seconds(question.time_guide_seconds, interview.patience),
        take=take,
        take_label="Your answer" if take == 1 else f"Your answer, take {take}",
        closed=live and newest is not None and not troubled,
        score=_score(best) if done and question.follow_up_to is None else None,
        scored=done,
        draft=best.draft if best else False,
        points=_points(newest) if done else [],
        points_title=_points_title(newest, question) if done else "",
        result_href=f"/interview/{interview.id}/results#question-{question.position}",
        takes_up=_takes_up(interview, question),
        note=_note(question),
        can_ask_again=bool(question.passed) and not question.asking and not takes,
        offer=offer.text if offer else "",
        offer_id=offer.id if offer else "",
        wait=_wait(interview, question, newest, waits),
        has_earlier=question.position > 1,
        has_later=question.position < len(interview.questions),
    )


def _chips(question: AskedQuestion, titles: dict[tuple[str, str | None], str]) -> list[str]:
    if question.follow_up_to is not None:
        return ["Follow-up"]
    track = titles.get((question.type, question.track), "") if question.track else ""
    return [words for words in (track, (question.difficulty or "").capitalize()) if words]


def _help(question: AskedQuestion) -> Help:
    ask = ""
    if question.hints < question.hint_steps:
        ask = "Show a hint" if question.hints == 0 else "One more hint"
    return Help(
        tips=question.tips if question.hints else [],
        nudge=question.nudge or "",
        ask=ask,
        step=question.hints + 1,
    )


def _score(best: AnswerSummary | None) -> ui.ScoreView:
    return ui.score_view(
        "This answer",
        best.overall if best else None,
        best.low if best else None,
        best.high if best else None,
        reason=_NO_SCORE,
    )


def _points(newest: AnswerSummary | None) -> list[PointRow]:
    if newest is None:
        return []
    return [PointRow(row.text, *level_words(row.level)) for row in newest.points or []]


def _points_title(newest: AnswerSummary | None, question: AskedQuestion) -> str:
    rows = (newest.points if newest else None) or []
    if not rows:
        return ""
    if question.follow_up_to is not None:
        return "What this asked for"
    said = sum(row.level == "clear" for row in rows)
    return f"Key points: {said} of {len(rows)} said"


def _takes_up(interview: InterviewView, question: AskedQuestion) -> str:
    parent = next((row for row in interview.questions if row.id == question.follow_up_to), None)
    return f"To question {parent.position}: {parent.text}" if parent else ""


def _note(question: AskedQuestion) -> str:
    if question.asking:
        return "An engine is being asked for another wording. You can answer this one meanwhile."
    if not question.passed:
        return ""
    told = "; ".join(
        f"{name_of(row['engine'], first=not place)} {FAILURES.get(row['kind'], 'gave nothing')}"
        for place, row in enumerate(question.passed)
    )
    return f"{told}. This is the {question.engine} engine's question."


def _open_follow_up(interview: InterviewView, question: AskedQuestion) -> AskedQuestion | None:
    answered = {answer.question_id for answer in interview.answers}
    for row in interview.questions:
        if row.follow_up_to == question.id and row.id not in answered and not row.skipped:
            return row
    return None


def _wait(
    interview: InterviewView,
    question: AskedQuestion,
    newest: AnswerSummary | None,
    waits: Waits,
) -> str:
    """What happens to the newest take, what comes of it, and how long that may take."""
    if newest is None or newest.status not in WORKING:
        return ""
    links = {row.id: row.follow_up_to for row in interview.questions}
    follows = may_follow(
        links,
        question.id,
        wanted=interview.follow_ups,
        status=interview.status,
        patience=interview.patience,
    )
    live = interview.mode == "live"
    if newest.status == "writing":
        told = [] if live else [f"Feedback is being worded. {writing_words(waits)}"]
        if follows and waits.engine:
            told.append(f"A follow-up question is being thought of. {follow_up_words(waits)}")
        return " ".join(told)
    told = [step_words(newest, waits)]
    if follows:
        after = f" {follow_up_words(waits)}" if waits.engine else ""
        told.append(f"Then a follow-up question comes.{after}")
    elif live:
        return ""
    return " ".join(told)


def step_words(answer: AnswerSummary, waits: Waits) -> str:
    """The step an analysis is at before its words are written, and how long it may take."""
    if answer.status == "scoring" or answer.kind == "typed":
        return "The answer is being scored, which takes a moment."
    if answer.status == "uploaded":
        return f"Waits for its turn to be heard. {hearing_words(waits, answer.duration_seconds)}"
    return f"The words are being recognised. {hearing_words(waits, answer.duration_seconds)}"
