"""What the results page shows, built from a report: pure functions, texts ready to read."""

from __future__ import annotations

from interview_coach.feedback.views.advice import AdviceView
from interview_coach.feedback.views.report import EMPTY_HEAD, report_view
from interview_coach.feedback.views.shapes import QuestionView, ReportHead, ReportView

__all__ = ["EMPTY_HEAD", "AdviceView", "QuestionView", "ReportHead", "ReportView", "report_view"]
