"""What was shared of a user's interviews and said about them, for their export."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.reports import repository

_INTERNAL = {"user_id", "interview_id", "digest"}


def shared(session: Session, user_id: str, interview_id: str) -> dict[str, Any]:
    """`share`, the link without its secret or None, and `comments`, oldest first, as plain JSON."""
    share = repository.share(session, user_id, interview_id)
    return {
        "share": share and share.model_dump(mode="json", exclude=_INTERNAL),
        "comments": [
            row.model_dump(mode="json", exclude=_INTERNAL)
            for row in repository.comments(session, user_id, interview_id)
        ],
    }
