"""The page of a shared report, and the section of the results page where it is shared."""

from __future__ import annotations

from interview_coach.reports.pages.shared import shared
from interview_coach.reports.pages.sharing import sharing

__all__ = ["shared", "sharing"]
