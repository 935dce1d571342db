"""The zip of everything a user has, written piece by piece so that its size costs no memory."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from interview_coach.accounts import archive as accounts
from interview_coach.feedback import archive as feedback
from interview_coach.interviews import archive as interviews
from interview_coach.interviews.models import Interview
from interview_coach.kit.clock import iso, now
from interview_coach.kit.database import Database
from interview_coach.questions import tailored
from interview_coach.reports import archive as reports
from interview_coach.storage.objects import ObjectStore, StoredObject

MAX_EXPORT = 16 * 1024**3
_SPOOL_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 256 * 1024
# What a spreadsheet would take for a formula (OWASP ASVS 1.2.10).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_ENDINGS = {
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
}
_SCORES = ("fluency", "confidence", "clarity", "content")
_COLUMNS = (
    "id",
    "type",
    "track",
    "difficulty",
    "mode",
    "status",
    "created_at",
    "started_at",
    "completed_at",
    "active_seconds",
    "questions",
    "answers",
    "overall",
    "low",
    "high",
    *_SCORES,
    "draft",
)
_README = """\
Interview Coach: everything that was kept about you on {moment}.

account.json     your profile, preferences, sign-ins, personal tokens and the audit log of your
                 account. Passwords and the secrets of sign-ins and tokens are not in it: only
                 digests of them are kept, from which nothing can be read.
interviews.json  your interviews with questions, answers, transcripts and all analyses. `lanes` is
                 what is drawn of a recording: waveform, pitch and loudness every 20 or 40 ms.
                 `share` is the open link to the report, without its secret; `comments` is what its
                 readers said.
questions.json   questions made for you from a role, a job ad or a resume.
interviews.csv   one line an interview, for spreadsheets. Text that a spreadsheet would take for
                 a formula has an apostrophe in front.
audio/           your recordings as they were sent, named <interview>/<answer>. Of one that went
                 on after a page was loaded again there is a joined form beside it.
avatar.webp      your picture, when you have one.

Reports as PDF are made from all this when you ask for one and are not kept, so there are none.
Pieces of recordings that were never finished are not in here. Times are in UTC.
Recordings in here: {recordings}. Recordings that were deleted before they could be copied: \
{missing}.
"""


@dataclass(slots=True)
class _Sounds:
    copied: int = 0
    missing: int = 0


def make(database: Database, storage: ObjectStore, user_id: str, export_id: str) -> StoredObject:
    """Write the zip and keep it under `exports/<user>/<export>/`."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, database, storage, user_id)
        spool.seek(0)
        pieces = iter(lambda: spool.read(_PIECE), b"")
        return storage.keep(f"exports/{user_id}/{export_id}", pieces, MAX_EXPORT)


def _write(
    archive: zipfile.ZipFile, database: Database, storage: ObjectStore, user_id: str
) -> None:
    with database.reading() as session:
        account = accounts.account(session, user_id)
        picture = accounts.avatar_key(session, user_id)
        made = tailored.exported(session, user_id)
        ids = interviews.interview_ids(session, user_id)
    archive.writestr("account.json", _json(account))
    archive.writestr("questions.json", _json(made))
    with archive.open("interviews.csv", "w") as out:
        for line in _lines(database, user_id, ids):
            out.write(line)
    with archive.open("interviews.json", "w", force_zip64=True) as out:
        for piece in _interviews(database, user_id, ids):
            out.write(piece)
    if picture is not None:
        _copy(archive, storage, picture, "avatar.webp")
    sounds = _copy_sounds(archive, database, storage, user_id)
    archive.writestr(
        "README.txt",
        _README.format(moment=iso(now()), recordings=sounds.copied, missing=sounds.missing),
    )


def _interviews(database: Database, user_id: str, ids: list[str]) -> Iterator[bytes]:
    """A JSON list, one interview at a time."""
    yield b"["
    for place, interview_id in enumerate(ids):
        # A session for each: a long one would keep every row it has read.
        with database.reading() as session:
            found = interviews.whole(session, user_id, interview_id)
            answer_ids = [answer["id"] for answer in found["answers"]]
            analyses = feedback.analyses(session, user_id, answer_ids)
            advice = feedback.feedback(session, user_id, answer_ids)
            lanes = feedback.lanes(session, user_id, answer_ids)
            stronger = feedback.model_answers(session, user_id, answer_ids)
            found |= reports.shared(session, user_id, interview_id)
        for answer in found["answers"]:
            answer["analyses"] = analyses[answer["id"]]
            answer["feedback"] = advice[answer["id"]]
            answer["lanes"] = lanes.get(answer["id"])
            answer["model_answer"] = stronger.get(answer["id"])
        yield (",\n" if place else "\n").encode() + _json(found)
    yield b"\n]\n"


def _lines(database: Database, user_id: str, ids: list[str]) -> Iterator[bytes]:
    """The lines of the table, heading first. Begins with a byte order mark, as Excel wants it."""
    yield "\ufeff".encode() + _line(_COLUMNS)
    for interview_id in ids:
        with database.reading() as session:
            found = interviews.interview(session, user_id, interview_id)
            counts = interviews.counts(session, interview_id)
        yield _line(_row(found, counts))


def _row(found: Interview, counts: tuple[int, int]) -> tuple[Any, ...]:
    scores = found.scores or {}
    return (
        found.id,
        found.type,
        found.track,
        found.difficulty,
        found.mode,
        found.status,
        iso(found.created_at),
        iso(found.started_at),
        iso(found.completed_at),
        round(found.active_seconds, 1),
        *counts,
        found.overall_score,
        found.overall_low,
        found.overall_high,
        *(scores.get(name) for name in _SCORES),
        "yes" if found.draft else "no",
    )


def _line(cells: tuple[Any, ...]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode()


def guarded(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def _copy_sounds(
    archive: zipfile.ZipFile, database: Database, storage: ObjectStore, user_id: str
) -> _Sounds:
    with database.reading() as session:
        rows = interviews.recordings(session, user_id)
    sounds = _Sounds()
    for interview_id, row in rows:
        ending = _ENDINGS.get(row.content_type, "bin")
        name = f"audio/{interview_id}/{row.answer_id}"
        copied = _copy(archive, storage, row.object_key, f"{name}.{ending}")
        sounds.copied += copied
        sounds.missing += not copied
        if row.playback_key is not None:
            _copy(archive, storage, row.playback_key, f"{name}-joined.webm")
    return sounds


def _copy(archive: zipfile.ZipFile, storage: ObjectStore, key: str, name: str) -> bool:
    """Copy an object into the zip as it is; False when it is not there any more."""
    try:
        storage.size(key)
    except FileNotFoundError:
        return False
    # Sounds and pictures are compressed already.
    entry = zipfile.ZipInfo(name, date_time=now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED
    with archive.open(entry, "w") as out:
        _pour(storage, key, out)
    return True


def _pour(storage: ObjectStore, key: str, out: IO[bytes]) -> None:
    for piece in storage.stream(key):
        out.write(piece)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
