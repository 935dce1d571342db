"""Looking back: the history of interviews and the figures over them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from redis import Redis
from redis.exceptions import RedisError
from sqlmodel import Session

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.analytics import repository
from interview_coach.analytics.drills import due_drills
from interview_coach.analytics.reasons import reasons_of
from interview_coach.analytics.recommending import Candidate, Choice, recommend
from interview_coach.analytics.schemas import (
    Dashboard,
    HistoryItem,
    HistoryRequest,
    RecommendationRequest,
    RecommendedQuestion,
    Totals,
)
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import Interview
from interview_coach.kit.clock import now
from interview_coach.kit.errors import invalid
from interview_coach.kit.logging import get_logger
from interview_coach.kit.pagination import Page
from interview_coach.questions import service as questions
from interview_coach.questions.models import Question

_CACHE_SECONDS = 300
_RECENT = 5
# What was practised before these has no weight any more.
_MOST_PRACTISED = 2000
log = get_logger("analytics")


def history(session: Session, user_id: str, asked: HistoryRequest) -> Page[HistoryItem]:
    """One page of this user's interviews."""
    check_time(asked.since, asked.until)
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


def check_time(since: datetime | None, until: datetime | None) -> None:
    """422 when a time ends before it begins."""
    if since is not None and until is not None and aware(since) > aware(until):
        raise invalid("query.from", "must not be later than `to`")


def aware(moment: datetime) -> datetime:
    """A moment without a zone is in UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def dashboard(session: Session, redis: Redis, user_id: str) -> Dashboard:
    """The dashboard of this user, kept for five minutes unless something it tells has changed.

    The name it is kept under holds a stamp from the tables, so nobody has to throw it away.
    """
    today = now().date()
    stamp = sha256(f"{today}|{repository.stamp(session, user_id)}".encode()).hexdigest()
    key = f"coach:dashboard:{user_id}:{stamp}"
    try:
        kept = redis.get(key)
        if isinstance(kept, bytes):
            return Dashboard.model_validate_json(kept)
    except RedisError as error:
        log.warning("dashboard not kept", reason=str(error))
    found = _dashboard(session, user_id, today)
    try:
        redis.set(key, found.model_dump_json(), ex=_CACHE_SECONDS)
    except RedisError as error:
        log.warning("dashboard not kept", reason=str(error))
    return found


def _dashboard(session: Session, user_id: str, today: date) -> Dashboard:
    recent = history(session, user_id, HistoryRequest(page_size=_RECENT)).items
    days = {moment.astimezone(UTC).date() for moment in repository.completed_at(session, user_id)}
    return Dashboard(
        **totals(session, user_id).model_dump(),
        recent=recent,
        streak_days=streak(days, today),
        due_drills=due_drills(session, user_id, today),
    )


def streak(days: set[date], today: date) -> int:
    """How many days in a row are among `days`, up to today, or to yesterday while today lacks."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count


def recommended(
    session: Session, user: CurrentUser, asked: RecommendationRequest, moment: datetime
) -> list[RecommendedQuestion]:
    """What this user should practise next and why, best first, as of the UTC day of `moment`."""
    role = (user.target_role or "").strip() or None
    choices = recommend(
        [
            Candidate(each.id, each.type, each.track, each.difficulty, each.competencies, each.text)
            for each in questions.outlines(session, asked.type)
        ],
        repository.practised(session, user.id, _MOST_PRACTISED),
        role=role,
        today=moment.astimezone(UTC).date(),
        count=asked.count,
        salt=user.id,
    )
    rows = questions.named(session, [choice.candidate.id for choice in choices])
    return [_recommended(row, choice, role) for row, choice in zip(rows, choices, strict=True)]


def _recommended(row: Question, choice: Choice, role: str | None) -> RecommendedQuestion:
    reasons = reasons_of(choice, role)
    points = choice.expected_score
    return RecommendedQuestion(
        **questions.view_of(row).model_dump(),
        competency=choice.focus,
        expected_score=None if points is None else round(points),
        reason=reasons[0].text,
        reasons=reasons,
    )
