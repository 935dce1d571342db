"""Routes of interviews, answers and recordings."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Header, Path, Request
from sqlmodel import Session
from starlette.datastructures import UploadFile

from interview_coach.accounts import idempotency
from interview_coach.accounts.access import Costly, SignedIn, Uploading
from interview_coach.api.idempotency import Attempt, Creating, Sending, replayed_header
from interview_coach.api.problems import problem_responses
from interview_coach.interviews import follow_ups, hints, rating, recordings, service
from interview_coach.interviews.nudges import MOST_STEPS
from interview_coach.interviews.schemas import (
    MAX_CHUNKS,
    MAX_ID,
    AnswerRequest,
    AnswerSummary,
    AskedQuestion,
    ChunkReceipt,
    FinishRequest,
    InterviewRequest,
    InterviewView,
    SelfRating,
    SkipRequest,
    Step,
    UploadReceipt,
)
from interview_coach.kit.errors import CoachError, invalid
from interview_coach.kit.hashing import file_sha256
from interview_coach.runtime import runtime

router = APIRouter(prefix="/interviews", tags=["interviews"])
_ERRORS = problem_responses(401, 404, 422, 429)
_CHUNK_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in recordings.CONTENT_TYPES
        },
    }
}


_UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["question_id", "file"],
                    "properties": {
                        "question_id": {"type": "string", "minLength": 1, "maxLength": 80},
                        "file": {"type": "string", "format": "binary"},
                    },
                    "additionalProperties": False,
                }
            }
        },
    }
}


async def _multipart(request: Request) -> tuple[str, UploadFile]:
    """The question's id and the file of a multipart body; 422 naming the field otherwise."""
    form = await request.form(max_files=1, max_fields=4)
    question_id, file = form.get("question_id"), form.get("file")
    if not isinstance(question_id, str) or not 0 < len(question_id) <= MAX_ID:
        raise invalid("body.question_id", f"a text of 1 to {MAX_ID} characters is required")
    if not isinstance(file, UploadFile):
        raise invalid("body.file", "a file is required")
    if set(form) != {"question_id", "file"}:
        raise invalid("body", "holds question_id and file and nothing else")
    return question_id, file


async def _raw_body(request: Request) -> bytes:
    return await request.body()


@router.post("", status_code=201, responses={**replayed_header(201), **_ERRORS})
def create(wanted: InterviewRequest, user: SignedIn, attempt: Creating) -> InterviewView:
    """Set up an interview."""
    with runtime().database.writing() as session:

        def make() -> InterviewView:
            interview = service.create(session, user, wanted)
            return service.view(session, user.id, interview.id)

        return idempotency.once(session, user.id, attempt, InterviewView, make)


@router.put("/{interview_id}/self-rating", responses={**_ERRORS, **problem_responses(409)})
def rate(interview_id: str, given: SelfRating, user: SignedIn) -> InterviewView:
    """Say how good a completed interview was before its score is looked at; asked once."""
    with runtime().database.writing() as session:
        rating.rate(session, user.id, interview_id, given.rating)
        return service.view(session, user.id, interview_id)


@router.get("/{interview_id}", responses=_ERRORS)
def read(interview_id: str, user: SignedIn) -> InterviewView:
    """An interview with its questions and answers."""
    with runtime().database.reading() as session:
        return service.view(session, user.id, interview_id)


def _add_step(step: Step) -> None:
    @router.post(
        f"/{{interview_id}}/{step}",
        name=f"{step}_interview",
        responses={**_ERRORS, **problem_responses(409)},
        description=f"{step.capitalize()} an interview; 409 tells the statuses allowed.",
    )
    def take_step(interview_id: str, user: SignedIn) -> InterviewView:
        with runtime().database.writing() as session:
            service.take_step(session, user.id, interview_id, step)
            return service.view(session, user.id, interview_id)


for _step in get_args(Step):
    _add_step(_step)


@router.post(
    "/{interview_id}/answers",
    status_code=201,
    responses={**replayed_header(201), **_ERRORS, **problem_responses(409)},
)
def add_answer(
    interview_id: str, given: AnswerRequest, user: SignedIn, attempt: Creating
) -> AnswerSummary:
    """A typed answer, or the beginning of a recording."""
    with runtime().database.writing() as session:

        def make() -> AnswerSummary:
            return service.summary(service.add_answer(session, user, interview_id, given))

        return idempotency.once(session, user.id, attempt, AnswerSummary, make)


@router.put(
    "/{interview_id}/answers/{answer_id}/chunks/{number}",
    responses={**_ERRORS, **problem_responses(400, 409, 413, 415)},
    openapi_extra=_CHUNK_BODY,
)
def put_chunk(
    interview_id: str,
    answer_id: str,
    number: Annotated[int, Path(ge=0, lt=MAX_CHUNKS)],
    user: Uploading,
    content: Annotated[bytes, Depends(_raw_body)],
    content_type: Annotated[str | None, Header(include_in_schema=False)] = None,
    content_digest: Annotated[str | None, Header()] = None,
) -> ChunkReceipt:
    """One piece of a recording; sending it twice is the same as once."""
    kind = recordings.plain_type(content_type)
    recordings.check_digest(content_digest, content)
    house = runtime()
    with house.database.reading() as session:
        answer = service.find_answer(session, user.id, interview_id, answer_id)
    if number == 0:
        recordings.check_quota(house.database, user.id, house.settings.user_quota_bytes)
    received = recordings.put_chunk(house.database, house.storage, answer, number, kind, content)
    return ChunkReceipt(number=number, received=received)


@router.post(
    "/{interview_id}/answers/{answer_id}/finish",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def finish(
    interview_id: str, answer_id: str, given: FinishRequest, user: Uploading
) -> UploadReceipt:
    """Say that all pieces have been sent; the answer is then analysed."""
    house = runtime()
    with house.database.reading() as session:
        answer = service.find_answer(session, user.id, interview_id, answer_id)
    status = recordings.finish(house.database, house.storage, answer, given)
    return UploadReceipt(answer_id=answer_id, status=status)


@router.delete(
    "/{interview_id}/answers/{answer_id}",
    status_code=204,
    responses={**_ERRORS, **problem_responses(409)},
)
def discard(interview_id: str, answer_id: str, user: SignedIn) -> None:
    """Throw away a recording that was never sent."""
    house = runtime()
    with house.database.writing() as session:
        answer = service.find_answer(session, user.id, interview_id, answer_id)
        recordings.discard(session, house.storage, answer)


@router.put(
    "/{interview_id}/questions/{question_id}/hints/{step}",
    responses={**_ERRORS, **problem_responses(409)},
)
def take_hint(
    interview_id: str,
    question_id: str,
    step: Annotated[int, Path(ge=1, le=MOST_STEPS)],
    user: SignedIn,
) -> AskedQuestion:
    """Ask for help: 1 for the tips, then 2 for a nudge. It is noted with the answer."""
    with runtime().database.writing() as session:
        hints.ask(session, user.id, interview_id, question_id, step)
        return _question(session, user.id, interview_id, question_id)


@router.put(
    "/{interview_id}/questions/{question_id}/skipped",
    responses={**_ERRORS, **problem_responses(409)},
)
def skip(interview_id: str, question_id: str, given: SkipRequest, user: SignedIn) -> AskedQuestion:
    """Pass a question over, or take that back. An answer sent later takes it back too."""
    with runtime().database.writing() as session:
        service.set_skipped(session, user.id, interview_id, question_id, skipped=given.skipped)
        return _question(session, user.id, interview_id, question_id)


@router.post(
    "/{interview_id}/questions/{question_id}/ask-again",
    status_code=202,
    responses={**_ERRORS, **problem_responses(409)},
)
def ask_again(interview_id: str, question_id: str, user: Costly) -> AskedQuestion:
    """Let the engines word a follow-up once more that the local engine worded in their place."""
    with runtime().database.writing() as session:
        follow_ups.ask_again(session, user.id, interview_id, question_id)
        return _question(session, user.id, interview_id, question_id)


def _question(session: Session, user_id: str, interview_id: str, question_id: str) -> AskedQuestion:
    asked = service.question_of(session, interview_id, question_id).id
    questions = service.view(session, user_id, interview_id).questions
    return next(row for row in questions if row.id == asked)


def _sent_before(user_id: str, attempt: Attempt) -> UploadReceipt | None:
    with runtime().database.reading() as session:
        return idempotency.earlier(session, user_id, attempt, UploadReceipt)


@router.post(
    "/{interview_id}/upload-audio",
    status_code=202,
    responses={**replayed_header(202), **_ERRORS, **problem_responses(400, 409, 413, 415)},
    openapi_extra=_UPLOAD_BODY,
)
def upload_audio(
    interview_id: str,
    user: Costly,
    # After the user: nobody's upload is read before it is known who sends it.
    sent: Annotated[tuple[str, UploadFile], Depends(_multipart)],
    sending: Sending,
) -> UploadReceipt:
    """A whole recording in one request."""
    house = runtime()
    question_id, file = sent
    kind = recordings.plain_type(file.content_type)
    attempt = sending.of(question_id, kind, file_sha256(file.file)) if sending.key else sending
    known = _sent_before(user.id, attempt)
    if known is not None:
        return known
    try:
        recordings.check_quota(house.database, user.id, house.settings.user_quota_bytes)
        return recordings.upload(
            house.database, house.storage, user, interview_id, question_id, kind, file.file, attempt
        )
    except CoachError:
        # What is in the way may be the answer of this very request, sent twice at once.
        known = _sent_before(user.id, attempt)
        if known is None:
            raise
        return known
