"""The administrators' page of the engines: what it says, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from interview_coach import ui
from interview_coach.accounts import administration
from interview_coach.ai.models import AiCall
from interview_coach.kit.clock import now
from interview_coach.kit.pagination import Page
from interview_coach.operations.engine_schemas import (
    BudgetView,
    DayRow,
    EngineStanding,
    EnginesView,
    EngineUsage,
    StandIn,
)
from interview_coach.operations.engines_section import EnginesListState
from interview_coach.operations.engines_state import EnginesState
from interview_coach.operations.engines_view import EnginesShown, dollars, engines_shown
from interview_coach.runtime import Runtime, runtime
from tests.conftest import Api
from tests.support.engines import reopen, set_up
from tests.support.outages import database_away
from tests.support.pages import current_user, page_state, sent_by

NOTHING: Page[Any] = Page(items=[], total=0, page=1, page_size=10)


@pytest.fixture
def as_admin(api: Api, house: Runtime) -> Iterator[Api]:
    """The administrator's client, and page events that come from them."""
    assert administration.raise_existing(house.database, api.user["email"])
    with sent_by(current_user(api).model_copy(update={"role": "admin"})):
        yield api


def _budget(**more: Any) -> BudgetView:
    moment = now().replace(year=2026, month=11, day=1)
    given: dict[str, Any] = {
        "since": moment,
        "until": moment.replace(month=12),
        "limit_usd": 5.0,
        "spent_usd": 1.5,
        "left_usd": 3.5,
        "refused": 0,
        "used_up": False,
    }
    return BudgetView(**{**given, **more})


def _view(**more: Any) -> EnginesView:
    given: dict[str, Any] = {
        "since": now(),
        "engines": [],
        "budget": _budget(),
        "usage": [],
        "answered": 0,
        "by_local": 0,
        "stood_in": 0,
        "stand_ins": [],
        "cached": 0,
        "days": [DayRow(day=date(2026, 11, 25), calls={}, cost_usd={})],
    }
    return EnginesView(**{**given, **more})


def _figures(shown: EnginesShown) -> dict[str, tuple[str, str]]:
    return {figure.label: (figure.value, figure.note) for figure in shown.figures}


def test_nothing_asked_is_said_and_no_share_is_made_up() -> None:
    shown = engines_shown(_view(budget=_budget(limit_usd=None, left_usd=None)), NOTHING)
    figures = _figures(shown)
    assert figures["Written locally"] == ("-", "nothing was asked in this range")
    assert figures["Cost this month"] == ("$1.50", "no monthly budget is set")
    assert (shown.alert, shown.stand_ins, shown.chart.series) == ("", [], [])
    assert shown.chart_spoken == "No calls in this range."


def test_a_budget_that_is_used_up_is_said_plainly() -> None:
    spent = _budget(spent_usd=4.9996, left_usd=0.0004, refused=12, used_up=True)
    shown = engines_shown(_view(budget=spent), NOTHING)
    assert shown.alert == "This month's budget is used up"
    assert "$5.00 of $5.00 are spent" in shown.alert_text
    assert "before 01 December 2026" in shown.alert_text
    assert "12 calls of this month had no room" in shown.alert_text
    some = engines_shown(_view(budget=_budget(refused=1)), NOTHING)
    assert some.alert == "Some calls had no room in the budget"


def test_figures_and_reasons_in_words() -> None:
    first = date(2026, 11, 1)
    usage = EngineUsage(
        engine="gemini",
        calls=1042,
        outcomes={"timeout": 2, "ok": 1040, "cached": 5},
        tokens_in=120000,
        tokens_out=900,
        cost_usd=0.0123,
        p50_ms=940,
        p95_ms=12300,
    )
    days = [
        DayRow(
            day=first + timedelta(days=n), calls={"local": n, "gemini": 2}, cost_usd={"gemini": 0.5}
        )
        for n in range(3)
    ]
    shown = engines_shown(
        _view(
            usage=[usage],
            answered=50,
            by_local=6,
            stood_in=2,
            stand_ins=[StandIn(engine="openai", kind="timeout", count=2)],
            days=days,
        ),
        NOTHING,
    )
    (line,) = shown.usage
    assert line.outcomes == "answered 1,040, kept from before 5, timeout 2"
    assert (line.calls, line.tokens, line.cost) == ("1,042", "120,000 / 900", "$0.0123")
    assert (line.p50, line.p95) == ("940 ms", "12.3 s")
    assert _figures(shown)["Written locally"] == ("12 %", "of 50 questions put to engines")
    assert shown.stand_ins == ["The OpenAI-compatible engine did not answer in time: 2 times"]
    assert [series.name for series in shown.chart.series] == [
        "Calls, Gemini",
        "Calls, the local engine",
        "Cost in USD",
    ]
    # The table says what the chart draws, the newest day first.
    assert shown.chart.rows[0] == ["03 Nov", "2", "2", "$0.5000"]
    assert [row[0] for row in shown.chart.rows] == ["03 Nov", "02 Nov", "01 Nov"]


def test_a_series_needs_a_number_for_each_label() -> None:
    with pytest.raises(ValueError, match="one number for each label"):
        ui.chart_view(["a", "b"], [ui.Series("Calls", [1.0])])


def test_small_sums_keep_their_digits() -> None:
    assert [dollars(usd) for usd in (0, 0.0004, 0.25, 12.345)] == [
        "$0.00",
        "$0.0004",
        "$0.2500",
        "$12.35",
    ]


def test_only_a_network_engine_can_be_tested() -> None:
    def row(engine: str) -> EngineStanding:
        return EngineStanding(
            engine=engine,
            name=engine,
            model="a-model",
            writes_now=False,
            state="resting",
            told="It failed.",
            paid=True,
            breaker="open",
            failures=3,
            rest_seconds=20,
            last_outcome="timeout",
            last_at=now(),
        )

    gemini, local = engines_shown(_view(engines=[row("gemini"), row("local")]), NOTHING).lines
    assert gemini.path == "/api/v1/admin/engines/gemini/test"
    assert gemini.mark == "Rests"
    assert "Breaker open, 3 failures in a row" in gemini.more
    assert (local.path, local.mark) == ("", "Always answers")


async def test_the_page_follows_its_range(as_admin: Api, house: Runtime) -> None:
    old = AiCall(
        task="advice",
        prompt="advice.v1",
        engine="gemini",
        model="m",
        outcome="ok",
        created_at=now() - timedelta(days=40),
    )
    with house.database.writing() as session:
        session.add(old)
    state: Any = await page_state(EnginesState, "/admin/engines")
    await state.open_engines()
    assert (state.loaded, state.days, state.shown.usage) == (True, "30", [])
    assert [line.title for line in state.shown.calls] == ["Gemini, advice"]
    await state.choose("90")
    assert [line.engine for line in state.shown.usage] == ["Gemini"]
    assert len(state.shown.chart.labels) == 90
    await state.choose("100000")
    assert state.days == "90"


async def test_a_plain_user_is_refused_and_what_was_shown_is_forgotten(
    as_admin: Api, other: Api
) -> None:
    for name in [name for name in EnginesState.event_handlers if name != "setvar"]:
        state: Any = await page_state(EnginesState, "/admin/engines")
        await state.open_engines()
        assert state.shown.lines
        with sent_by(current_user(other)):
            await getattr(state, name)(*(("7",) if name == "choose" else ()))
        assert state.refused, name
        assert (state.loaded, state.shown) == (False, EnginesShown()), name


async def test_candidates_see_the_engines_in_the_settings_and_test_none(
    api: Api, house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(monkeypatch, openai_base_url="http://127.0.0.1:9/v1", openai_model="a-model")
    user = current_user(api)
    with sent_by(user):
        state: Any = await page_state(EnginesListState, "/settings")
        await state.load_engines()
        openai, local = state.lines
    assert (openai.mark, openai.more, openai.writes, openai.path) == (
        "Not asked lately",
        "a-model",
        True,
        "",
    )
    assert (local.mark, local.writes) == ("Always answers", False)
    with sent_by(user.model_copy(update={"role": "admin"})):
        await state.load_engines()
    assert state.lines[0].path == "/api/v1/admin/engines/openai/test"
    with sent_by(user), database_away(runtime()):
        await state.load_engines()
    assert "try again" in state.problem
    reopen()


async def test_without_a_database_the_page_says_so(as_admin: Api, house: Runtime) -> None:
    state: Any = await page_state(EnginesState, "/admin/engines")
    with database_away(house):
        await state.open_engines()
    assert not state.loaded
    assert "try again" in state.problem
    await state.refresh()
    assert (state.loaded, state.problem) == (True, "")
