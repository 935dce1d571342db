"""Routes of analyses: an answer in full, its corrections, its sound, the whole interview."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response, StreamingResponse

from interview_coach.accounts import profile
from interview_coach.accounts.access import Costly, SignedIn, Uploading
from interview_coach.api.problems import problem_responses
from interview_coach.feedback import (
    advising,
    captions,
    correcting,
    enriching,
    ledger,
    rescoring,
    service,
    timeline,
)
from interview_coach.feedback.ledger_schemas import LedgerView
from interview_coach.feedback.schemas import (
    AnalysisVersion,
    AnalysisView,
    AnswerView,
    CaptionView,
    CorrectionReceipt,
    InterviewFeedback,
    TranscriptCorrection,
    WritingReceipt,
)
from interview_coach.feedback.timeline_schemas import DrawingReceipt, TimelineView
from interview_coach.interviews import machine, outcomes, recordings, retention
from interview_coach.interviews import service as interviews
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews/{interview_id}", tags=["analysis"])
_ERRORS = problem_responses(401, 404, 422, 429)
_SOUND = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in recordings.CONTENT_TYPES
        },
    }
}
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


async def _raw_body(request: Request) -> bytes:
    return await request.body()


@router.get("/analysis", responses=_ERRORS)
def analysis(interview_id: str, user: SignedIn) -> AnalysisView:
    """Scores, measures and evidence of the interview and of each take."""
    with runtime().database.reading() as session:
        return service.interview_analysis(session, user.id, interview_id)


@router.get("/feedback", responses=_ERRORS)
def feedback(interview_id: str, user: SignedIn) -> InterviewFeedback:
    """Strengths, weaknesses and improvements with their quotes or measures, one next drill, and
    which engine has written them."""
    with runtime().database.reading() as session:
        return advising.interview_feedback(session, user.id, interview_id)


@router.post("/feedback/retry", status_code=202, responses={**_ERRORS, **problem_responses(409)})
def retry_feedback(interview_id: str, user: Costly) -> WritingReceipt:
    """Ask the engines again where one failed to judge or to advise, or did on earlier scores."""
    with runtime().database.writing() as session:
        answers = enriching.ask_again(session, user.id, interview_id)
    return WritingReceipt(status="writing", answer_ids=answers)


@router.post(
    "/captions", responses={**_ERRORS, **problem_responses(413, 415)}, openapi_extra=_SOUND
)
def caption(
    interview_id: str, user: Uploading, content: Annotated[bytes, Depends(_raw_body)]
) -> CaptionView:
    """Rough words of the last seconds of an answer that is being recorded. Nothing is kept."""
    with runtime().database.reading() as session:
        interviews.find(session, user.id, interview_id)
        language = profile.preferences(session, user.id).language
        free = captions.has_core_free(session)
    return captions.caption(content, language, free=free)


@router.get("/answers/{answer_id}", responses=_ERRORS)
def answer(interview_id: str, answer_id: str, user: SignedIn) -> AnswerView:
    """One take: how far its analysis is, and then all of it."""
    with runtime().database.reading() as session:
        return service.answer_view(session, user.id, interview_id, answer_id)


@router.get("/answers/{answer_id}/analyses", responses=_ERRORS)
def analyses(interview_id: str, answer_id: str, user: SignedIn) -> list[AnalysisVersion]:
    """All scorings of a take, the newest first, each with the version of the rules behind it."""
    with runtime().database.reading() as session:
        return rescoring.versions(session, user.id, interview_id, answer_id)


@router.put(
    "/answers/{answer_id}/transcript",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def correct_transcript(
    interview_id: str, answer_id: str, given: TranscriptCorrection, user: SignedIn
) -> CorrectionReceipt:
    """Corrected words: content is scored again from them, delivery stays the sound's."""
    with runtime().database.writing() as session:
        row = interviews.find_answer(session, user.id, interview_id, answer_id)
        interviews.correct_transcript(session, row, given.text)
    return CorrectionReceipt(answer_id=answer_id, status="scoring")


@router.delete(
    "/answers/{answer_id}/transcript",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def undo_correction(interview_id: str, answer_id: str, user: SignedIn) -> CorrectionReceipt:
    """Take the corrected words back: those that were recognised are scored again."""
    with runtime().database.writing() as session:
        correcting.undo(session, user.id, interview_id, answer_id)
    return CorrectionReceipt(answer_id=answer_id, status="scoring")


@router.post(
    "/answers/{answer_id}/retry",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def retry(interview_id: str, answer_id: str, user: Costly) -> CorrectionReceipt:
    """Run a failed analysis again, or a draft with the recogniser there is now."""
    with runtime().database.writing() as session:
        row = interviews.find_answer(session, user.id, interview_id, answer_id)
        interviews.retry(session, row)
    return CorrectionReceipt(answer_id=answer_id, status="uploaded")


@router.get("/answers/{answer_id}/timeline", responses=_ERRORS)
def read_timeline(interview_id: str, answer_id: str, user: SignedIn) -> TimelineView:
    """One take over time: words, pauses, marks, story, and waveform, pitch and loudness."""
    with runtime().database.reading() as session:
        return timeline.read_timeline(session, user.id, interview_id, answer_id)


@router.get("/answers/{answer_id}/numbers", responses=_ERRORS)
def numbers(interview_id: str, answer_id: str, user: SignedIn) -> LedgerView:
    """The numbers an answer says, and where other answers say the same or another number about
    the same thing. Both are quoted; which one is right is not said."""
    with runtime().database.reading() as session:
        return ledger.read_ledger(session, user.id, interview_id, answer_id)


@router.post(
    "/answers/{answer_id}/timeline",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def draw_timeline(interview_id: str, answer_id: str, user: Costly) -> DrawingReceipt:
    """Draw the sound of an answer that was analysed before sounds were drawn."""
    with runtime().database.writing() as session:
        timeline.ask_to_draw(session, user.id, interview_id, answer_id)
    return DrawingReceipt(answer_id=answer_id, status="drawing")


@router.get(
    "/answers/{answer_id}/audio",
    response_class=Response,
    responses={
        **_ERRORS,
        200: {"content": {"audio/*": {}}, "description": "the recording"},
        206: {"content": {"audio/*": {}}, "description": "a range of it"},
        **problem_responses(410, 416),
    },
)
def audio(
    interview_id: str,
    answer_id: str,
    user: SignedIn,
    range_header: Annotated[str | None, Header(alias="range")] = None,
) -> Response:
    """The recording, for its owner only; ranges so that a player can jump."""
    return sound_answer(user.id, interview_id, answer_id, range_header)


def sound_answer(
    user_id: str, interview_id: str, answer_id: str, range_header: str | None
) -> Response:
    """The recording of this user's answer or a range of it; 404, 410 or 416 where there is none."""
    house = runtime()
    with house.database.reading() as session:
        row = interviews.find_answer(session, user_id, interview_id, answer_id)
        recording = outcomes.recording_of(session, row.id)
        kept = profile.preferences(session, user_id).audio_retention_days
    if recording is None and machine.had_recording(row.kind, row.status):
        raise retention.deleted(kept or house.settings.audio_retention_days)
    if recording is None:
        raise not_found("recording")
    joined = recording.playback_key is not None
    key = recording.playback_key or recording.object_key
    try:
        size = house.storage.size(key)
    except FileNotFoundError as error:
        raise not_found("recording") from error
    start, end = _range_of(range_header, size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="answer-{answer_id}"',
        "Content-Length": str(end - start),
        # A compressed stream could not be asked for by range.
        "Content-Encoding": "identity",
    }
    if range_header is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        house.storage.stream(key, start, end),
        206 if range_header is not None else 200,
        headers=headers,
        media_type="audio/webm" if joined else recording.content_type,
    )


def _range_of(header: str | None, size: int) -> tuple[int, int]:
    """Start and end (not included) of the bytes asked for; 416 when there are none such."""
    if header is None:
        return 0, size
    found = _RANGE.match(header.strip())
    if found is None or (not found.group(1) and not found.group(2)):
        raise CoachError("range", "This range cannot be read.", 416)
    if not found.group(1):
        start, end = max(0, size - int(found.group(2))), size
    else:
        start = int(found.group(1))
        end = min(size, int(found.group(2)) + 1) if found.group(2) else size
    if start >= end:
        raise CoachError("range", "This range lies outside the recording.", 416)
    return start, end
