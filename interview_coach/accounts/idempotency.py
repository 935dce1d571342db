"""What a creating request answered, kept so that sending it again creates nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel
from sqlmodel import Session

from interview_coach.accounts import personal_repository as repository
from interview_coach.accounts.models import IdempotencyKey
from interview_coach.api.idempotency import Attempt
from interview_coach.kit.errors import CoachError

Shape = TypeVar("Shape", bound=BaseModel)
_CREATED = 201


def once(
    session: Session, user_id: str, attempt: Attempt, shape: type[Shape], make: Callable[[], Shape]
) -> Shape:
    """What `make` creates, or what it created when this key came first.

    The key is written before anything is made and in the same transaction: of two at once the
    second waits for the first. 422 `idempotency_key` when the key stands for another request.
    """
    if attempt.key is None:
        return make()
    row = IdempotencyKey(
        user_id=user_id, key=attempt.key, fingerprint=attempt.fingerprint, status=_CREATED
    )
    if repository.add_idempotency_key(session, row):
        made = make()
        row.answer = made.model_dump(mode="json")
        return made
    kept = repository.idempotency_key(session, user_id, attempt.key)
    if kept is None or kept.fingerprint != attempt.fingerprint:
        raise CoachError(
            "idempotency_key", "This Idempotency-Key was used for another request.", 422
        )
    attempt.replayed()
    return shape.model_validate(kept.answer)
