"""The rules of a recording: its chunks arrive in any order and any number of times."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import BinaryIO

from sqlmodel import Session

from interview_coach.accounts import idempotency
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.api.idempotency import Attempt
from interview_coach.interviews import repository, service
from interview_coach.interviews.models import Answer, Recording, RecordingChunk
from interview_coach.interviews.schemas import AnswerRequest, FinishRequest, UploadReceipt
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError
from interview_coach.kit.hashing import sha256_hex
from interview_coach.speech.decode import container_format, starts_container
from interview_coach.storage.objects import ObjectStore, StoredObject, too_large

MAX_RECORDING = 64 * 1024 * 1024
CONTENT_TYPES = ("audio/webm", "audio/ogg", "audio/mp4", "audio/wav", "audio/mpeg")
_ALIASES = {
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "video/webm": "audio/webm",
    "video/mp4": "audio/mp4",
    "application/ogg": "audio/ogg",
}
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")
_PIECE = 256 * 1024
_HEAD = 64


def plain_type(content_type: str | None) -> str:
    """The bare media type of a recording; one that is no sound raises 415."""
    bare = (content_type or "").split(";")[0].strip().lower()
    bare = _ALIASES.get(bare, bare)
    if bare not in CONTENT_TYPES:
        raise CoachError(
            "unsupported_type",
            f"Recordings come as {', '.join(CONTENT_TYPES)}, not as {bare or 'nothing named'}.",
            415,
        )
    return bare


def check_digest(header: str | None, content: bytes) -> None:
    """Compare the body with its Content-Digest (RFC 9530); 400 when they differ."""
    if header is None:
        return
    found = _DIGEST.search(header)
    try:
        told = base64.b64decode(found.group(1), validate=True).hex() if found else None
    except binascii.Error:
        told = None
    if told is None:
        raise CoachError("digest", "Content-Digest must be sha-256=:<base64>:.", 400)
    if told != sha256_hex(content):
        raise CoachError("digest", "This piece was damaged on its way. Send it again.", 400)


def not_sound() -> CoachError:
    """The refusal of a file that is no recording."""
    return CoachError(
        "not_audio",
        "This is not a recording we can read. Send WebM, Ogg, MP4, WAV or MP3, or record again.",
        415,
    )


def _differs() -> CoachError:
    return CoachError("chunk_differs", "Another piece has this number already.", 409)


def _sent() -> CoachError:
    return CoachError("answer_sent", "This answer has been sent already.", 409)


def empty() -> CoachError:
    """The refusal of nothing."""
    return CoachError("empty", "There is no sound in this recording. Record it again.", 422)


def check_quota(database: Database, user_id: str, quota: int) -> None:
    """Refuse a new recording of a user whose recordings fill `quota` bytes: 413 `quota`.

    Looked at when a recording begins, so that none is cut off in the middle.
    """
    with database.reading() as session:
        used = repository.bytes_kept(session, user_id)
    if used >= quota:
        raise CoachError(
            "quota",
            f"Your recordings fill the {quota // (1024 * 1024)} MB there are for them. Have older "
            "ones deleted (Settings, Preferences), or type your answer.",
            413,
        )


def put_chunk(
    database: Database,
    storage: ObjectStore,
    answer: Answer,
    number: int,
    content_type: str,
    content: bytes,
) -> list[int]:
    """Keep one chunk; the same chunk again changes nothing. Returns the numbers received.

    409 `chunk_differs` when another content is there under this number, 409 `answer_sent` when
    the recording has been finished, 413 when the whole becomes too large.
    """
    if not content:
        raise empty()
    if number == 0 and container_format(content[:_HEAD]) is None:
        raise not_sound()
    with database.reading() as session:
        known = repository.chunk(session, answer.id, number)
        received = repository.bytes_received(session, answer.id)
    digest = sha256_hex(content)
    if known is not None:
        if known.sha256 != digest:
            raise _differs()
    elif answer.status != "recording":
        raise _sent()
    elif received + len(content) > MAX_RECORDING:
        raise too_large(MAX_RECORDING)
    else:
        folder = f"chunks/{answer.user_id}/{answer.id}/{number}"
        kept = storage.keep(folder, [content], MAX_RECORDING)
        _write_chunk(database, answer.id, number, content_type, content, kept)
    with database.reading() as session:
        return [row.number for row in repository.chunks(session, answer.id)]


def _write_chunk(
    database: Database,
    answer_id: str,
    number: int,
    content_type: str,
    content: bytes,
    kept: StoredObject,
) -> None:
    with database.writing() as session:
        # Everything is asked again where nobody else can write to this answer: the same chunk,
        # or the end of the recording, may have arrived at the same moment.
        status = repository.lock_answer(session, answer_id)
        known = repository.chunk(session, answer_id, number)
        if known is not None and known.sha256 == kept.sha256:
            return
        if known is not None:
            raise _differs()
        if status != "recording":
            raise _sent()
        repository.add_chunk(
            session,
            RecordingChunk(
                answer_id=answer_id,
                number=number,
                content_type=content_type,
                object_key=kept.key,
                size=kept.size,
                sha256=kept.sha256,
                starts_container=starts_container(content[:_HEAD], first=number == 0),
            ),
        )


def finish(database: Database, storage: ObjectStore, answer: Answer, given: FinishRequest) -> str:
    """Join the chunks and queue the analysis; returns the answer's status. Twice is fine.

    409 `chunks_missing` names the chunks that have not arrived.
    """
    if answer.status != "recording":
        return answer.status
    with database.reading() as session:
        rows = repository.chunks(session, answer.id)
    present = {row.number for row in rows}
    missing = [number for number in range(given.chunks) if number not in present]
    if missing:
        # The same request, sent twice at once, may have finished and cleared the chunks away.
        ended = _status_if_sent(database, answer)
        if ended is not None:
            return ended
        raise CoachError(
            "chunks_missing",
            f"{len(missing)} of {given.chunks} pieces have not arrived yet.",
            409,
            {"missing": missing},
        )
    wanted = rows[: given.chunks]
    folder = f"recordings/{answer.user_id}"
    try:
        kept = storage.keep(folder, _joined(storage, wanted), MAX_RECORDING)
    except FileNotFoundError:
        ended = _status_if_sent(database, answer)
        if ended is None:
            raise
        return ended
    status = _store_recording(
        database, answer, kept, wanted[0].content_type, _segments(wanted), given.duration_seconds
    )
    storage.delete_all([row.object_key for row in rows])
    return status


def _status_if_sent(database: Database, answer: Answer) -> str | None:
    """The answer's status now, None while it is still being recorded."""
    with database.reading() as session:
        found = service.find_answer(session, answer.user_id, answer.interview_id, answer.id)
    return None if found.status == "recording" else found.status


def _joined(storage: ObjectStore, rows: list[RecordingChunk]) -> Iterator[bytes]:
    for row in rows:
        yield storage.read(row.object_key)


def _segments(rows: list[RecordingChunk]) -> list[int]:
    """Byte offsets where a new container begins: one more for each page refresh."""
    offsets, offset = [], 0
    for row in rows:
        if row.starts_container:
            offsets.append(offset)
        offset += row.size
    return offsets


def _store_recording(
    database: Database,
    answer: Answer,
    kept: StoredObject,
    content_type: str,
    segments: list[int],
    seconds: float | None,
) -> str:
    with database.writing() as session:
        service.check_one_take(session, answer)
        values = {"status": "uploaded", "duration_seconds": seconds}
        if not repository.set_answer(session, answer.id, values, before=("recording",)):
            return service.find_answer(
                session, answer.user_id, answer.interview_id, answer.id
            ).status
        _attach(session, answer, kept, content_type, segments)
        repository.drop_chunks(session, answer.id)
    return "uploaded"


def _attach(
    session: Session, answer: Answer, kept: StoredObject, content_type: str, segments: list[int]
) -> None:
    repository.add(
        session,
        Recording(
            answer_id=answer.id,
            user_id=answer.user_id,
            content_type=content_type,
            object_key=kept.key,
            size=kept.size,
            sha256=kept.sha256,
            segments=segments,
        ),
    )
    service.queue_analysis(session, answer, "speech")


def upload(
    database: Database,
    storage: ObjectStore,
    user: CurrentUser,
    interview_id: str,
    question_id: str,
    content_type: str,
    file: BinaryIO,
    attempt: Attempt,
) -> UploadReceipt:
    """A whole recording in one request: kept, and its analysis queued.

    Sent twice with one key there is one answer: the key is written with it, and the object,
    whose name is the digest of its content, is the same one. 422 `empty`, 415 `not_audio`,
    413 `too_large`; then no answer is made.
    """
    head = file.read(_HEAD)
    if not head:
        raise empty()
    if container_format(head) is None:
        raise not_sound()
    file.seek(0)
    given = AnswerRequest(question_id=question_id)
    with database.reading() as session:
        service.check_open(session, user.id, interview_id, given)
    kept = storage.keep(
        f"recordings/{user.id}", iter(lambda: file.read(_PIECE), b""), MAX_RECORDING
    )
    with database.writing() as session:

        def make() -> UploadReceipt:
            answer = service.add_answer(session, user, interview_id, given)
            repository.set_answer(session, answer.id, {"status": "uploaded"})
            _attach(session, answer, kept, content_type, [0])
            return UploadReceipt(answer_id=answer.id, status="uploaded")

        return idempotency.once(session, user.id, attempt, UploadReceipt, make, status=202)


def discard(session: Session, storage: ObjectStore, answer: Answer) -> None:
    """Remove a recording that was never sent; a sent one stays (409 `answer_sent`)."""
    keys = [row.object_key for row in repository.chunks(session, answer.id)]
    if not repository.remove_unsent(session, answer.id):
        raise CoachError("answer_sent", "This answer has been sent and is kept.", 409)
    # Only after the commit: a rollback must not leave rows without their objects.
    run_after_commit(session, lambda: storage.delete_all(keys))
    service.tell(session, answer.interview_id)
