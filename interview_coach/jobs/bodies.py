"""What a domain offers as a job: a body to run, and what to do when it is given up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlmodel import Session

from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.logging import get_logger

log = get_logger("jobs.bodies")
_KIND = re.compile(r"^[a-z]+\.[a-z_]+$")


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job body is given: its payload, and what it needs to finish exactly once."""

    job_id: str
    attempt: int
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JobBody:
    """A job of a domain.

    run: does the work and calls `jobs.service.finish` in the transaction that stores the result.
    gave_up: tells the rows concerned, in the transaction that marks the job as failed.
    """

    run: Callable[[JobContext], None]
    gave_up: Callable[[Session, dict[str, Any], str], None]


def body_of(kind: str) -> JobBody:
    """The body behind `domain.function`: `interview_coach/<domain>/jobs.py` holds it by that name.

    Raises LookupError for a kind that no domain offers.
    """
    if not _KIND.match(kind):
        raise LookupError(f"{kind!r} is no kind of job")
    domain, name = kind.split(".")
    try:
        module = import_module(f"interview_coach.{domain}.jobs")
    except ModuleNotFoundError as error:
        raise LookupError(f"{kind!r} is no kind of job") from error
    body = getattr(module, name, None)
    if not isinstance(body, JobBody):
        raise LookupError(f"{kind!r} is no kind of job")
    return body


def tell_given_up(session: Session, job: OutboxJob, reason: str) -> None:
    """Let the job's domain tell its rows; a kind that no domain offers any more has none."""
    try:
        body = body_of(job.kind)
    except LookupError as error:
        log.warning("given up", job=job.id, kind=job.kind, reason=str(error))
        return
    body.gave_up(session, job.payload, reason)
