"""A real RQ worker inside the test: takes from the real Redis what is there, then returns."""

from __future__ import annotations

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.models import QUEUES
from interview_coach.runtime import Runtime


def work(house: Runtime, *names: str) -> None:
    """Run every job that is queued now, on the queues named or on all."""
    queues = [queue_of(house.redis, name) for name in names or QUEUES]
    SimpleWorker(queues, connection=house.redis, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )
