"""Routes of reports: an interview as a PDF and as files for programs."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from interview_coach.accounts.access import Costly, SignedIn
from interview_coach.api.problems import problem_responses
from interview_coach.feedback.report import read_report
from interview_coach.reports import service
from interview_coach.reports.markdown import markdown_of
from interview_coach.reports.pdf import day_of, pdf_name, pdf_of
from interview_coach.reports.schemas import InterviewExport
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


@router.get("/export.json", responses=_ERRORS)
def export_json(interview_id: str, user: SignedIn, response: Response) -> InterviewExport:
    """Everything of the interview: questions, all takes with words and their times, measures,
    scores, parts and evidence, and the advice."""
    with runtime().database.reading() as session:
        found = service.export(session, user, interview_id)
    day = found.interview.started_at or found.interview.created_at
    response.headers.update(_saved(f"interview-{day:%Y-%m-%d}.json"))
    return found


@router.get(
    "/export.md",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"text/markdown": {}}, "description": "the report as Markdown"},
    },
)
def export_markdown(interview_id: str, user: SignedIn) -> Response:
    """The report as Markdown. Words of the candidate are escaped: they stay text."""
    with runtime().database.reading() as session:
        found = read_report(session, user.id, interview_id)
    text = markdown_of(found, user.full_name)
    name = f"interview-report-{day_of(found)}.md"
    return file_answer(text.encode(), "text/markdown; charset=utf-8", name)


@router.get(
    "/answers/{answer_id}/captions.srt",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"application/x-subrip": {}}, "description": "the captions"},
        **problem_responses(409),
    },
)
def captions(interview_id: str, answer_id: str, user: SignedIn) -> Response:
    """The words of a spoken answer as captions for its recording (SubRip); 409 `no_word_times`
    where no word has a time, as in a typed answer."""
    with runtime().database.reading() as session:
        text = service.captions(session, user.id, interview_id, answer_id)
    name = f"answer-{answer_id}.srt"
    return file_answer(text.encode(), "application/x-subrip; charset=utf-8", name)


def file_answer(content: bytes, media_type: str, name: str) -> Response:
    """A file to be saved, of which nothing on the way keeps a copy."""
    return Response(content, media_type=media_type, headers=_saved(name))


def _saved(name: str) -> dict[str, str]:
    return {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
