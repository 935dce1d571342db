"""Puts outbox rows on their RQ queues. Redis being away delays a job, it never loses one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

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
_LOST = "The worker stopped in the middle of this job."
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
        """Put one job on its queue now; when Redis is away the reconciler does it later.

        Called after the commit: what fails here is logged and never raised, since the caller's
        work is done.
        """
        try:
            with self._database.reading() as session:
                job = repository.get(session, job_id)
            if job is not None:
                self._push(job)
        except (SQLAlchemyError, RedisError):
            log.exception("not dispatched, the reconciler will", job=job_id)

    def reconcile(self) -> int:
        """Queue what was never queued, take back what lost its worker; returns how many.

        A job that cannot be treated is logged and left for the next time; the others go on.
        Raises SQLAlchemyError when the database cannot even be asked.
        """
        with self._database.reading() as session:
            abandoned = repository.lost(session)
        lost = sum(_each(self._take_back, job) for job in abandoned)
        with self._database.reading() as session:
            waiting = repository.due(session, now() - _REDISPATCH_AFTER)
        pushed = sum(_each(self._push_again, job) for job in waiting)
        if lost or pushed:
            log.info("reconciled", lost=lost, pushed=pushed)
        return lost + pushed

    def _take_back(self, seen: OutboxJob) -> bool:
        """Try a lost job again later or give it up, in a unit of work of its own."""
        with self._database.writing() as session:
            job = repository.get(session, seen.id)
            # Its worker may have come back since it was looked up.
            if job is None or job.attempt != seen.attempt or job.lease_until != seen.lease_until:
                return False
            if service.record_failure(session, job, job.attempt, _LOST):
                tell_given_up(session, job, _LOST)
        return True

    def _push_again(self, job: OutboxJob) -> bool:
        return not self._is_queued(job) and self._push(job)

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


def _each(treat: Callable[[OutboxJob], bool], job: OutboxJob) -> bool:
    """What `treat` returns for the job; False when it raises, so that the next one has its turn."""
    try:
        return treat(job)
    except Exception:
        log.exception("could not reconcile", job=job.id, kind=job.kind)
        return False


def _rq_id(job: OutboxJob) -> str:
    return f"{job.id}-{job.attempt}"
