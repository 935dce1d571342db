"""Looking back: the history of interviews and the figures over them."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.analytics import repository
from interview_coach.analytics.schemas import HistoryItem, HistoryRequest, Totals
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import Interview
from interview_coach.kit.pagination import Page


def history(session: Session, user_id: str, asked: HistoryRequest) -> Page[HistoryItem]:
    """One page of this user's interviews."""
    rows, total = repository.history(session, user_id, asked)
    return Page(
        items=[_item(*row) for row in rows],
        total=total,
        page=asked.page,
        page_size=asked.page_size,
    )


def _item(row: Interview, question_count: int, answer_count: int) -> HistoryItem:
    return HistoryItem(
        id=row.id,
        type=row.type,
        track=row.track,
        mode=row.mode,
        status=row.status,
        question_count=question_count,
        answer_count=answer_count,
        overall_score=row.overall_score,
        low=row.overall_low,
        high=row.overall_high,
        draft=row.draft,
        created_at=row.created_at,
        completed_at=row.completed_at,
        duration_seconds=interviews.seconds_in_progress(row),
    )


def totals(session: Session, user_id: str) -> Totals:
    """Figures over this user's completed interviews."""
    count, average, best, seconds = repository.totals(session, user_id)
    return Totals(
        total_interviews=count,
        average_score=None if average is None else round(float(average), 1),
        best_score=best,
        practice_seconds=seconds,
    )
