"""Shapes of tailored questions at the edge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from interview_coach.kit.text import PlainText, without_nul
from interview_coach.questions.schemas import Difficulty, QuestionType
from interview_coach.questions.tailoring.engine import MOST_QUESTIONS

MAX_AD = 20_000
MAX_RESUME = 20_000
MAX_ROLE = 120
MAX_LEVEL = 40
_Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(without_nul)]


class GenerateRequest(BaseModel):
    """What questions are wanted, and what they shall be made from. Everything but the type and
    the number may be left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "technical",
                    "count": 5,
                    "role": "Backend engineer",
                    "level": "senior",
                    "job_description": "You know Python and PostgreSQL well. Kafka is a plus.",
                },
                {"type": "behavioral", "count": 3, "difficulty": "medium"},
            ]
        }
    )

    type: QuestionType
    count: int = Field(default=5, ge=1, le=MOST_QUESTIONS)
    role: _Text | None = Field(default=None, max_length=MAX_ROLE)
    level: _Text | None = Field(
        default=None,
        max_length=MAX_LEVEL,
        description="as an ad puts it: junior, mid, senior, lead; decides the difficulty where "
        "none is named",
    )
    difficulty: Difficulty | None = None
    job_description: _Text | None = Field(default=None, max_length=MAX_AD)
    resume_text: _Text | None = Field(default=None, max_length=MAX_RESUME)
    resume_id: PlainText | None = Field(
        default=None,
        min_length=1,
        max_length=26,
        description="there are no stored resumes yet, so every id answers 404",
    )


class KeyPointView(BaseModel):
    """What a good answer says, and phrases that show it."""

    text: str
    phrases: list[str]


class FollowUpView(BaseModel):
    """A question to ask after the answer, and what it is for."""

    kind: Literal["clarify", "challenge", "quantify"]
    text: str


class Origin(BaseModel):
    """What of the material a question came from. source: the text it stands in, null when none;
    quote: its line there, word for word; term: the skill or role it is about; reason: in words."""

    source: Literal["job_description", "resume", "role"] | None
    term: str | None
    quote: str | None
    reason: str


class TailoredView(BaseModel):
    """A question with its answer key. `id` can stand in `question_ids` of an interview.

    made_from: `bank` (a reviewed question as it stands), `template` (a written template about
    something the material names) or `engine` (written by a language model).
    """

    id: str
    type: QuestionType
    track: str
    difficulty: Difficulty
    text: str
    competencies: list[str]
    why: str
    key_points: list[KeyPointView]
    red_flags: list[str]
    follow_ups: list[FollowUpView]
    tips: list[str]
    time_guide_seconds: int
    engine: str
    model: str
    made_from: Literal["bank", "template", "engine"]
    origin: Origin


class EnginePassed(BaseModel):
    """An engine that was asked or skipped before, and why it gave nothing."""

    engine: str
    kind: str


class GeneratedView(BaseModel):
    """The questions that were made.

    engine: who made them; `mixed` when the local engine filled up what another left open. prompt:
    which prompt was asked, null when no engine was. dropped: questions of an engine that could
    not be used. found: what the texts name, the weightiest first. notes: what a reader should
    know, in words.
    """

    engine: str
    prompt: str | None
    passed: list[EnginePassed]
    dropped: int
    found: list[str]
    notes: list[str]
    questions: list[TailoredView]
    created_at: datetime
