"""The page of one answer as it is shown: its head, its take and the advice on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interview_coach.feedback.advice.shapes import Advice, Item
from interview_coach.feedback.answer_report import AnswerReport
from interview_coach.feedback.ledger_schemas import ClaimItem, LedgerView
from interview_coach.feedback.views.answer import length_of, source_of, take_view
from interview_coach.feedback.views.engines import problem_words, working_words
from interview_coach.feedback.views.shapes import TakeView
from interview_coach.feedback.views.takes import Comparison, comparison
from interview_coach.interviews.words import clock_words, counted
from interview_coach.questions.service import titles


@dataclass(frozen=True)
class AdviceLine:
    """One piece of advice. kind: good, mid or accent. at_text: empty where nothing can be heard
    or is quoted; measure: the figure it rests on, shown where nothing is quoted and no line before
    has it; later: folded away: what is quoted, then what weighs most, stands in the open."""

    kind: str
    text: str
    quote: str
    seconds: float
    at_text: str
    measure: str
    later: bool


@dataclass(frozen=True)
class AnswerHead:
    """The head of the page. timeline_src: empty where there is nothing to show over time.

    not_drawn: why the sound is not drawn, empty when it is; revision changes when the timeline
    must be read again. room_href: where the next take is recorded while the interview runs;
    can_try_here: whether it is recorded here, after its end. can_undo: whether the words are a
    correction of recognised ones. working, working_text: which engine is asked now and for how
    long; problem, problem_text: what was used instead of one that failed, and why. Both are empty
    where there is none.
    """

    title: str = ""
    kind: str = ""
    place: str = ""
    take: str = ""
    extent: str = ""
    source: str = ""
    results_href: str = ""
    timeline_src: str = ""
    revision: str = ""
    not_drawn: str = ""
    can_be_drawn: bool = False
    can_undo: bool = False
    room_href: str = ""
    can_try_here: bool = False
    interview_id: str = ""
    question_id: str = ""
    guide_seconds: int = 120
    next_take: int = 1
    counts: str = ""
    drill: str = ""
    drill_seconds: str = ""
    later: str = ""
    copied: str = ""
    working: str = ""
    working_text: str = ""
    problem: str = ""
    problem_text: str = ""


@dataclass(frozen=True)
class AnswerPage:
    """The whole page; take: one, or none before anything is loaded."""

    head: AnswerHead = field(default_factory=AnswerHead)
    take: list[TakeView] = field(default_factory=list)
    advice: list[AdviceLine] = field(default_factory=list)
    compared: list[Comparison] = field(default_factory=list)


def answer_page(report: AnswerReport, compare_with: str = "") -> AnswerPage:
    """The page of an answer. compare_with: the take wanted beside it."""
    take, interview = report.take, report.interview
    view = take_view(take, report.question, interview_id=interview.id, takes=len(report.takes))
    advice = report.advice.get(take.summary.id)
    lines = _lines(advice, audible=bool(view.audio_src)) if advice else []
    spoken = take.summary.kind == "spoken" and view.state != "recording"
    missing = report.not_drawn
    words = (take.result or {}).get("metrics", {}).get("words")
    length = [length_of(take)] if spoken else []
    working = working_text = problem = problem_text = ""
    if report.writer is not None:
        working, working_text = working_words(report.writer)
    else:
        problem, problem_text = problem_words(report.authors)
    head = AnswerHead(
        title=report.question.text,
        kind=f"{titles()[interview.type, None]} interview",
        place=f"Question {report.question.position} of {len(interview.questions)}",
        take=f"Take {take.summary.take} of {_sent(report)}",
        extent=", ".join([*length, counted(words, "word")] if words else length),
        source=source_of(take),
        results_href=f"/interview/{interview.id}/results",
        timeline_src=f"/api/v1/interviews/{interview.id}/answers/{take.summary.id}/timeline"
        if spoken and take.result is not None
        else "",
        revision=f"{take.version}-{missing is None}",
        not_drawn=missing.reason if missing is not None and spoken else "",
        room_href=f"/interview/{interview.id}?q={report.question.position}"
        if interview.mode == "practice" and interview.status in {"in_progress", "paused"}
        else "",
        can_try_here=interview.mode == "practice" and interview.status == "completed",
        interview_id=interview.id,
        question_id=report.question.id,
        guide_seconds=report.question.time_guide_seconds,
        next_take=_next_take(report),
        counts=_counts(report),
        can_undo=take.corrected and take.engine is not None and view.state == "done",
        can_be_drawn=missing is not None and missing.can_be_drawn,
        drill=advice.next_drill.text if advice else "",
        drill_seconds=f"Your one next drill, {advice.next_drill.seconds} seconds" if advice else "",
        later=_later(lines),
        copied=_copied(report.question.text, view, lines, advice),
        working=working,
        working_text=working_text,
        problem=problem,
        problem_text=problem_text,
    )
    return AnswerPage(head, [view], lines, comparison(report, compare_with))


def _sent(report: AnswerReport) -> int:
    """How many takes there are; one that is still being recorded counts on its own page only."""
    return sum(one.summary.status != "recording" or one is report.take for one in report.takes)


def _next_take(report: AnswerReport) -> int:
    """The number of the take that is recorded next, or is being recorded now."""
    last = report.takes[-1].summary
    return last.take if last.status == "recording" else last.take + 1


def _counts(report: AnswerReport) -> str:
    """Which take counts in the interview, where there are several."""
    if len(report.takes) < 2:
        return ""
    best = next((one for one in report.takes if one.counted), None)
    if best is None:
        return "No take could be scored, so none counts."
    return f"Take {best.summary.take} counts in the interview: the best one does. All are kept."


def _lines(advice: Advice, *, audible: bool) -> list[AdviceLine]:
    """Strengths, then weaknesses, then improvements and what the story misses; nothing twice."""
    found: dict[str, AdviceLine] = {}
    told: set[tuple[bool, str]] = set()
    parts: tuple[tuple[str, Sequence[Item]], ...] = (
        ("good", advice.strengths),
        ("mid", advice.weaknesses),
        ("accent", [*advice.improvements, *advice.star_suggestions]),
    )
    for kind, items in parts:
        new = {item.text: item for item in items if item.text not in found}
        first = sorted(new, key=lambda text: new[text].quote is None)[:_SHOWN_OF_A_KIND]
        for text, item in new.items():
            heard = audible and item.quote is not None and item.start is not None
            later = text not in first
            measure = item.measure or "" if item.quote is None else ""
            if measure in text or (later, measure) in told:
                measure = ""
            told.add((later, measure))
            found[text] = AdviceLine(
                kind=kind,
                text=text,
                quote=item.quote or "",
                seconds=item.start or 0.0,
                at_text=clock_words(item.start) if heard else "",
                measure=measure,
                later=later,
            )
    return list(found.values())


def _later(lines: Sequence[AdviceLine]) -> str:
    """The label of what is folded away; empty where nothing is."""
    count = sum(line.later for line in lines)
    return f"{count} more" if count else ""


@dataclass(frozen=True)
class NumberLine:
    """A number of the answer. band: good, mid or none with its word. other_href: the other answer,
    at its second; empty where there is none."""

    quote: str
    seconds: float
    at_text: str
    band: str
    word: str
    other_quote: str
    other_href: str


def number_lines(ledger: LedgerView) -> list[NumberLine]:
    """The numbers of an answer with one other place each: a differing one first."""
    return [_number(item) for item in ledger.items]


def _number(item: ClaimItem) -> NumberLine:
    band, word = _STANDINGS[item.standing]
    place = min(item.others, key=lambda one: one.same, default=None)
    href = ""
    if place is not None:
        at = "" if place.start is None else f"?at={place.start:g}"
        href = f"/interview/{place.interview_id}/answer/{place.answer_id}{at}"
    if place is not None and not place.same:
        word = f"You said {item.quote} here and {place.quote} in another answer"
    return NumberLine(
        quote=item.quote,
        seconds=item.start or 0.0,
        at_text="" if item.start is None else clock_words(item.start),
        band=band,
        word=word,
        other_quote=place.sentence if place is not None else "",
        other_href=href,
    )


_STANDINGS = {
    "first": ("none", "Said here for the first time"),
    "same": ("good", "The same in another answer"),
    "differs": ("mid", ""),
}
_SHOWN_OF_A_KIND = 3
_HEADS = {"good": "Strong", "mid": "Weak", "accent": "To do"}


def _copied(
    question: str, view: TakeView, lines: Sequence[AdviceLine], advice: Advice | None
) -> str:
    """The feedback as plain text, to paste elsewhere."""
    if advice is None:
        return ""
    told = [question, ""]
    if view.score.scored:
        told += [f"{view.score.value_text} of 100, likely {view.score.range_text}", ""]
    for kind, head in _HEADS.items():
        told.append(head)
        for line in lines:
            if line.kind == kind:
                proof = f' ("{line.quote}")' if line.quote else ""
                told.append(f"- {line.text}{proof}")
        told.append("")
    told.append(f"Next drill, {advice.next_drill.seconds} seconds: {advice.next_drill.text}")
    return "\n".join(told)
