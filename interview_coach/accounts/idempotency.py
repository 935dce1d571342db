"""What a creating request answered, kept so that sending it again creates nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel
from sqlmodel import Session

from interview_coach.accounts import personal_repository as repository
from interview_coach.accounts.expiry import IDEMPOTENCY_KEPT
from interview_coach.accounts.models import IdempotencyKey
from interview_coach.api.idempotency import Attempt
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError

Shape = TypeVar("Shape", bound=BaseModel)
_CREATED = 201


def once(
    session: Session,
    user_id: str,
    attempt: Attempt,
    shape: type[Shape],
    make: Callable[[], Shape],
    status: int = _CREATED,
) -> Shape:
    """What `make` creates, or what it created when this key came first.

    The key is written before anything is made and in the same transaction: of two at once the
    second waits for the first. A key older than 24 hours counts as new. status: the one of the
    answer, kept beside it. 422 `idempotency_key` when the key stands for another request.
    """
    if attempt.key is None:
        return make()
    # Housekeeping comes once in a while; the promise of 24 hours does not wait for it.
    repository.drop_idempotency_key(session, user_id, attempt.key, now() - IDEMPOTENCY_KEPT)
    row = IdempotencyKey(
        user_id=user_id, key=attempt.key, fingerprint=attempt.fingerprint, status=status
    )
    if repository.add_idempotency_key(session, row):
        made = make()
        row.answer = made.model_dump(mode="json")
        return made
    known = earlier(session, user_id, attempt, shape)
    if known is None:
        raise _other_request()
    return known


def earlier(session: Session, user_id: str, attempt: Attempt, shape: type[Shape]) -> Shape | None:
    """What this request created when it was sent before, None when it was not; 422 as `once`."""
    if attempt.key is None:
        return None
    kept = repository.idempotency_key(session, user_id, attempt.key)
    if kept is None or kept.created_at < now() - IDEMPOTENCY_KEPT:
        return None
    if kept.fingerprint != attempt.fingerprint:
        raise _other_request()
    attempt.replayed()
    return shape.model_validate(kept.answer)


def _other_request() -> CoachError:
    return CoachError("idempotency_key", "This Idempotency-Key was used for another request.", 422)
