"""What is told about an interview while it goes on: the events, their order, and what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from interview_coach.feedback import repository, waiting
from interview_coach.feedback.models import Analysis
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import WORKING, Interview
from interview_coach.interviews.schemas import AnswerSummary, InterviewView

STATE = "interview:state"
PROGRESS = "answer:progress"
TRANSCRIPT = "answer:transcript"
FEEDBACK = "answer:feedback"
OVERALL = "interview:feedback"
ERROR = "error"
_IN_WORK = frozenset(WORKING)
Payload = dict[str, Any]
Event = tuple[str, Payload]


@dataclass(frozen=True, slots=True)
class AnswerNews:
    """All that can be told of one take; None where there is nothing yet."""

    progress: Payload
    transcript: Payload | None
    feedback: Payload | None

    @property
    def in_work(self) -> bool:
        """Whether an analysis of it is under way or waits."""
        return self.progress["status"] in _IN_WORK

    def whole(self) -> Payload:
        """All of it as one object."""
        return {**self.progress, "transcript": self.transcript, "feedback": self.feedback}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that can be told of an interview at one moment. version: a digest of it."""

    state: Payload
    answers: tuple[AnswerNews, ...]
    overall: Payload | None
    version: str

    @property
    def in_work(self) -> bool:
        """Whether an answer is being worked on."""
        return any(answer.in_work for answer in self.answers)

    def whole(self) -> Payload:
        """All of it as one object, as `interview:sync` answers."""
        return {
            "interview_id": self.state["interview_id"],
            "version": self.version,
            "state": self.state,
            "answers": [answer.whole() for answer in self.answers],
            "feedback": self.overall,
        }


class Told:
    """What one listener has been told of one interview."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], Payload] = {}

    def news(self, snapshot: Snapshot) -> list[Event]:
        """What it has not been told yet, in the order of telling; counts as told from now on.

        While an answer is being worked on, its words and scores are those of the analysis before:
        they wait until it is settled.
        """
        found = []
        for event in _in_order(snapshot, settled_only=True):
            if self._said.get(_key(event)) != event[1]:
                self._said[_key(event)] = event[1]
                found.append(event)
        return found

    def all_of(self, snapshot: Snapshot) -> None:
        """It has just been told everything."""
        for event in _in_order(snapshot, settled_only=False):
            self._said[_key(event)] = event[1]


def _in_order(snapshot: Snapshot, *, settled_only: bool) -> Iterator[Event]:
    yield STATE, snapshot.state
    for answer in snapshot.answers:
        yield PROGRESS, answer.progress
        if settled_only and answer.in_work:
            continue
        if answer.transcript is not None:
            yield TRANSCRIPT, answer.transcript
        if answer.feedback is not None:
            yield FEEDBACK, answer.feedback
    if snapshot.overall is not None:
        yield OVERALL, snapshot.overall


def _key(event: Event) -> tuple[str, str]:
    return event[0], str(event[1].get("answer_id", ""))


def read_snapshot(session: Session, user_id: str, interview_id: str) -> Snapshot:
    """All that can be told of this user's interview now; 404 when there is none."""
    interview = interviews.find(session, user_id, interview_id)
    view = interviews.view(session, user_id, interview_id)
    # After the answers: one whose analysis lands in between is told as in work, and then again.
    analyses = repository.newest_results(session, user_id, [row.id for row in view.answers])
    state = _state(view)
    writer = None
    if any(row.status == "writing" for row in view.answers):
        writer = waiting.writer(session, interview_id).engine
    answers = tuple(_answer_news(row, analyses.get(row.id), writer) for row in view.answers)
    overall = _overall(interview)
    told = [state, [answer.whole() for answer in answers], overall]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return Snapshot(state, answers, overall, hashlib.sha256(text.encode()).hexdigest()[:20])


def _state(view: InterviewView) -> Payload:
    told = view.model_dump(
        mode="json",
        include={"type", "mode", "status", "created_at", "started_at", "completed_at"},
    )
    return {
        "interview_id": view.id,
        **told,
        "questions": [
            {
                "id": row.id,
                "position": row.position,
                "skipped": row.skipped,
                "follow_up_to": row.follow_up_to,
                "kind": row.kind,
            }
            for row in view.questions
        ],
        "answers": [row.id for row in view.answers],
    }


def _answer_news(row: AnswerSummary, analysis: Analysis | None, writer: str | None) -> AnswerNews:
    progress = {
        "answer_id": row.id,
        "question_id": row.question_id,
        "take": row.take,
        "kind": row.kind,
        "status": row.status,
        "percent": 100 if row.status == "done" else row.percent,
        "writer": writer if row.status == "writing" else None,
        "error": None if row.error is None else row.error.model_dump(),
    }
    if analysis is None:
        return AnswerNews(progress, None, None)
    transcript = None
    if analysis.transcript:
        transcript = {
            "answer_id": row.id,
            "text": analysis.transcript,
            "final": row.status not in _IN_WORK,
            "draft": analysis.draft,
            "corrected": analysis.corrected,
            "version": analysis.version,
        }
    result = analysis.result
    feedback = {
        "answer_id": row.id,
        "version": analysis.version,
        "algorithm": analysis.algorithm,
        "draft": analysis.draft,
        "scores": result.get("scores"),
        "interval": result.get("interval"),
        "metrics": result.get("metrics"),
        "star": result.get("star"),
        "not_scored": result.get("not_scored", []),
    }
    return AnswerNews(progress, transcript, feedback)


def _overall(interview: Interview) -> Payload | None:
    if interview.algorithm is None:
        return None
    return {
        "interview_id": interview.id,
        "algorithm": interview.algorithm,
        "draft": interview.draft,
        "overall": {
            "score": interview.overall_score,
            "low": interview.overall_low,
            "high": interview.overall_high,
        },
        "scores": interview.scores,
    }
