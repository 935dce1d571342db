"""The outbox: nothing is queued without its transaction, nothing queued is lost or done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from interview_coach.feedback.models import Analysis
from interview_coach.interviews.models import Answer
from interview_coach.jobs import repository, runner, service
from interview_coach.jobs.bodies import body_of
from interview_coach.jobs.dispatcher import Dispatcher, queue_of
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.servers import RedisServer
from tests.support.workers import work


def _jobs(house: Runtime) -> list[OutboxJob]:
    with house.database.reading() as session:
        return list(session.exec(select(OutboxJob)))


def _age(session: Session, job: OutboxJob, **values: object) -> None:
    session.exec(update(OutboxJob).where(col(OutboxJob.id) == job.id).values(**values))


def test_a_rollback_drops_the_job(house: Runtime) -> None:
    def fail() -> None:
        with house.database.writing() as session:
            service.enqueue(session, "feedback.analyse_answer", "light", {"answer_id": "x"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _jobs(house) == []
    assert queue_of(house.redis, "light").count == 0


def test_a_commit_puts_the_job_on_its_queue_and_a_worker_does_it(
    any_house: Runtime, any_api: Api
) -> None:
    interview = new_interview(any_api)
    answer_id = typed_answer(any_api, interview, 0, STRONG_ANSWER)
    assert [job.status for job in _jobs(any_house)] == ["dispatched"]
    assert queue_of(any_house.redis, "light").count == 1
    work(any_house)
    assert [(job.status, job.attempt) for job in _jobs(any_house)] == [("done", 1)]
    found = any_api.get(f"/api/v1/interviews/{interview['id']}/answers/{answer_id}").json()
    assert found["status"] == "done"
    assert found["scores"]["overall"] is not None


def test_redis_away_at_the_commit_delays_the_job(
    house: Runtime, api: Api, redis_server: RedisServer
) -> None:
    interview = new_interview(api)
    redis_server.kill()
    try:
        answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
        assert [job.status for job in _jobs(house)] == ["waiting"]
        assert Dispatcher(house.database, house.redis).reconcile() == 0
    finally:
        redis_server.start()
    assert Dispatcher(house.database, house.redis).reconcile() == 1
    work(house)
    found = api.get(f"/api/v1/interviews/{interview['id']}/answers/{answer_id}").json()
    assert found["status"] == "done"


def test_a_job_that_redis_forgot_is_queued_again(
    house: Runtime, api: Api, redis_server: RedisServer
) -> None:
    typed_answer(api, new_interview(api), 0, STRONG_ANSWER)
    redis_server.clear()
    dispatcher = Dispatcher(house.database, house.redis)
    assert dispatcher.reconcile() == 0  # dispatched a moment ago: it may be on its way
    with house.database.writing() as session:
        _age(session, _jobs(house)[0], dispatched_at=now() - timedelta(minutes=1))
    assert dispatcher.reconcile() == 1
    work(house)
    assert [job.status for job in _jobs(house)] == ["done"]


def test_a_job_that_still_waits_in_its_queue_is_not_queued_twice(house: Runtime, api: Api) -> None:
    typed_answer(api, new_interview(api), 0, STRONG_ANSWER)
    with house.database.writing() as session:
        _age(session, _jobs(house)[0], dispatched_at=now() - timedelta(minutes=1))
    assert Dispatcher(house.database, house.redis).reconcile() == 0
    assert queue_of(house.redis, "light").count == 1


def test_a_job_whose_worker_was_lost_is_done_by_another_and_written_once(
    any_house: Runtime, any_api: Api
) -> None:
    house = any_house
    typed_answer(any_api, new_interview(any_api), 0, STRONG_ANSWER)
    job = _jobs(house)[0]
    with house.database.writing() as session:
        assert repository.claim(session, job.id, 0, timedelta(seconds=-1))
    assert Dispatcher(house.database, house.redis).reconcile() == 1
    told = _jobs(house)[0]
    assert told.status == "waiting"
    assert told.last_error == "The worker stopped in the middle of this job."

    # The first worker was only slow: what it brings now must be refused.
    def finish_late() -> None:
        with house.database.writing() as session:
            service.finish(session, job.id, 1)

    with pytest.raises(service.StaleAttemptError):
        finish_late()
    runner.run(job.id, 1)
    runner.run(job.id, 1)
    with house.database.reading() as session:
        assert len(list(session.exec(select(Analysis)))) == 1
    assert [(row.status, row.attempt) for row in _jobs(house)] == [("done", 2)]


def test_a_running_job_is_left_alone_while_its_lease_is_kept(house: Runtime, api: Api) -> None:
    typed_answer(api, new_interview(api), 0, STRONG_ANSWER)
    job = _jobs(house)[0]
    with house.database.writing() as session:
        repository.claim(session, job.id, 0, timedelta(seconds=20))
    Dispatcher(house.database, house.redis).reconcile()
    runner.run(job.id, 0)
    assert [(row.status, row.attempt) for row in _jobs(house)] == [("running", 1)]


def test_a_job_that_fails_keeps_its_reason_waits_and_is_given_up(house: Runtime) -> None:
    with house.database.writing() as session:
        service.enqueue(session, "feedback.unheard_of", "light", {}, max_attempts=2)
    job = _jobs(house)[0]
    runner.run(job.id, 0)
    first = _jobs(house)[0]
    assert first.status == "waiting"
    assert "unheard_of" in (first.last_error or "")
    assert first.available_at > now()
    assert Dispatcher(house.database, house.redis).reconcile() == 0  # not yet
    runner.run(job.id, 1)
    assert [(row.status, row.attempt) for row in _jobs(house)] == [("failed", 2)]


def test_an_answer_deleted_meanwhile_ends_its_job(house: Runtime, api: Api) -> None:
    answer_id = typed_answer(api, new_interview(api), 0, STRONG_ANSWER)
    with house.database.writing() as session:
        session.delete(session.get(Answer, answer_id))
    work(house)
    assert [job.status for job in _jobs(house)] == ["done"]


@pytest.mark.parametrize(
    "kind", ["feedback", "os.system", "feedback.Analysis", "../x.y", "kit.run"]
)
def test_only_jobs_of_a_domain_can_be_named(kind: str) -> None:
    with pytest.raises(LookupError):
        body_of(kind)
