"""The audit log: what was done to whose account, when and from where."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.accounts import repository
from interview_coach.accounts.models import AuditEvent

_MAX_ADDRESS = 45


def record(
    session: Session,
    action: str,
    *,
    actor: str | None = None,
    subject: str | None = None,
    address: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one entry in the transaction of what it tells.

    actor: the id of the user who acts, None for nobody signed in or the operator's command.
    subject: the id of the user it concerns. detail: figures and codes; never secrets or texts.
    """
    event = AuditEvent(
        action=action,
        actor=actor,
        subject=subject,
        address=address[:_MAX_ADDRESS] if address else None,
        detail=detail or {},
    )
    repository.add_audit_event(session, event)
