"""The report of an interview as Markdown, to be read as it stands or turned into something else.

What a candidate or an engine has written is escaped: it stays text in whatever reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from interview_coach.feedback.report import Report
from interview_coach.feedback.views import AdviceView, report_view
from interview_coach.feedback.views.advice import AdviceItem
from interview_coach.feedback.views.shapes import PartRow, PointView, QuestionView, TakeView
from interview_coach.reports import method
from interview_coach.reports.document import moment_of
from interview_coach.ui.verdict import ScoreView

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$]|:(?=//))")
# These begin something only where a line begins.
_BEGINS = re.compile(r"^([-+=#]|\d+(?=[.)]))")
_SPOKEN_MARKS = {"pause", "probable"}


def plain(text: str) -> str:
    """Somebody's words on one line, with every letter escaped that Markdown or HTML would read."""
    told = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _BEGINS.sub(lambda found: _escaped(found.group()), told)


def _escaped(begin: str) -> str:
    """`1` before a full stop cannot be escaped itself: the stop would then be."""
    return f"{begin}\\" if begin[0].isdigit() else f"\\{begin}"


def markdown_of(report: Report, candidate: str) -> str:
    """The whole report. candidate: the name at its head, empty for none."""
    return "\n".join(_lines(report, candidate)) + "\n"


def _lines(report: Report, candidate: str) -> Iterator[str]:
    view = report_view(report)
    head = view.head
    day = moment_of(report)
    yield f"# {plain(head.title)}, {day.day} {day:%B %Y}"
    yield ""
    if candidate:
        yield f"{plain(candidate)}  "
    yield plain(head.subtitle)
    for told in (head.status, head.working):
        if told:
            yield f"\n> {plain(told)}"
    yield "\n## Scores\n"
    yield from _table(
        ("Score", "Value", "Likely", "Verdict"),
        [(each.name, each.value_text, each.range_text or "-", each.word) for each in head.scores],
    )
    yield f"\n{plain(head.lead)}"
    if view.advice.shown:
        yield from _advice(view.advice)
    for question in view.questions:
        yield from _question(question)
    yield from _about(report, view.advice.writer, head.parts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(plain(cell) for cell in row)} |"


def _advice(advice: AdviceView) -> Iterator[str]:
    yield "\n## Feedback\n"
    yield f"**{plain(advice.drill_kicker)}:** {plain(advice.drill)}"
    for title, items in (
        ("Strengths", advice.strengths),
        ("Weaknesses", advice.weaknesses),
        ("Improvements", advice.improvements),
        ("Telling it as a story", advice.story),
    ):
        if items:
            yield f"\n### {title}\n"
            yield from (f"- {_item(item)}" for item in items)
    yield f"\n{plain(advice.writer)}"
    if advice.problem:
        yield f"\n> {plain(advice.problem)}. {plain(advice.problem_text)}"


def _item(item: AdviceItem) -> str:
    proof = f'"{plain(item.quote)}"' if item.quote else plain(item.measure)
    told = ", ".join(part for part in (proof, plain(item.at_text)) if part)
    return f"{plain(item.text)} ({told})"


def _question(question: QuestionView) -> Iterator[str]:
    yield f"\n## Question {question.number}: {plain(question.text)}\n"
    if question.gap:
        yield f"{question.gap}."
    for take in question.shown:
        yield from _take(take)
    if question.others:
        yield "\n### Other takes\n"
        for row in question.others:
            yield f"- {row.title}: {plain(row.status or _score(row.score))}"


def _score(score: ScoreView) -> str:
    if not score.scored:
        return score.word
    likely = f", likely {score.range_text}" if score.range_text else ""
    return f"{score.value_text}{likely}"


def _take(take: TakeView) -> Iterator[str]:
    if take.status:
        yield f"> {plain(take.status)}. {plain(take.problem)}\n"
    if take.measures:
        told = [f"{each.name} {_score(each)}" for each in (take.score, *take.scores)]
        yield f"{plain('; '.join(told))}."
    if take.pieces:
        words = "".join(piece.text for piece in take.pieces if piece.kind not in _SPOKEN_MARKS)
        yield f"\n> {plain(words)}"
        yield f"\nWords: {plain(take.source)}." if take.source else ""
    for title, points in (("Story", take.story), ("Key points", take.points)):
        if points:
            yield f"\n### {title}\n"
            yield from _points(points)
    if take.measures:
        yield "\n### Measures\n"
        yield from _table(
            ("Measure", "Value", "Note"),
            [(row.label, row.value, row.note) for row in take.measures],
        )


def _points(points: Sequence[PointView]) -> Iterator[str]:
    for point in points:
        quotes = "".join(
            f' "{plain(quote.text)}"' + (f" at {plain(quote.at_text)}" if quote.at_text else "")
            for quote in point.quotes
        )
        yield f"- {plain(point.text)}: {point.word.lower()}.{quotes}"


def _about(report: Report, writer: str, parts: Sequence[PartRow]) -> Iterator[str]:
    about: dict[str, Any] = method.about(report, writer)
    yield "\n## How this report came about\n"
    yield from (f"- {plain(line)}" for line in about["formula"])
    if parts:
        yield "\n### Every part\n"
        yield from _table(
            ("Score", "Part", "Measure", "Weight", "Value", "Points"),
            [(r.group, r.label, r.measure, r.weight, r.value, r.points) for r in parts],
        )
    yield "\n### Versions and engines\n"
    yield from (f"- {row['name']}: {plain(row['text'])}" for row in about["versions"])
    yield "\n### What cannot be claimed\n"
    yield from (f"- {plain(line)}" for line in about["cannot"])
