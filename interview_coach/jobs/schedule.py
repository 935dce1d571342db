"""What is queued by the clock: once an hour, however many workers look at it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from interview_coach.jobs import repository, service
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database

HOUSEKEEPING = "operations.housekeeping"


class Hourly:
    """Queues the hourly jobs. The id of a job names its hour, so the database takes it once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = ""

    def queue_due(self, moment: datetime | None = None) -> bool:
        """Queue what is due in this hour; False when somebody has. Asks the database once an hour.

        moment: the present, when it is not given.
        """
        job_id = f"housekeeping-{moment or now():%Y%m%d%H}"
        if job_id == self._seen:
            return False
        queued = self._queue(job_id)
        self._seen = job_id
        return queued

    def _queue(self, job_id: str) -> bool:
        with self._database.reading() as session:
            if repository.get(session, job_id) is not None:
                return False
        try:
            with self._database.writing() as session:
                service.enqueue(session, HOUSEKEEPING, "light", {}, job_id=job_id)
        except IntegrityError:  # another worker was quicker
            return False
        return True
