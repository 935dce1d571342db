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

Hidden = Literal["name", "transcripts", "recordings", "scores", "feedback"]
HIDDEN: tuple[Hidden, ...] = ("name", "transcripts", "recordings", "scores", "feedback")
NOT_SHOWN = "not shown here"
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
    """Counts, times and levels stay; every place where words of the answer stand is emptied."""
    metrics = result.get("metrics") or {}
    fillers = [{**row, "text": ""} for row in metrics.get("fillers") or ()]
    star = result.get("star")
    return {
        **result,
        "metrics": {**metrics, "fillers": fillers},
        "star": star and {name: {**part, "quote": ""} for name, part in star.items()},
        "key_points": [{**point, "quote": ""} for point in result.get("key_points") or ()],
        "evidence": [],
        "flags": [],
        "judge": None,
        "not_scored": result.get("not_scored") or [],
    }
