"""What accounts keep for a time only, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session

from interview_coach.accounts import personal_repository
from interview_coach.kit.clock import now
from interview_coach.kit.database import run_after_commit

# Ended sign-ins and tokens are shown to nobody; a month is for looking into an incident.
ENDED_KEPT = timedelta(days=30)
MAIL_TOKENS_KEPT = timedelta(days=1)
IDEMPOTENCY_KEPT = timedelta(hours=24)
_AT_ONCE = 200


def drop_ended(session: Session) -> dict[str, int]:
    """Remove ended sessions, tokens and idempotency keys whose time is up; how many of each."""
    moment = now()
    return {
        "sessions": personal_repository.drop_sessions(session, moment - ENDED_KEPT),
        "personal_tokens": personal_repository.drop_personal_tokens(session, moment - ENDED_KEPT),
        "mail_tokens": personal_repository.drop_mail_tokens(session, moment - MAIL_TOKENS_KEPT),
        "idempotency_keys": personal_repository.drop_idempotency_keys(
            session, moment - IDEMPOTENCY_KEPT
        ),
    }


def drop_exports(session: Session, delete_objects: Callable[[list[str]], None]) -> int:
    """Remove some exports whose time is up, their objects after the commit; how many there were."""
    rows = personal_repository.expired_exports(session, _AT_ONCE)
    for row in rows:
        personal_repository.delete_export(session, row.id)
    keys = [row.object_key for row in rows if row.object_key is not None]
    run_after_commit(session, lambda: delete_objects(keys))
    return len(rows)


def chosen_retention_days(session: Session) -> list[int]:
    """The numbers of days that users have chosen for their recordings, each once."""
    return personal_repository.chosen_retention_days(session)
