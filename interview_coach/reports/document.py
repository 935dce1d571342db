"""The report as plain data for the typesetter: every text ready to read, every number to draw.

What a candidate has written or said goes in as it is; the templates set it as text and never as
markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from textwrap import shorten
from typing import Any

from interview_coach import ui
from interview_coach.feedback.report import Report, Take
from interview_coach.feedback.views import AdviceView, QuestionView, ReportView, report_view
from interview_coach.feedback.views.advice import AdviceItem
from interview_coach.feedback.views.shapes import TakeView
from interview_coach.interviews.words import counted
from interview_coach.reports import method
from interview_coach.reports.timeline import timeline_of

# A transcript longer than this is cut in the report; the export has all of it.
MOST_WORDS = 4000
_SHORT_QUESTION = 54
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


def moment_of(report: Report) -> datetime:
    """The moment a report is dated with: that of its interview, so that its bytes stay the same."""
    interview = report.interview
    return (interview.started_at or interview.created_at).astimezone(UTC)


def document(report: Report, candidate: str) -> dict[str, Any]:
    """The whole report. candidate: the name on the cover, empty for none."""
    view = report_view(report)
    told = _told(report, view, candidate)
    return {**told, "cjk": _han_of(told)}


def _told(report: Report, view: ReportView, candidate: str) -> dict[str, Any]:
    head = view.head
    takes = {take.summary.id: take for take in report.takes}
    day = moment_of(report)
    return {
        "title": head.title,
        "candidate": candidate,
        "date": f"{day.day} {day:%B %Y}",
        "day": [day.year, day.month, day.day],
        "subtitle": head.subtitle,
        "status": head.status,
        "working": head.working,
        "draft": head.draft,
        "overall": asdict(head.overall),
        "lead": head.lead,
        "method": head.method,
        "scores": [asdict(score) for score in head.scores],
        "why": _why(head.why, head.overall) if head.why_shown else None,
        "parts": [asdict(part) for part in head.parts],
        "compared": _compared(view.questions),
        "advice": _advice(view.advice) if view.advice.shown else None,
        "answers": [_answer(question, takes) for question in view.questions],
        "about": method.about(report, view.advice.writer),
    }


def _han_of(told: dict[str, Any]) -> str:
    """Which forms Han letters get: Japanese or Korean ones where the report has their own letters
    too, else simplified Chinese."""
    text = json.dumps(told, ensure_ascii=False)
    if _KANA.search(text):
        return "JP"
    return "KR" if _HANGUL.search(text) else "SC"


def _why(why: ui.Waterfall, overall: ui.ScoreView) -> dict[str, Any]:
    rows = [
        {**asdict(row), "left": _percent(row.left), "width": _percent(row.width)}
        for row in why.rows
    ]
    told = ", ".join(f"{row.label} {row.points}" for row in why.rows)
    return {
        **asdict(why),
        "rows": rows,
        "end_left": _percent(why.end_left),
        "strong_left": _percent(why.strong_left),
        "band": overall.band,
        "spoken": f"From 100 down to {why.end_text}: {told}.",
    }


def _percent(css: str) -> float:
    return float(css.removesuffix("%"))


def _compared(questions: Sequence[QuestionView]) -> dict[str, Any] | None:
    """The answers beside each other; None where fewer than two have a score."""
    rows = [
        {
            "number": question.number,
            "text": shorten(question.text, _SHORT_QUESTION, placeholder=" ..."),
            **asdict(question.shown[0].score),
        }
        for question in questions
        if question.shown and question.shown[0].score.scored
    ]
    if len(rows) < 2:
        return None
    told = [
        f"question {row['number']}: {row['value_text']}"
        + (f", likely {row['range_text']}" if row["range_text"] else "")
        for row in rows
    ]
    return {"rows": rows, "spoken": f"Overall score of each answer. {'; '.join(told)}."}


def _advice(advice: AdviceView) -> dict[str, Any]:
    groups = (
        ("Strengths", "good", advice.strengths),
        ("Weaknesses", "mid", advice.weaknesses),
        ("Improvements", "accent", advice.improvements),
        ("Telling it as a story", "accent", advice.story),
    )
    return {
        "groups": [
            {"title": title, "kind": kind, "items": [_item(item) for item in items]}
            for title, kind, items in groups
            if items
        ],
        "drill": advice.drill,
        "drill_kicker": advice.drill_kicker,
        "writer": advice.writer,
        "problem": advice.problem,
        "problem_text": advice.problem_text,
    }


def _item(item: AdviceItem) -> dict[str, str]:
    return {
        "text": item.text,
        "quote": item.quote,
        "at": item.at_text,
        "measure": item.measure,
    }


def _answer(question: QuestionView, takes: dict[str, Take]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": question.number,
        "text": question.text,
        "gap": question.gap,
        "shown": None,
        "others": [
            {
                "title": row.title,
                "note": row.note,
                "score": asdict(row.score),
                "status": row.status,
            }
            for row in question.others
        ],
    }
    for view in question.shown:
        told["shown"] = _take(view, takes[view.answer_id])
    return told


def _take(view: TakeView, take: Take) -> dict[str, Any]:
    timeline = timeline_of(take)
    pieces, cut = _cut(view)
    return {
        "language": ((take.result or {}).get("metrics") or {}).get("language") or "en",
        "state": view.state,
        "status": view.status,
        "meta": view.meta,
        "problem_title": view.problem_title,
        "problem": view.problem,
        "draft": view.draft,
        "source": view.source,
        "sound_note": view.sound_note,
        "score": asdict(view.score),
        "scores": [asdict(score) for score in view.scores],
        "timeline": asdict(timeline) if timeline is not None else None,
        "pieces": pieces,
        "cut": cut,
        "marks": [asdict(mark) for mark in view.marks],
        "story": [asdict(point) for point in view.story] if view.has_story else [],
        "points": [asdict(point) for point in view.points],
        "points_note": view.points_note,
        "evidence": [asdict(group) for group in view.evidence],
        "measures": [asdict(row) for row in view.measures],
        "flags": view.flags,
        "not_scored": [asdict(row) for row in view.not_scored],
    }


def _cut(view: TakeView) -> tuple[list[dict[str, str]], str]:
    """The marked transcript up to the most a report holds, and a sentence when it was cut."""
    pieces: list[dict[str, str]] = []
    left = MOST_WORDS
    for place, piece in enumerate(view.pieces):
        words = piece.text.split(" ")
        if len(words) > left:
            pieces.append({"kind": piece.kind, "text": " ".join(words[:left])})
            rest = len(words) - left + sum(len(p.text.split()) for p in view.pieces[place + 1 :])
            more = counted(rest, "more word")
            return pieces, f"{more}, left out here: the export of the interview has them all."
        pieces.append({"kind": piece.kind, "text": piece.text})
        left -= len(piece.text.split())
    return pieces, ""
