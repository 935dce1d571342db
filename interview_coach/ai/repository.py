"""Every statement on engine calls and kept answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from interview_coach.ai.models import AiAnswer, AiCall
from interview_coach.kit.pagination import PageRequest


@dataclass(frozen=True, slots=True)
class Usage:
    """What one engine and model did for one task: calls by outcome, tokens, USD, mean ms."""

    engine: str
    model: str
    task: str
    outcome: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_usd: float
    latency_ms: float


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
    """Keep an answer; of two at once the first stays."""
    if session.get(AiAnswer, answer.key) is None:
        session.add(answer)
        session.flush()


def drop_kept_before(session: Session, before: datetime) -> int:
    """Forget answers kept before this moment; returns how many."""
    result = session.execute(delete(AiAnswer).where(col(AiAnswer.created_at) < before))
    return cast(CursorResult[Any], result).rowcount
