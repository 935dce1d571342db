"""An answer to a follow-up: what of what was asked for it holds, and what it adds to the answer
before. It gets no score of its own and changes none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interview_coach.feedback.follow_ups.choosing import vocabulary
from interview_coach.feedback.models import Analysis
from interview_coach.feedback.text_models import scored
from interview_coach.scoring import Question, Spoken

NOT_SCORED = "a follow-up asks for one thing only, so it has no score"
# What is looked for in a whole story is not expected of a reply.
_OF_A_STORY = frozenset({"situation", "task", "action", "result", "key_point"})


@dataclass(frozen=True, slots=True)
class Thread:
    """What led to a question. first: the question all began with, as the scorer takes it. kinds:
    of the follow-ups asked since. said: what was answered before, oldest first."""

    first: Question
    kinds: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def settle(analysis: Analysis, thread: Thread) -> dict[str, Any]:
    """Take the scores out of the analysis of a reply and put in what it adds.

    Returns the answer object of all that was said so far, which decides whether something is
    still lacking.
    """
    reply = analysis.result
    before = scored(thread.first, _typed(" ".join(thread.said)))
    joined = scored(thread.first, _typed(" ".join([*thread.said, analysis.transcript])))
    names = list(reply["scores"])
    reply.update(
        scores=dict.fromkeys(names),
        interval=None,
        intervals=dict.fromkeys(names),
        parts=[],
        key_points=[],
        star=None,
        evidence=[row for row in reply["evidence"] if row["criterion"] not in _OF_A_STORY],
        not_scored=[{"score": name, "reason": NOT_SCORED} for name in names],
        follow_up={
            **_given(thread.kinds[-1], reply, joined),
            "points": _points(before, joined) if thread.said else None,
        },
    )
    analysis.overall = None
    return joined


def points_of(result: dict[str, Any]) -> list[dict[str, Any]]:
    """What a question asks for and whether it was said, without any word of the candidate."""
    follow_up = result.get("follow_up")
    if follow_up is not None:
        return [{"text": asked_for(follow_up["kind"]), "level": follow_up["level"]}]
    return [{"text": row["text"], "level": row["level"]} for row in result["key_points"]]


def asked_for(kind: str) -> str:
    """What a follow-up of this kind asks for."""
    return str(vocabulary()[kind]["asks"])


def _typed(text: str) -> Spoken:
    return Spoken(text)


def _given(kind: str, reply: dict[str, Any], joined: dict[str, Any]) -> dict[str, Any]:
    """Whether the reply holds what was asked for. level: None where that cannot be measured."""
    found: dict[str, Any] = {"kind": kind, "level": None, "quote": None, "start": None}
    if kind == "quantify":
        numbers = [row for row in reply["evidence"] if row["criterion"] == "number"]
        found["level"] = "clear" if numbers else "missing"
        if numbers:
            found.update(quote=numbers[0]["quote"], start=numbers[0]["start"])
    elif kind == "clarify" and reply.get("star"):
        own = reply["star"]["action"]
        found.update(level=own["level"], quote=own["quote"], start=own["start"])
    elif kind == "what_happened" and joined.get("star"):
        found["level"] = joined["star"]["result"]["level"]
    return found


def _points(before: dict[str, Any], joined: dict[str, Any]) -> dict[str, int]:
    """How many key points of the first question were met before the reply, and are with it."""
    return {
        "before": _met(before),
        "with": max(_met(before), _met(joined)),
        "of": len(joined["key_points"]),
    }


def _met(result: dict[str, Any]) -> int:
    return sum(row["level"] == "clear" for row in result["key_points"])
