"""What the pages of results and of an answer show: pure functions, texts ready to read."""

from __future__ import annotations

from interview_coach.feedback.views.advice import AdviceView
from interview_coach.feedback.views.answer_page import (
    AdviceLine,
    AnswerHead,
    AnswerPage,
    NumberLine,
    answer_page,
    number_lines,
)
from interview_coach.feedback.views.report import EMPTY_HEAD, report_view
from interview_coach.feedback.views.shapes import QuestionView, ReportHead, ReportView

__all__ = [
    "EMPTY_HEAD",
    "AdviceLine",
    "AdviceView",
    "AnswerHead",
    "AnswerPage",
    "NumberLine",
    "QuestionView",
    "ReportHead",
    "ReportView",
    "answer_page",
    "number_lines",
    "report_view",
]
