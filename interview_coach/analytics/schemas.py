"""Shapes of the dashboard and the history at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.interviews.schemas import InterviewStatus, Mode
from interview_coach.kit.clock import GivenMoment
from interview_coach.kit.pagination import PageRequest
from interview_coach.questions.schemas import QuestionType, QuestionView

Sort = Literal["-created_at", "created_at", "-score", "score"]


class HistoryRequest(PageRequest):
    """Filters of the history; all may be combined."""

    type: QuestionType | None = None
    status: InterviewStatus | None = None
    since: GivenMoment | None = Field(default=None, alias="from")
    until: GivenMoment | None = Field(default=None, alias="to")
    min_score: float | None = Field(default=None, ge=0, le=100)
    max_score: float | None = Field(default=None, ge=0, le=100)
    q: str | None = Field(default=None, max_length=100)
    sort: Sort = "-created_at"


class HistoryItem(BaseModel):
    """One interview in a list. low, high: the range of the overall score, null with it."""

    id: str
    type: QuestionType
    track: str | None
    mode: Mode
    status: InterviewStatus
    question_count: int
    answer_count: int
    overall_score: float | None
    low: float | None
    high: float | None
    draft: bool
    created_at: datetime
    completed_at: datetime | None
    duration_seconds: float


class Totals(BaseModel):
    """Figures over all completed interviews; null where there is nothing to average."""

    total_interviews: int
    average_score: float | None
    best_score: float | None
    practice_seconds: float


class DueDrill(BaseModel):
    """A short exercise that is due. competency: what it trains; text, seconds: what to do and for
    how long; reason: why now; overdue_days: 0 on the day itself. The question and the answer are
    those it was advised on."""

    competency: str
    text: str
    seconds: int
    reason: str
    overdue_days: int
    question_id: str
    question: str
    interview_id: str
    answer_id: str


class Dashboard(Totals):
    """What the dashboard shows. recent: the five newest interviews. streak_days: UTC days in a
    row with a completed interview, up to today or yesterday. due_drills: what to practise today,
    the neediest first, five at most."""

    recent: list[HistoryItem]
    streak_days: int
    due_drills: list[DueDrill]


class ProgressRequest(BaseModel):
    """The time looked at, both ends included; a moment without a zone is in UTC."""

    since: GivenMoment | None = Field(default=None, alias="from")
    until: GivenMoment | None = Field(default=None, alias="to")


class TrendPoint(BaseModel):
    """The overall score of one completed interview and its range."""

    date: datetime
    interview_id: str
    score: float
    low: float | None
    high: float | None


class Skill(BaseModel):
    """The average of one score (0-100) over `interviews`; null with a reason when there is none."""

    score: float | None
    interviews: int
    reason: str | None


class TypeProgress(BaseModel):
    """How interviews of one type went."""

    type: QuestionType
    interviews: int
    average_score: float | None
    best_score: float | None


class RatingPoint(BaseModel):
    """What a candidate thought of one interview before its score, and the score, 0-100.

    difference: rating less score. within_range: null without a range.
    """

    date: datetime
    interview_id: str
    rating: int
    score: float
    low: float | None
    high: float | None
    difference: float
    within_range: bool | None


class CalibrationView(BaseModel):
    """How own ratings compare with the measure. mean_difference: above zero is too high; null
    without ratings. trend: how the later half misses beside the earlier one; null for fewer than
    four. words: the same as a sentence."""

    points: list[RatingPoint]
    mean_difference: float | None
    within_range: int
    trend: Literal["closer", "further", "the same"] | None
    words: str


class DeliveryPoint(BaseModel):
    """Averages over the recorded answers of one interview; null where nothing was measured."""

    date: datetime
    interview_id: str
    answers: int
    words_per_minute: float | None
    fillers_per_100_words: float | None
    silence_ratio: float | None
    pitch_sd_semitones: float | None


class Tone(BaseModel):
    """The tone of the answers, as mean shares of 0-1; null with a reason where none has one."""

    values: dict[str, float] | None
    reason: str | None


class Skills(BaseModel):
    """The four scores."""

    fluency: Skill
    confidence: Skill
    clarity: Skill
    content: Skill


class Progress(BaseModel):
    """How the completed interviews of a time went; rough transcripts are left out."""

    trend: list[TrendPoint]
    skills: Skills
    by_type: list[TypeProgress]
    tone: Tone
    delivery: list[DeliveryPoint]
    calibration: CalibrationView


ReasonKind = Literal["start", "new", "weak", "due", "practised", "level", "role", "again", "fresh"]


class RecommendationRequest(BaseModel):
    """What is wanted: of one type or of all, how many."""

    type: QuestionType | None = None
    count: int = Field(default=5, ge=1, le=20)


class Reason(BaseModel):
    """One thing that speaks for a question. kind: what it is about; text: a sentence."""

    kind: ReasonKind
    text: str


class RecommendedQuestion(QuestionView):
    """A question to practise next, and why. competency: the one it is chosen for.

    expected_score: what an answer at your present level would score (0-100), null when no answer
    of this type has a score yet. reason: the weightiest reason; reasons: all of them.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "behavioral-hard-decision",
                    "type": "behavioral",
                    "track": "conflict",
                    "difficulty": "medium",
                    "text": "Tell me about a disagreement with a colleague.",
                    "competencies": ["conflict"],
                    "tips": ["Say what the other one wanted, and why."],
                    "time_guide_seconds": 120,
                    "competency": "conflict",
                    "expected_score": 66,
                    "reason": "Your 3 answers on 'conflict' scored 48 on average, newer ones "
                    "counting more; last practised 12 days ago, so it is due again.",
                    "reasons": [
                        {
                            "kind": "weak",
                            "text": "Your 3 answers on 'conflict' scored 48 on average, newer "
                            "ones counting more; last practised 12 days ago, so it is due again.",
                        },
                        {
                            "kind": "level",
                            "text": "At medium level about 66 can be expected of you: hard "
                            "enough, not too hard.",
                        },
                    ],
                }
            ]
        }
    )

    competency: str
    expected_score: int | None
    reason: str
    reasons: list[Reason]
