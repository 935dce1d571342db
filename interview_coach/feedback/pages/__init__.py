"""The results page."""

from __future__ import annotations

from interview_coach.feedback.pages.results import results

__all__ = ["results"]
