"""What the results page shows, built from a report: pure functions, texts ready to read."""

from __future__ import annotations

from interview_coach.feedback.views.report import report_view
from interview_coach.feedback.views.shapes import ReportHead, ReportView

__all__ = ["ReportHead", "ReportView", "report_view"]
