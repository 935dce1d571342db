"""Shapes of analyses at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.interviews.schemas import AnswerStatus, AnswerSummary, AnswerText


class WordView(BaseModel):
    """A recognised word: seconds from the beginning, probability 0-1 or null."""

    word: str
    start: float
    end: float
    probability: float | None


class AnswerView(AnswerSummary):
    """One take of an answer with all that is known about it; null where nothing is."""

    speech_engine: str | None = None
    speech_model: str | None = None
    algorithm: str | None = None
    corrected: bool = False
    transcript: str | None = None
    words: list[WordView] | None = None
    scores: dict[str, float | None] | None = None
    interval: dict[str, float] | None = None
    intervals: dict[str, Any] | None = None
    metrics: dict[str, Any] | None = None
    star: dict[str, Any] | None = None
    evidence: list[dict[str, Any]] = Field(default_factory=list)
    parts: list[dict[str, Any]] = Field(default_factory=list)
    not_scored: list[dict[str, Any]] = Field(default_factory=list)
    feedback: dict[str, Any] | None = Field(default=None, description="words of advice, if any")
    chunks_received: list[int] | None = Field(
        default=None, description="while recording: the chunks that have arrived"
    )


class ScoreRange(BaseModel):
    """A score 0-100 with the range it is likely to lie in; null when not scored."""

    score: float | None
    low: float | None
    high: float | None


class AnalysisView(BaseModel):
    """The analysis of an interview: best take of each question, then all takes.

    status: `done` when no answer is being worked on, else `working`.
    """

    status: str
    algorithm: str
    overall: ScoreRange
    scores: dict[str, float | None]
    draft: bool
    answers: list[dict[str, Any]]


class FeedbackItem(BaseModel):
    """One piece of advice. quote: verbatim from the transcript of `answer_id`, start its second;
    measure: the figure it rests on."""

    text: str
    answer_id: str
    about: str = ""
    quote: str | None = None
    start: float | None = None
    measure: str | None = None


class PassedEngine(BaseModel):
    """An engine that was asked or skipped and gave nothing, and why."""

    engine: str
    kind: str


class PassedTask(PassedEngine):
    """An engine that gave nothing, and what it was asked for: to judge the content, or advice."""

    task: Literal["judge", "advice"] = "advice"


class Authors(BaseModel):
    """Who has made feedback.

    engines: who wrote the words. judges: who judged the content, `local` where the local measure
    stands alone. passed: engines that were asked before and gave nothing. earlier_scores: whether
    an engine's words are older than the scores they stand beside, which follow newer rules.
    """

    engines: list[str] = Field(default_factory=list)
    judges: list[str] = Field(default_factory=list)
    passed: list[PassedTask] = Field(default_factory=list)
    earlier_scores: bool = False


class InterviewFeedback(Authors):
    """Advice on an interview.

    status: `done`, `working` while an answer is being worked on, `none` with its `reason` when
    nothing could be scored; then there are no items. engine: who wrote it, or `mixed`.
    """

    status: str
    engine: str | None
    strengths: list[FeedbackItem] = Field(default_factory=list)
    weaknesses: list[FeedbackItem] = Field(default_factory=list)
    improvements: list[FeedbackItem] = Field(default_factory=list)
    star_suggestions: list[FeedbackItem] = Field(default_factory=list)
    next_drill: dict[str, Any] | None = None
    reason: str | None = None


class WritingReceipt(BaseModel):
    """Which answers an engine is asked about again."""

    status: str
    answer_ids: list[str]


class CaptionView(BaseModel):
    """Rough words of the last seconds, never kept and never scored.

    text: None where there are none to be had; reason: then `busy` (ask again later) or `no_model`
    (this server makes no captions, or not in this language).
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "so I moved the release", "engine": "tiny.en"}]}
    )

    text: str | None
    engine: str | None = None
    reason: Literal["busy", "no_model"] | None = None
    final: Literal[False] = False


class AnalysisVersion(BaseModel):
    """One scoring of an answer. current: the one that is shown."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": 2,
                    "current": True,
                    "algorithm": "1.1",
                    "scored_at": "2026-11-26T09:30:00Z",
                    "scores": {"overall": 71, "fluency": 80, "confidence": 69, "clarity": 88,
                               "content": 66},
                    "interval": {"low": 60, "high": 82},
                    "corrected": False,
                    "draft": False,
                    "judged": False,
                    "speech_engine": "whisper",
                    "speech_profile": "standard",
                }
            ]
        }
    )  # fmt: skip

    version: int
    current: bool
    algorithm: str
    scored_at: datetime
    scores: dict[str, float | None]
    interval: dict[str, float] | None
    corrected: bool
    draft: bool
    judged: bool
    speech_engine: str | None
    speech_profile: str


class TranscriptCorrection(BaseModel):
    """The words as the candidate says they were."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "I traced the slow queries and added an index."}]}
    )

    text: AnswerText


class CorrectionReceipt(BaseModel):
    """What happens to the answer now."""

    answer_id: str
    status: AnswerStatus


class KeptFact(BaseModel):
    """Words of the answer that its version rests on, with their seconds where they are known."""

    quote: str
    start: float | None
    end: float | None


class ModelAnswerView(BaseModel):
    """A stronger version of one answer, made from what was said in it.

    status: `writing` or `done`; while it is being written there is no text, and `seconds_at_most`
    is how long an engine may take. text: gaps stand in square brackets, `gaps` lists them. kept:
    the words it rests on. missing: key points that were not made. facts_dropped: words an engine
    gave as said that were not. current: whether the words of the answer are still those.
    """

    answer_id: str
    status: Literal["writing", "done"]
    engine: str | None
    model: str | None
    prompt: str
    passed: list[PassedEngine]
    text: str | None
    gaps: list[str]
    kept: list[KeptFact]
    missing: list[str]
    facts_dropped: int
    current: bool
    seconds_at_most: int
    created_at: datetime
