"""A real RQ worker inside the test: takes from the real Redis what is there, then returns."""

from __future__ import annotations

from rq import SimpleWorker
from rq.serializers import JSONSerializer
from sqlmodel import select

from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.models import QUEUES, OutboxJob
from interview_coach.jobs.runner import run
from interview_coach.runtime import Runtime


def work(house: Runtime, *names: str) -> None:
    """Run every job that is queued now, on the queues named or on all."""
    queues = [queue_of(house.redis, name) for name in names or QUEUES]
    SimpleWorker(queues, connection=house.redis, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )


def use_up_attempts(house: Runtime, kind: str) -> str:
    """Run the one job of this kind until it has failed for good; returns its id."""
    while True:
        with house.database.reading() as session:
            (job,) = session.exec(select(OutboxJob).where(OutboxJob.kind == kind)).all()
            job_id, status, attempt = job.id, job.status, job.attempt
        if status == "failed":
            return job_id
        assert status in ("waiting", "dispatched"), status
        run(job_id, attempt)
