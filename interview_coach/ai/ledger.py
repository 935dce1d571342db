"""The ledger of the engines: every call with its cost, the month's budget, the kept answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from interview_coach.ai import prices, repository
from interview_coach.ai.models import AiAnswer, AiCall
from interview_coach.ai.types import Call, Engine, Reply
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database

KEEP_ANSWERS = timedelta(days=30)


def month_start(moment: datetime) -> datetime:
    """The first moment of this month in UTC: budgets begin anew there."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def drop_old_answers(session: Session) -> int:
    """Forget answers that are too old to be used again; returns how many."""
    return repository.drop_kept_before(session, now() - KEEP_ANSWERS)


class Ledger:
    """Writes each call in a transaction of its own: money that is spent stays written, whatever
    becomes of the job it was spent for."""

    def __init__(self, database: Database, monthly_budget_usd: float | None) -> None:
        self._database = database
        self._budget = monthly_budget_usd

    def allows(self, engine: Engine, call: Call) -> bool:
        """Whether the month's budget has room for what this call can cost at most."""
        if not engine.paid or self._budget is None:
            return True
        text = call.system + call.user
        most = prices.cost_of(engine.model, prices.tokens_in(text), call.most_tokens)
        with self._database.reading() as session:
            spent = repository.cost_since(session, month_start(now()))
        return spent + most <= self._budget

    def write(
        self,
        *,
        user_id: str | None,
        task: str,
        prompt: str,
        engine: str,
        model: str,
        outcome: str,
        attempt: int = 1,
        cost: tuple[int, int, float] = (0, 0, 0.0),
        latency_seconds: float = 0.0,
        detail: str = "",
    ) -> None:
        """Write one call. cost: tokens in, tokens out, USD."""
        row = AiCall(
            user_id=user_id,
            task=task,
            prompt=prompt,
            engine=engine,
            model=model[:120],
            outcome=outcome,
            attempt=attempt,
            tokens_in=cost[0],
            tokens_out=cost[1],
            cost_usd=cost[2],
            latency_ms=round(latency_seconds * 1000),
            detail=detail[:200],
        )
        with self._database.writing() as session:
            repository.add_call(session, row)

    def kept(self, key: str) -> AiAnswer | None:
        """An answer to the very same question, not older than 30 days; None without."""
        with self._database.reading() as session:
            answer = repository.kept(session, key)
        if answer is None or answer.created_at < now() - KEEP_ANSWERS:
            return None
        return answer

    def keep(self, key: str, user_id: str | None, engine: Engine, value: dict[str, Any]) -> None:
        """Keep a valid answer for the next time the same is asked."""
        row = AiAnswer(
            key=key, user_id=user_id, engine=engine.name, model=engine.model, value=value
        )
        with self._database.writing() as session:
            repository.keep(session, row)


def cost_of_call(engine: Engine, call: Call, reply: Reply | None) -> tuple[int, int, float]:
    """Tokens in, tokens out and USD of a call; nothing when nothing came back."""
    if reply is None:
        return 0, 0, 0.0
    counted_in = reply.tokens_in
    if counted_in is None:
        counted_in = prices.tokens_in(call.system + call.user)
    counted_out = reply.tokens_out
    if counted_out is None:
        counted_out = prices.tokens_in(reply.text)
    usd = prices.cost_of(engine.model, counted_in, counted_out) if engine.paid else 0.0
    return counted_in, counted_out, usd
