"""Running a job to its end without waiting for its retries to be due."""

from __future__ import annotations

from sqlmodel import select

from interview_coach.jobs import runner
from interview_coach.jobs.models import OutboxJob
from interview_coach.runtime import Runtime

ANALYSIS = "feedback.analyse_answer"


def run_to_the_end(house: Runtime) -> OutboxJob:
    """Run the only analysis, attempt after attempt, until it is done or given up."""
    while True:
        with house.database.reading() as session:
            job = session.exec(select(OutboxJob).where(OutboxJob.kind == ANALYSIS)).one()
        if job.status in {"done", "failed"}:
            return job
        runner.run(job.id, job.attempt)
