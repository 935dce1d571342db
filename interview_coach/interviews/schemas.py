"""Shapes of interviews and answers at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from interview_coach.kit.text import PlainText, without_nul
from interview_coach.questions.schemas import Difficulty, QuestionType

InterviewStatus = Literal["pending", "in_progress", "paused", "completed", "abandoned"]
AnswerStatus = Literal[
    "recording", "uploaded", "transcribing", "scoring", "writing", "done", "failed", "needs_text"
]
Mode = Literal["practice", "live"]
Patience = Literal["brisk", "usual", "patient", "endless"]
FollowUpKind = Literal["clarify", "challenge", "quantify", "what_happened"]
Step = Literal["start", "pause", "resume", "complete", "abandon"]
MAX_QUESTIONS = 20
MAX_ANSWER_TEXT = 60_000
MAX_CHUNKS = 7200
MAX_ID = 80
AnswerText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ANSWER_TEXT),
    AfterValidator(without_nul),
]


class InterviewRequest(BaseModel):
    """The interview that is wanted. `question_ids` names its questions, else they are chosen."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "behavioral", "difficulty": "medium", "question_count": 3},
                {"type": "technical", "track": "python", "mode": "live", "patience": "patient"},
                {"type": "hr", "question_count": 2, "follow_ups": False},
            ]
        }
    )

    type: QuestionType
    difficulty: Difficulty | None = None
    question_count: int = Field(default=5, ge=1, le=MAX_QUESTIONS)
    track: PlainText | None = Field(default=None, max_length=40)
    mode: Mode = "practice"
    follow_ups: bool = Field(
        default=True, description="whether questions follow from what was said"
    )
    patience: Patience = Field(
        default="usual", description="scales the time guide; endless shows no clock"
    )
    question_ids: (
        list[Annotated[str, StringConstraints(max_length=MAX_ID), AfterValidator(without_nul)]]
        | None
    ) = Field(default=None, min_length=1, max_length=MAX_QUESTIONS)


class LastSetup(BaseModel):
    """What a user chose for the interview set up last."""

    type: QuestionType
    track: str | None
    difficulty: Difficulty | None
    question_count: int
    mode: Mode
    follow_ups: bool
    patience: Patience
    created_at: datetime


class AskedQuestion(BaseModel):
    """A question as asked. `id` is its id in this interview, `question_id` that of the bank.

    A follow-up has no id in the bank; it names the question it follows, its kind, the words of the
    answer it takes up (`quote`, `start` their second) and the engine that worded it.
    """

    id: str
    question_id: str | None
    position: int
    type: QuestionType
    track: str | None
    difficulty: str | None
    text: str
    tips: list[str]
    time_guide_seconds: int
    skipped: bool
    follow_up_to: str | None = None
    kind: FollowUpKind | None = None
    quote: str | None = None
    start: float | None = None
    engine: str | None = None
    passed: list[dict[str, str]] = Field(
        default_factory=list, description="engines that gave nothing to use, as {engine, kind}"
    )
    asking: bool = Field(default=False, description="an engine is being asked once more")
    hints: int = Field(default=0, description="how many steps of help were asked for")
    hint_steps: int = Field(default=0, description="how many steps of help there are")
    nudge: str | None = Field(default=None, description="the second step, once asked for")


class AnswerError(BaseModel):
    """Why an answer failed or needs words, and what it is called."""

    code: str
    detail: str


class PointMet(BaseModel):
    """Something a question asks for; level is null where that is not measured."""

    text: str
    level: Literal["clear", "thin", "missing"] | None


class AnswerSummary(BaseModel):
    """One take of an answer, in brief."""

    id: str
    question_id: str = Field(description="the question's id in this interview")
    take: int
    kind: Literal["spoken", "typed"]
    status: AnswerStatus
    percent: int | None
    error: AnswerError | None
    duration_seconds: float | None
    overall: float | None
    low: float | None
    high: float | None
    draft: bool
    hints: int = Field(default=0, description="steps of help asked for before it was sent")
    points: list[PointMet] | None = Field(
        default=None, description="what the question asks for, and whether it was said"
    )
    created_at: datetime


class InterviewView(BaseModel):
    """An interview with its questions and answers. Times are ISO 8601 in UTC."""

    id: str
    type: QuestionType
    track: str | None
    difficulty: str | None
    mode: Mode
    follow_ups: bool = True
    patience: Patience = "usual"
    status: InterviewStatus
    questions: list[AskedQuestion]
    answers: list[AnswerSummary]
    overall_score: float | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    duration_seconds: float = Field(description="time in progress, pauses left out")
    self_rating: int | None = Field(
        default=None, description="what the candidate thought of it before the score, 0-100"
    )
    self_rated_at: datetime | None = Field(
        default=None, description="when that was asked; with a null rating it was not said"
    )


class SelfRating(BaseModel):
    """What a candidate thinks of a completed interview, before its score; null: rather not say."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rating": 65}]})

    rating: Annotated[int, Field(ge=0, le=100, strict=True)] | None


class SkipRequest(BaseModel):
    """Whether a question is passed over."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"skipped": True}]})

    skipped: Annotated[bool, Field(strict=True)]


class AnswerRequest(BaseModel):
    """A new answer: with `text` it is a typed one, else a recording begins.

    client_id: the same id sent again gives back the same answer, so a retry is safe.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question_id": "01m88cajqmzcx38hx832011he4",
                    "text": "I added one index, and failed payments fell from 9 to 1 percent.",
                }
            ]
        }
    )

    question_id: PlainText = Field(min_length=1, max_length=MAX_ID)
    text: AnswerText | None = None
    client_id: PlainText | None = Field(default=None, min_length=8, max_length=64)


class FinishRequest(BaseModel):
    """How many chunks the recording has, and how long the recorder says it is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"chunks": 45, "duration_seconds": 88.2}]}
    )

    chunks: int = Field(ge=1, le=MAX_CHUNKS)
    duration_seconds: float | None = Field(default=None, ge=0, le=24 * 3600)


class ChunkReceipt(BaseModel):
    """A chunk that has arrived, and all that have."""

    number: int
    received: list[int]


class UploadReceipt(BaseModel):
    """A recording that has arrived and will be analysed."""

    answer_id: str
    status: AnswerStatus
