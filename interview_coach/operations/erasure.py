"""The files of a user who is gone."""

from __future__ import annotations

from interview_coach.accounts import profile
from interview_coach.kit.database import Database
from interview_coach.kit.logging import get_logger
from interview_coach.storage.objects import ObjectStore

# Every kind of object that belongs to a user lies under <kind>/<user id>/.
KINDS = ("recordings", "playback", "chunks", "avatars", "exports")
log = get_logger("operations.erasure")


def erase_files(database: Database, storage: ObjectStore, user_id: str) -> int:
    """Delete every object of a user; returns how many. Of a user who is there nothing goes."""
    if not user_id:  # a folder of nobody's would be everybody's
        raise ValueError("whose files?")
    with database.reading() as session:
        if profile.exists(session, user_id):
            log.error("files not erased, their user is there", user=user_id)
            return 0
    return sum(storage.delete_folder(f"{kind}/{user_id}") for kind in KINDS)
