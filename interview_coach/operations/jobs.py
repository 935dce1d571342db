"""Jobs that concern a whole account or the whole installation."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.accounts import exports
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobBody, JobContext
from interview_coach.kit.logging import get_logger
from interview_coach.operations import erasure, export
from interview_coach.operations import housekeeping as housekeeping_rules
from interview_coach.runtime import runtime

log = get_logger("operations.jobs")


def _export_account(context: JobContext) -> None:
    house = runtime()
    user_id, export_id = context.payload["user_id"], context.payload["export_id"]
    with house.database.writing() as session:
        if not exports.begin(session, user_id, export_id):
            jobs.finish(session, context.job_id, context.attempt)
            return
    made = export.make(house.database, house.storage, user_id, export_id)
    try:
        with house.database.writing() as session:
            jobs.finish(session, context.job_id, context.attempt)
            older = exports.finish(session, user_id, export_id, made.key, made.size)
    except jobs.StaleAttemptError:
        # Another attempt has made it, or its user is gone and nobody would look for this object.
        with house.database.reading() as session:
            if not exports.is_at(session, user_id, export_id, made.key):
                house.storage.delete(made.key)
        raise
    house.storage.delete_all([made.key] if older is None else older)
    log.info("exported", size=made.size)


def _export_given_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    log.error("export given up", export=payload["export_id"], reason=reason)
    told = "The export could not be made, three times over. Ask for it again, or tell the operator."
    exports.fail(session, payload["user_id"], payload["export_id"], told)


def _erase_files(context: JobContext) -> None:
    house = runtime()
    count = erasure.erase_files(house.database, house.storage, context.payload["user_id"])
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
    log.info("files erased", count=count)


def _housekeeping(context: JobContext) -> None:
    house = runtime()
    cleared = housekeeping_rules.tidy(house)
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
    log.info("cleared away", **{name: count for name, count in cleared.items() if count})


def _only_tell(_session: Session, payload: dict[str, Any], reason: str) -> None:
    log.error("given up", payload=payload, reason=reason)


export_account = JobBody(run=_export_account, gave_up=_export_given_up)
erase_files = JobBody(run=_erase_files, gave_up=_only_tell)
housekeeping = JobBody(run=_housekeeping, gave_up=_only_tell)
