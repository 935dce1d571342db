"""The advice on an interview as the results page shows it: each item with its proof."""

from __future__ import annotations

from dataclasses import dataclass, field

from interview_coach.ai.words import name_of
from interview_coach.feedback.report import Report
from interview_coach.feedback.schemas import FeedbackItem, InterviewFeedback
from interview_coach.feedback.views.engines import problem_words, working_words
from interview_coach.interviews.words import clock_words


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
    working, working_text = "", ""
    if told.status == "working":
        working, working_text = working_words(report.writer)
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
