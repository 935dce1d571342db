"""Shapes of reports at the edge."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from interview_coach.feedback.schemas import AnalysisView, AnswerView, InterviewFeedback
from interview_coach.interviews.schemas import InterviewView

EXPORT_FORMAT = "interview-coach/1"


class InterviewExport(BaseModel):
    """Everything of one interview, for programs. Recordings are not in it: each is fetched at its
    own address."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    format: str = Field(description="the name and version of this shape", examples=[EXPORT_FORMAT])
    candidate: str
    interview: InterviewView
    analysis: AnalysisView
    answers: list[AnswerView] = Field(description="all takes, oldest first")
    feedback: InterviewFeedback
