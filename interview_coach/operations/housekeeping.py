"""What is cleared away every hour."""

from __future__ import annotations

from datetime import timedelta

from interview_coach.accounts import expiry
from interview_coach.ai import ledger
from interview_coach.interviews import retention
from interview_coach.jobs import service as jobs
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.questions import tailored
from interview_coach.reports import sharing
from interview_coach.runtime import Runtime
from interview_coach.storage.objects import ObjectStore

DONE_JOBS_KEPT = timedelta(days=30)


def tidy(house: Runtime) -> dict[str, int]:
    """Remove everything whose time is up; how many of each. Each kind is a unit of work of its
    own, so that none waits for all."""
    database, storage = house.database, house.storage
    with database.writing() as session:
        cleared = expiry.drop_ended(session)
    with database.writing() as session:
        cleared["exports"] = expiry.drop_exports(session, storage.delete_all)
    cleared["recordings"] = _recordings(database, storage, house.settings.audio_retention_days)
    cleared["unfinished"] = retention.drop_unfinished(database, storage)
    with database.writing() as session:
        cleared["shares"] = sharing.drop_expired(session)
    with database.writing() as session:
        cleared["jobs"] = jobs.drop_done(session, now() - DONE_JOBS_KEPT)
    with database.writing() as session:
        cleared["engine_answers"] = ledger.drop_old_answers(session)
    with database.writing() as session:
        cleared["tailored_questions"] = tailored.drop_old(session)
    return cleared


def _recordings(database: Database, storage: ObjectStore, usual_days: int | None) -> int:
    """What a user has chosen goes before what the operator has set."""
    with database.reading() as session:
        chosen = expiry.chosen_retention_days(session)
    count = sum(retention.drop_recordings(database, storage, days, chosen=True) for days in chosen)
    if usual_days is not None:
        count += retention.drop_recordings(database, storage, usual_days, chosen=False)
    return count
