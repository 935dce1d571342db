"""The pages of results and of one answer, and the page on scoring."""

from __future__ import annotations

from interview_coach.feedback.pages.answer import answer
from interview_coach.feedback.pages.method import method
from interview_coach.feedback.pages.results import results

__all__ = ["answer", "method", "results"]
