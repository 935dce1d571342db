"""Administrators see the jobs and try again what has failed."""

from __future__ import annotations

import pytest

from interview_coach.accounts import administration
from interview_coach.jobs import repository, runner
from interview_coach.jobs import service as jobs
from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.database import Database
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client, sign_up

JOBS = "/api/v1/admin/jobs"
KIND = "operations.housekeeping"


@pytest.fixture
def any_admin(any_house: Runtime) -> Api:
    """The one administrator, signed in."""
    account = sign_up(make_client(), "admin@example.org")
    assert administration.raise_existing(any_house.database, "admin@example.org")
    return account


def _queued(database: Database, kind: str = KIND) -> str:
    with database.writing() as session:
        payload = {"interview_id": "an-id", "text": "what somebody said"}
        return jobs.enqueue(session, kind, "light", payload)


def _fail(database: Database, job_id: str, reason: str = "OSError: no room") -> int:
    """Let the job use up all its attempts; returns the last one."""
    while True:
        job = _job(database, job_id)
        if job.status == "failed":
            return job.attempt
        with database.writing() as session:
            assert repository.claim(session, job_id, job.attempt, jobs.LEASE)
            jobs.record_failure(session, job, job.attempt + 1, reason)


def _job(database: Database, job_id: str) -> OutboxJob:
    with database.reading() as session:
        job = repository.get(session, job_id)
        assert job is not None
        session.expunge(job)
        return job


def test_jobs_are_filtered_and_show_ids_and_reasons_alone(
    any_admin: Api, any_house: Runtime
) -> None:
    failed = _queued(any_house.database)
    _fail(any_house.database, failed, "IntegrityError: twice [SQL: INSERT] 'my own words'")
    waiting = _queued(any_house.database, "operations.erase_files")

    def found(**asked: str) -> list[str]:
        return [row["id"] for row in any_admin.get(JOBS, params=asked).json()["items"]]

    assert found(kind="operations.erase_files") == [waiting]
    assert found(status="failed", queue="light") == [failed]
    assert found(queue="speech") == []
    assert any_admin.get(JOBS, params={"status": "lost"}).status_code == 422
    row = any_admin.get(JOBS, params={"status": "failed"}).json()["items"][0]
    assert row["reason"] == "IntegrityError: twice"
    assert row["ids"] == {"interview_id": "an-id"}
    assert "what somebody said" not in any_admin.get(JOBS).text


def test_a_failed_job_is_tried_again_and_done(any_admin: Api, any_house: Runtime) -> None:
    job_id = _queued(any_house.database)
    attempt = _fail(any_house.database, job_id)
    queue = queue_of(any_house.redis, "light")
    queue.empty()
    answer = any_admin.post(f"{JOBS}/{job_id}/retry")
    assert (answer.status_code, answer.json()["status"]) == (200, "waiting")
    assert queue.job_ids == [f"{job_id}-{attempt}"]
    job = _job(any_house.database, job_id)
    assert job.max_attempts - job.attempt == 3
    runner.run(job_id, attempt)
    assert _job(any_house.database, job_id).status == "done"
    told = any_admin.get("/api/v1/admin/audit", params={"action": "job_retried"}).json()
    assert told["items"][0]["detail"] == {"job_id": job_id, "kind": KIND}
    assert told["items"][0]["actor"] == "admin@example.org"


def test_only_what_has_failed_is_tried_again(any_admin: Api, any_house: Runtime) -> None:
    answer = any_admin.post(f"{JOBS}/{_queued(any_house.database)}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_failed")
    assert any_admin.post(f"{JOBS}/nothing/retry").status_code == 404
    told = any_admin.get("/api/v1/admin/audit", params={"action": "job_retried"}).json()
    assert told["total"] == 0


def test_a_worker_that_was_lost_finishes_nothing_after_a_new_try(
    any_admin: Api, any_house: Runtime
) -> None:
    job_id = _queued(any_house.database)
    attempt = _fail(any_house.database, job_id)
    assert any_admin.post(f"{JOBS}/{job_id}/retry").status_code == 200
    for late in range(1, attempt + 1):
        with pytest.raises(jobs.StaleAttemptError), any_house.database.writing() as session:
            jobs.finish(session, job_id, late)
