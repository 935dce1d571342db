"""The report of an interview as PDF."""

from __future__ import annotations

from functools import lru_cache

from interview_coach.feedback.report import Report
from interview_coach.kit.errors import CoachError
from interview_coach.reports.document import document, moment_of
from interview_coach.reports.typesetting import Typesetter


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    """The typesetter of this process, with the reports it has made last."""
    return Typesetter()


def pdf_of(report: Report, candidate: str) -> bytes:
    """The PDF; candidate: the name on its cover, empty for none. Takes up to seconds: never on the
    event loop.

    Raises 409 `nothing_to_report` before the first answer, 503 `report_busy` or `report_failed`.
    """
    if not report.takes:
        raise CoachError(
            "nothing_to_report", "There is no answer yet, so there is nothing to report.", 409
        )
    return _typesetter().pdf(document(report, candidate), moment_of(report))


def day_of(report: Report) -> str:
    """The day of the interview, for the names of files: no word of the candidate's is in them."""
    return f"{moment_of(report):%Y-%m-%d}"


def pdf_name(report: Report) -> str:
    """The name of the file."""
    return f"interview-report-{day_of(report)}.pdf"
