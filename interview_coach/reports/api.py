"""Routes of reports: an interview as a PDF."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from interview_coach.accounts.access import Costly
from interview_coach.api.problems import problem_responses
from interview_coach.feedback.report import read_report
from interview_coach.reports.pdf import pdf_name, pdf_of
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews/{interview_id}", tags=["reports"])
_ERRORS = problem_responses(401, 404, 422, 429)


@router.get(
    "/report.pdf",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"application/pdf": {}}, "description": "the report"},
        **problem_responses(409, 503),
    },
)
def report_pdf(interview_id: str, user: Costly) -> Response:
    """The report as a tagged PDF that stands alone: scores, charts, timelines, quotes, advice and
    the method. The same interview gives the same bytes. 409 before the first answer."""
    with runtime().database.reading() as session:
        found = read_report(session, user.id, interview_id)
    return file_answer(pdf_of(found, user.full_name), "application/pdf", pdf_name(found))


def file_answer(content: bytes, media_type: str, name: str) -> Response:
    """A file to be saved, of which nothing on the way keeps a copy."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
