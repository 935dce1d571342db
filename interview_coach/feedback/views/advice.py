"""The advice on an interview as the results page shows it: each item with its proof."""

from __future__ import annotations

from dataclasses import dataclass, field

from interview_coach.ai.words import FAILURES, name_of
from interview_coach.feedback.report import Report
from interview_coach.feedback.schemas import FeedbackItem, InterviewFeedback
from interview_coach.interviews.words import clock_words

_MEANWHILE = "What stands here holds meanwhile, and this page fills in by itself."
_NOBODY_ELSE = (
    "No language engine can be asked right now: each has failed several times just now or has no "
    "budget left. What stands here is complete without them."
)


@dataclass(frozen=True)
class AdviceItem:
    """One item. quote: without its marks; at_text and at_href: question and second it was said
    at, empty when typed; measure: the figure it rests on, shown where nothing is quoted."""

    text: str
    quote: str
    at_text: str
    at_href: str
    measure: str


@dataclass(frozen=True)
class AdviceView:
    """All advice. shown: whether there is any; writer: who wrote it. working: what is being done
    now, working_text: for how long, empty when nothing is. problem: what was used instead of an
    engine that failed, problem_text: what happened, empty when none did."""

    shown: bool = False
    working: str = ""
    working_text: str = ""
    strengths: list[AdviceItem] = field(default_factory=list)
    weaknesses: list[AdviceItem] = field(default_factory=list)
    improvements: list[AdviceItem] = field(default_factory=list)
    story: list[AdviceItem] = field(default_factory=list)
    drill: str = ""
    drill_kicker: str = ""
    drill_href: str = ""
    writer: str = ""
    problem: str = ""
    problem_text: str = ""


def advice_view(report: Report) -> AdviceView:
    """The advice of a report; nothing to show before anything could be scored."""
    told = report.feedback
    if told.engine is None or told.next_drill is None:
        return AdviceView()
    numbers = {row.id: row.position for row in report.interview.questions}
    places = {take.summary.id: numbers.get(take.summary.question_id, 0) for take in report.takes}
    working, working_text = _working(report)
    problem, problem_text = problem_words(told)
    return AdviceView(
        shown=True,
        working=working,
        working_text=working_text,
        strengths=[_item(item, places, report.interview.id) for item in told.strengths],
        weaknesses=[_item(item, places, report.interview.id) for item in told.weaknesses],
        improvements=[_item(item, places, report.interview.id) for item in told.improvements],
        story=[_item(item, places, report.interview.id) for item in told.star_suggestions],
        drill=told.next_drill["text"],
        drill_kicker=_kicker(told, places),
        drill_href=f"#question-{places.get(told.next_drill['answer_id'], 1)}",
        writer=_writer(told),
        problem=problem,
        problem_text=problem_text,
    )


def _working(report: Report) -> tuple[str, str]:
    """What is being done, and how long it may take."""
    writer = report.writer
    if report.feedback.status != "working":
        return "", ""
    if writer is None:
        return (
            "More advice follows",
            f"Another answer is still being analysed. {_MEANWHILE}",
        )
    if writer.engine == "local":
        return "The local engine writes", _NOBODY_ELSE
    name = name_of(writer.engine, first=True)
    usual = "It usually takes under a minute"
    if writer.low is not None and writer.high is not None:
        usual = f"Lately that took {_span(writer.low, writer.high)}"
    told = f"{usual}, and is given up after {writer.most:.0f} seconds. {_MEANWHILE}"
    return f"{name} is writing more advice", told


def _span(low: float, high: float) -> str:
    least, most = max(1, round(low)), max(1, round(high))
    if least == most:
        return "about a second" if least == 1 else f"about {least} seconds"
    return f"{least} to {most} seconds"


def _item(item: FeedbackItem, places: dict[str, int], interview_id: str) -> AdviceItem:
    number = places.get(item.answer_id, 0)
    at = f"Question {number}"
    if item.start is not None:
        at = f"{at}, {clock_words(item.start)}"
    return AdviceItem(
        text=item.text,
        quote=item.quote or "",
        at_text=at,
        at_href=f"#question-{number}" if item.start is None else _place(interview_id, item),
        measure="" if item.quote or not item.measure or item.measure in item.text else item.measure,
    )


def _place(interview_id: str, item: FeedbackItem) -> str:
    """The second of a quote on the page of its answer, where it can be heard."""
    return f"/interview/{interview_id}/answer/{item.answer_id}?at={item.start:g}"


def _kicker(told: InterviewFeedback, places: dict[str, int]) -> str:
    drill = told.next_drill or {}
    number = places.get(drill.get("answer_id", ""), 0)
    return f"Your one next drill, {drill.get('seconds')} seconds, question {number}"


def _writer(told: InterviewFeedback) -> str:
    if told.engine == "local":
        return (
            "Written on this machine from the measures and quotes of your answers, without a "
            "language model."
        )
    names = [name_of(name) for name in told.engines if name != "local"]
    mixed = " and, for some answers, on this machine" if "local" in told.engines else ""
    return f"Worded by {' and '.join(names)}{mixed}. Every quote was looked up in the transcript."


def problem_words(told: InterviewFeedback) -> tuple[str, str]:
    """What was used instead of engines that gave nothing, and why they did not; empty when none
    failed."""
    if not told.passed:
        return "", ""
    names = [name_of(name) for name in told.engines]
    used = " and ".join(names) or name_of("local")
    failed = [f"{name_of(item.engine)} {FAILURES[item.kind]}" for item in told.passed]
    first = "; ".join(failed)
    return (
        f"Written by {used} instead" if len(names) < 2 else "Partly written by another engine",
        f"{first[:1].upper()}{first[1:]}. The words below are those of {used}.",
    )
