"""How long sounds are kept. An answer keeps its transcript and its scores without its sound."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from interview_coach.interviews import repository
from interview_coach.interviews.machine import RECORDING_OVER
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError
from interview_coach.storage.objects import ObjectStore

UNFINISHED_KEPT = timedelta(days=7)
_AT_ONCE = 200


def drop_recordings(database: Database, storage: ObjectStore, days: int, *, chosen: bool) -> int:
    """Remove the recordings that are older than `days`; returns how many.

    chosen: those of users who have chosen this number, else those of users who have chosen none.
    """
    dropped = 0
    while True:
        with database.writing() as session:
            count = _drop_some(session, storage, days, chosen=chosen)
        dropped += count
        if count < _AT_ONCE:
            return dropped


def _drop_some(session: Session, storage: ObjectStore, days: int, *, chosen: bool) -> int:
    before = now() - timedelta(days=days)
    rows = repository.recordings_before(session, before, days if chosen else None, limit=_AT_ONCE)
    repository.delete_recordings(session, [row.id for row in rows])
    keys = {key for row in rows for key in (row.object_key, row.playback_key) if key is not None}
    # The same sound sent for two answers is one object.
    alone = sorted(keys - repository.keys_in_use(session, sorted(keys)))
    run_after_commit(session, lambda: storage.delete_all(alone))
    return len(rows)


def drop_unfinished(database: Database, storage: ObjectStore) -> int:
    """Remove recordings that were begun and never finished, with their pieces; how many.

    One whose pieces are all on a device without network stays: there is nothing of it here.
    """
    dropped = 0
    while True:
        with database.writing() as session:
            count = _drop_some_unfinished(session, storage)
        dropped += count
        if count < _AT_ONCE:
            return dropped


def _drop_some_unfinished(session: Session, storage: ObjectStore) -> int:
    before = now() - UNFINISHED_KEPT
    answer_ids = repository.unfinished_before(session, before, limit=_AT_ONCE)
    keys: list[str] = []
    for answer_id in answer_ids:
        pieces = repository.chunks(session, answer_id)
        if repository.remove_unsent(session, answer_id):
            keys += [row.object_key for row in pieces]
    run_after_commit(session, lambda: storage.delete_all(keys))
    return len(answer_ids)


def deleted(days: int | None) -> CoachError:
    """The refusal of a sound that is kept no longer. days: for how long they are kept now."""
    kept = "" if days is None else f" Recordings are kept for {days} {_days(days)}."
    return CoachError(
        "recording_deleted",
        f"{RECORDING_OVER}{kept} Transcript and scores stay.",
        410,
    )


def _days(days: int) -> str:
    return "day" if days == 1 else "days"
