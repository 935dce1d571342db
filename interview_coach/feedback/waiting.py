"""What is waited for while an answer's feedback is written: which engine, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from interview_coach.ai import overview
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.configured import described
from interview_coach.ai.prompts import load_prompt
from interview_coach.ai.router import LOCAL
from interview_coach.feedback.engine_tasks import ADVICE, JUDGE
from interview_coach.runtime import runtime

TASKS = (JUDGE, ADVICE)
_ASKED = ("ready", "untried", "failing")


@dataclass(frozen=True, slots=True)
class Writer:
    """The engine that is asked first, `local` when none of the others can be asked now.

    low, high: seconds it usually takes, as it took lately; None when too little is known. most:
    seconds after which all engines are given up.
    """

    engine: str
    low: float | None
    high: float | None
    most: float


def writer(session: Session) -> Writer:
    """Who writes now. Looks at the ledger and the breaker."""
    house = runtime()
    engines = described(house.settings)
    budget = overview.budget(session, house.settings.ai_monthly_budget_usd, engines)
    standings = overview.standings(session, engines, Breaker(house.redis), used_up=budget.used_up)
    most = sum(load_prompt(task).seconds for task in TASKS)
    first = next((row.engine for row in standings if row.state in _ASKED), LOCAL)
    usual = None if first == LOCAL else overview.usual_seconds(session, first, TASKS)
    low, high = usual or (None, None)
    return Writer(first, low, high, most)
