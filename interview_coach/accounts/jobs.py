"""The job that mails a secret. It makes the secret itself, so that none stands in a job."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.accounts import recovery, repository
from interview_coach.accounts.mail import compose, mailer_of, site_address
from interview_coach.accounts.models import User
from interview_coach.accounts.recovery import Purpose
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobBody, JobContext
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

_SUBJECTS: dict[Purpose, str] = {
    "verify": "Confirm your e-mail address",
    "reset": "Set a new password",
}
_TEXTS: dict[Purpose, str] = {
    "verify": (
        "Hello,\n\n"
        "somebody, most likely you, made an account at Interview Coach with this address.\n"
        "Open this page within 24 hours to confirm that it is yours:\n\n{link}\n\n"
        "If it was not you, leave it: nothing else will come.\n"
    ),
    "reset": (
        "Hello,\n\n"
        "somebody, most likely you, asked for a new password at Interview Coach.\n"
        "Open this page within one hour to set it:\n\n{link}\n\n"
        "If it was not you, leave it: your password stays as it is.\n"
    ),
}
log = get_logger("accounts.jobs")


def _run(context: JobContext) -> None:
    house = runtime()
    user_id: str | None = context.payload["user_id"]
    purpose: Purpose = context.payload["purpose"]
    mailer = mailer_of(house.settings)
    if mailer is None:
        log.warning("mail not sent: COACH_SMTP_URL is not set", purpose=purpose)
    secret, user = None, None
    with house.database.writing() as session:
        user = None if user_id is None else repository.user_by_id(session, user_id)
        if user is not None and mailer is not None and _is_wanted(user, purpose):
            secret = recovery.new_secret_for(session, user, purpose)
    if secret is not None and user is not None and mailer is not None:
        link = f"{site_address(house.settings)}/{purpose}?token={secret}"
        text = _TEXTS[purpose].format(link=link)
        mailer.send(compose(house.settings, user.email, _SUBJECTS[purpose], text))
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)


def _is_wanted(user: User, purpose: Purpose) -> bool:
    if not user.is_active:
        return False
    return purpose == "reset" or user.email_verified_at is None


def _gave_up(_session: Session, payload: dict[str, Any], reason: str) -> None:
    log.error("mail given up", purpose=payload["purpose"], reason=reason)


send_mail = JobBody(run=_run, gave_up=_gave_up)
