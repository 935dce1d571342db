"""The results page, and the page on scoring."""

from __future__ import annotations

from interview_coach.feedback.pages.method import method
from interview_coach.feedback.pages.results import results

__all__ = ["method", "results"]
