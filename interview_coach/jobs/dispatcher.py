"""Puts outbox rows on their RQ queues. Redis being away delays a job, it never loses one."""

from __future__ import annotations

from datetime import timedelta

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from interview_coach.jobs import repository, service
from interview_coach.jobs.bodies import tell_given_up
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.kit.logging import get_logger

RUN = "interview_coach.jobs.runner.run"
_TIMEOUT_SECONDS = {"speech": 1800, "ai": 300, "light": 300}
_REDISPATCH_AFTER = timedelta(seconds=10)
_QUEUE_PREFIX = "coach-"
log = get_logger("jobs.dispatcher")


def queue_of(redis: Redis, name: str) -> Queue:
    """The RQ queue of that name; arguments travel as JSON."""
    return Queue(_QUEUE_PREFIX + name, connection=redis, serializer=JSONSerializer)


class Dispatcher:
    """Moves jobs from the outbox to Redis, and notices those that got lost on the way."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis

    def dispatch(self, job_id: str) -> None:
        """Put one job on its queue now; when Redis is away the reconciler does it later."""
        with self._database.reading() as session:
            job = repository.get(session, job_id)
        if job is not None:
            self._push(job)

    def reconcile(self) -> int:
        """Queue what was never queued, take back what lost its worker; returns how many."""
        with self._database.writing() as session:
            abandoned = repository.lost(session)
            for job in abandoned:
                reason = "The worker stopped in the middle of this job."
                if service.record_failure(session, job, job.attempt, reason):
                    tell_given_up(session, job, reason)
        with self._database.reading() as session:
            waiting = repository.due(session, now() - _REDISPATCH_AFTER)
        pushed = sum(self._push(job) for job in waiting if not self._is_queued(job))
        if abandoned or pushed:
            log.info("reconciled", lost=len(abandoned), pushed=pushed)
        return len(abandoned) + pushed

    def _push(self, job: OutboxJob) -> bool:
        try:
            queue_of(self._redis, job.queue).enqueue_call(
                RUN,
                args=(job.id, job.attempt),
                job_id=_rq_id(job),
                timeout=_TIMEOUT_SECONDS[job.queue],
                # Truth is in the outbox: Redis keeps nothing of a job that has ended.
                result_ttl=0,
                failure_ttl=60,
            )
        except RedisError as error:
            log.warning("not dispatched, the reconciler will", job=job.id, reason=str(error))
            return False
        with self._database.writing() as session:
            repository.mark_dispatched(session, job.id, job.attempt)
        return True

    def _is_queued(self, job: OutboxJob) -> bool:
        if job.status != "dispatched":
            return False
        try:
            return _rq_id(job) in queue_of(self._redis, job.queue).job_ids
        except RedisError:
            return True


def _rq_id(job: OutboxJob) -> str:
    return f"{job.id}-{job.attempt}"
