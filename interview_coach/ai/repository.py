"""Every statement on engine calls and kept answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from interview_coach.ai.models import AiAnswer, AiCall
from interview_coach.ai.usage import NOT_CALLED, DayUsage, Usage
from interview_coach.kit.pagination import PageRequest
from interview_coach.kit.utc_day import day_of, utc_day


def add_call(session: Session, call: AiCall) -> None:
    """Write one call."""
    session.add(call)
    session.flush()


def cost_since(session: Session, since: datetime) -> float:
    """USD of all calls since this moment."""
    spent = session.exec(select(func.sum(AiCall.cost_usd)).where(AiCall.created_at >= since)).one()
    return float(spent or 0.0)


def usage_since(session: Session, since: datetime | None) -> list[Usage]:
    """All calls since this moment (None: ever), summed by engine, model, task and outcome."""
    keys = (col(AiCall.engine), col(AiCall.model), col(AiCall.task), col(AiCall.outcome))
    statement = any_select(
        *keys,
        func.count(),
        func.sum(AiCall.tokens_in),
        func.sum(AiCall.tokens_out),
        func.sum(AiCall.cost_usd),
        func.avg(AiCall.latency_ms),
    )
    if since is not None:
        statement = statement.where(col(AiCall.created_at) >= since)
    rows = session.execute(statement.group_by(*keys).order_by(*keys))
    return [
        Usage(
            engine, model, task, outcome, int(calls), int(t_in), int(t_out), float(usd), float(ms)
        )
        for engine, model, task, outcome, calls, t_in, t_out, usd, ms in rows
    ]


def days_since(session: Session, since: datetime) -> list[DayUsage]:
    """Real calls and their cost by day and engine, the oldest first; days without are left out."""
    keys = (utc_day(col(AiCall.created_at)), col(AiCall.engine))
    rows = session.execute(
        any_select(*keys, func.count(), func.sum(AiCall.cost_usd))
        .where(col(AiCall.created_at) >= since, col(AiCall.outcome).not_in(NOT_CALLED))
        .group_by(*keys)
        .order_by(*keys)
    )
    return [DayUsage(day_of(day), engine, int(n), float(usd)) for day, engine, n, usd in rows]


def latencies_ms(
    session: Session, engine: str, since: datetime, shares: Sequence[float]
) -> list[int | None]:
    """Nearest-rank percentiles of an engine's real calls, failed ones too; None without calls."""
    wanted = (
        col(AiCall.engine) == engine,
        col(AiCall.created_at) >= since,
        col(AiCall.outcome).not_in(NOT_CALLED),
    )
    count = session.exec(select(func.count()).select_from(AiCall).where(*wanted)).one()
    if not count:
        return [None for _ in shares]
    ordered = select(AiCall.latency_ms).where(*wanted).order_by(col(AiCall.latency_ms)).limit(1)
    return [
        session.exec(ordered.offset(max(0, math.ceil(share * count) - 1))).one() for share in shares
    ]


def newest_latencies_ms(
    session: Session, engine: str, task: str, since: datetime, limit: int
) -> list[int]:
    """Of the newest calls of an engine for a task that went well, how long each took."""
    rows = session.exec(
        select(AiCall.latency_ms)
        .where(
            col(AiCall.engine) == engine,
            col(AiCall.task) == task,
            col(AiCall.outcome) == "ok",
            col(AiCall.created_at) >= since,
        )
        .order_by(col(AiCall.created_at).desc())
        .limit(limit)
    )
    return list(rows)


def stand_ins_since(session: Session, engine: str, since: datetime) -> dict[str, int]:
    """How often an engine stood in for others, by what it stood in for."""
    rows = session.execute(
        any_select(col(AiCall.detail), func.count())
        .where(
            col(AiCall.engine) == engine,
            col(AiCall.outcome) == "ok",
            col(AiCall.detail) != "",
            col(AiCall.created_at) >= since,
        )
        .group_by(col(AiCall.detail))
    )
    return {detail: int(count) for detail, count in rows}


def last_called(session: Session, engine: str) -> AiCall | None:
    """The newest real call of an engine, whatever came of it."""
    return session.exec(
        select(AiCall)
        .where(col(AiCall.engine) == engine, col(AiCall.outcome).not_in(NOT_CALLED))
        .order_by(col(AiCall.created_at).desc(), col(AiCall.id).desc())
        .limit(1)
    ).first()


def calls(session: Session, asked: PageRequest) -> tuple[list[AiCall], int]:
    """One page of the calls, newest first, and how many there are."""
    total = session.exec(select(func.count()).select_from(AiCall)).one()
    rows = session.exec(
        select(AiCall)
        .order_by(col(AiCall.created_at).desc(), col(AiCall.id).desc())
        .offset(asked.offset)
        .limit(asked.page_size)
    )
    return list(rows), total


def kept(session: Session, key: str) -> AiAnswer | None:
    """The answer kept under this digest, or None."""
    return session.get(AiAnswer, key)


def keep(session: Session, answer: AiAnswer) -> None:
    """Keep an answer, in the place of one to the same question."""
    session.merge(answer)
    session.flush()


def drop_kept_before(session: Session, before: datetime) -> int:
    """Forget answers kept before this moment; returns how many."""
    result = session.execute(delete(AiAnswer).where(col(AiAnswer.created_at) < before))
    return cast(CursorResult[Any], result).rowcount
