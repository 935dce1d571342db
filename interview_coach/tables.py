"""Imports every table once, so that the metadata is whole for migrations and for the mapper."""

from __future__ import annotations

from sqlmodel import SQLModel

import interview_coach.accounts.models
import interview_coach.ai.models
import interview_coach.feedback.models
import interview_coach.interviews.models
import interview_coach.jobs.models
import interview_coach.questions.models
import interview_coach.reports.models  # noqa: F401

metadata = SQLModel.metadata
