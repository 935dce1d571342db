"""A report without what its owner hides. What is hidden is taken out of the data themselves, so
that it is in no page, no state and no answer made from them.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Literal

from interview_coach.feedback.report import Report, Take
from interview_coach.feedback.schemas import InterviewFeedback
from interview_coach.interviews.schemas import AskedQuestion

Hidden = Literal["name", "transcripts", "recordings", "scores", "feedback"]
HIDDEN: tuple[Hidden, ...] = ("name", "transcripts", "recordings", "scores", "feedback")
NOT_SHOWN = "not shown here"
FOLLOW_UP = "A follow-up question, not shown here: it repeats what was said."
_WORDLESS = ("algorithm", "scores", "interval", "intervals", "not_scored", "parts")
_PLACED = ("found", "level", "coverage", "start", "end")
_NAMED = ("language", "relevance_engine", "tone")
_SCORES = ("overall", "fluency", "confidence", "clarity", "content")


def in_full(hidden: Collection[str]) -> frozenset[str]:
    """What is hidden, with what would tell it all the same: recordings are the words, and advice
    quotes them."""
    told = frozenset(hidden)
    return told | {"recordings", "feedback"} if "transcripts" in told else told


def without(report: Report, hidden: Collection[str]) -> Report:
    """The report without what is hidden, and without the id of its interview."""
    left_out = in_full(hidden)
    takes = tuple(_take(take, left_out) for take in report.takes)
    interview = report.interview.model_copy(
        update={
            "id": "",
            "answers": [take.summary for take in takes],
            "questions": [_question(row, left_out) for row in report.interview.questions],
            "overall_score": None if "scores" in left_out else report.interview.overall_score,
        }
    )
    feedback = report.feedback
    if "feedback" in left_out:
        feedback = InterviewFeedback(status="none", engine=None)
    return Report(interview, takes, report.algorithm, feedback)


def _take(take: Take, left_out: frozenset[str]) -> Take:
    result, summary = take.result, take.summary
    if "scores" in left_out:
        summary = summary.model_copy(update={"overall": None, "low": None, "high": None})
        result = None if result is None else _without_scores(result)
    if "transcripts" in left_out:
        result = None if result is None else _without_words(result)
        take = replace(take, transcript="", words=None)
    if "recordings" in left_out:
        take = replace(take, sound=False)
    return replace(take, summary=summary, result=result)


def _without_scores(result: dict[str, Any]) -> dict[str, Any]:
    return {
        **result,
        "scores": dict.fromkeys(_SCORES),
        "interval": None,
        "intervals": dict.fromkeys(_SCORES),
        "parts": [],
        "not_scored": [{"score": name, "reason": NOT_SHOWN} for name in _SCORES],
        "judge": None,
    }


def _without_words(result: dict[str, Any]) -> dict[str, Any]:
    """Scores, counts, times and levels. What is not named here may hold words of the answer, so
    that a part that is added to results stays hidden until somebody has looked at it."""
    told = {name: result[name] for name in _WORDLESS if name in result}
    star = result.get("star")
    return {
        **told,
        "metrics": _figures(result.get("metrics") or {}),
        "star": star and {name: _place(part) for name, part in star.items()},
        "key_points": [
            {**_place(point), "text": point["text"]} for point in result.get("key_points") or ()
        ],
        "evidence": [],
        "flags": [],
    }


def _place(part: dict[str, Any]) -> dict[str, Any]:
    """How much of it was said and when, without what."""
    return {name: part[name] for name in _PLACED if name in part} | {"quote": ""}


def _figures(metrics: dict[str, Any]) -> dict[str, Any]:
    """The numbers, how they were come by, and the fillers without their words."""
    figures = {
        name: value
        for name, value in metrics.items()
        if value is None or isinstance(value, bool | int | float) or name in _NAMED
    }
    fillers = [{**row, "text": ""} for row in metrics.get("fillers") or ()]
    return {**figures, "fillers": fillers}


def _question(question: AskedQuestion, left_out: frozenset[str]) -> AskedQuestion:
    """A follow-up takes up what was said, so it goes with the words."""
    if "transcripts" not in left_out or question.follow_up_to is None:
        return question
    return question.model_copy(update={"text": FOLLOW_UP, "quote": None, "start": None})
