"""Everything the results page shows of one interview, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from interview_coach.feedback import advising, repository, service, waiting
from interview_coach.feedback.models import Analysis
from interview_coach.feedback.schemas import InterviewFeedback
from interview_coach.feedback.waiting import Writer
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.schemas import AnswerSummary, InterviewView
from interview_coach.speech.types import Span, Word


def _no_feedback() -> InterviewFeedback:
    return InterviewFeedback(status="none", engine=None)


@dataclass(frozen=True, slots=True)
class Take:
    """One take of an answer with its newest analysis.

    result: the scorer's answer object, None before the first analysis. counted: whether this take
    makes the score of its question. writer: the engine that writes its feedback now, empty when
    none does. sound: whether its recording is kept. words: as
    recognised or aligned, None for typed text. pauses: silences in the sound. engine, model: the
    recogniser, None when there was none. version: of the analysis, 0 before the first.
    """

    summary: AnswerSummary
    counted: bool
    sound: bool
    result: dict[str, Any] | None = None
    transcript: str = ""
    words: tuple[Word, ...] | None = None
    pauses: tuple[Span, ...] = ()
    engine: str | None = None
    model: str | None = None
    corrected: bool = False
    version: int = 0
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """An interview and its takes, oldest first. algorithm: the version of the scoring method.
    feedback: what is advised on it. writer: who writes more of it now, None when nobody does.
    """

    interview: InterviewView
    takes: tuple[Take, ...]
    algorithm: str
    feedback: InterviewFeedback = field(default_factory=_no_feedback)
    writer: Writer | None = None


def read_report(session: Session, user_id: str, interview_id: str) -> Report:
    """The report of this user's interview; 404 when there is none."""
    interview = interviews.view(session, user_id, interview_id)
    analysed = service.interview_analysis(session, user_id, interview_id)
    counted = {row["answer_id"] for row in analysed.answers if row["counted"]}
    ids = [row.id for row in interview.answers]
    newest = repository.newest(session, user_id, ids)
    heard = outcomes.recorded(session, ids)
    takes = tuple(
        _take(
            summary,
            newest.get(summary.id),
            counted=summary.id in counted,
            sound=summary.id in heard,
        )
        for summary in interview.answers
    )
    told = advising.interview_feedback(session, user_id, interview_id)
    writer = None
    if any(row.status == "writing" for row in interview.answers):
        writer = waiting.writer(session, interview_id)
        takes = tuple(_written_by(take, writer.engine) for take in takes)
    return Report(interview, takes, analysed.algorithm, told, writer)


def _written_by(take: Take, engine: str) -> Take:
    return replace(take, writer=engine) if take.summary.status == "writing" else take


def _take(summary: AnswerSummary, analysis: Analysis | None, *, counted: bool, sound: bool) -> Take:
    if analysis is None:
        return Take(summary, counted, sound)
    words = None
    if analysis.words is not None:
        words = tuple(
            Word(word["word"], word["start"], word["end"], word["probability"])
            for word in analysis.words
        )
    pauses = analysis.sound["pauses"] if analysis.sound is not None else ()
    return Take(
        summary,
        counted,
        sound,
        result=analysis.result,
        transcript=analysis.transcript,
        words=words,
        pauses=tuple(Span(**pause) for pause in pauses),
        engine=analysis.speech_engine,
        model=analysis.speech_model,
        corrected=analysis.corrected,
        version=analysis.version,
    )
