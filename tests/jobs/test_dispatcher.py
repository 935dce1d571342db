"""The reconciler and bad rows; what fails after a commit is nobody's failure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from interview_coach.jobs import repository, service
from interview_coach.jobs.dispatcher import Dispatcher, queue_of
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.database import Database
from interview_coach.runtime import Runtime


def _lost_job(house: Runtime, kind: str) -> str:
    """A job on its last attempt, whose worker is gone."""
    with house.database.writing() as session:
        job_id = service.enqueue(session, kind, "light", {}, max_attempts=1)
    with house.database.writing() as session:
        assert repository.claim(session, job_id, 0, timedelta(seconds=-1))
    return job_id


def _statuses(house: Runtime) -> dict[str, str]:
    with house.database.reading() as session:
        return {job.id: job.status for job in session.exec(select(OutboxJob))}


def test_a_row_that_cannot_be_given_up_does_not_stop_the_others(house: Runtime) -> None:
    # This kind tells an answer that it was given up; the payload names none.
    kinds = ["feedback.unheard_of", "feedback.analyse_answer", "feedback.unheard_of"]
    jobs = [_lost_job(house, kind) for kind in kinds]
    with house.database.writing() as session:
        waiting = service.enqueue(session, "feedback.unheard_of", "light", {})
    dispatcher = Dispatcher(house.database, house.redis)
    assert dispatcher.reconcile() == 2
    assert [_statuses(house)[job_id] for job_id in jobs] == ["failed", "running", "failed"]
    assert _statuses(house)[waiting] == "dispatched"
    assert dispatcher.reconcile() == 0


def test_what_fails_after_the_commit_is_left_to_the_reconciler(
    house: Runtime, tmp_path: Path
) -> None:
    unusable = Database(f"sqlite:///{tmp_path}/empty.db")  # no table: every statement fails
    house.database.outbox = Dispatcher(unusable, house.redis).dispatch
    with house.database.writing() as session:
        job_id = service.enqueue(session, "feedback.unheard_of", "light", {})
    unusable.engine.dispose()
    assert _statuses(house) == {job_id: "waiting"}
    assert Dispatcher(house.database, house.redis).reconcile() == 1
    assert queue_of(house.redis, "light").count == 1
