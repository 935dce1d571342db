"""What is told of the language engines, to whom; trying one against real servers that fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from interview_coach import runtime as runtime_module
from interview_coach.accounts import administration
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.models import AiCall
from interview_coach.kit.clock import now
from interview_coach.operations import engines
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client, sign_up
from tests.support.engines import EngineServer, Turn, engine_server, reopen, says, set_up
from tests.support.servers import free_port

ENGINES = "/api/v1/admin/engines"
GOOD = says({"word": "ready"})


@pytest.fixture
def any_admin(any_house: Runtime) -> Api:
    """The one administrator, signed in."""
    account = sign_up(make_client(), "admin@example.org")
    assert administration.raise_existing(any_house.database, "admin@example.org")
    return account


@pytest.fixture
def admin(house: Runtime, api: Api) -> Api:
    """As `any_admin`, on SQLite."""
    assert administration.raise_existing(house.database, api.user["email"])
    return api


@pytest.fixture
def gemini(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineServer]:
    """Gemini, the one engine beside the local one."""
    with engine_server("gemini") as server:
        set_up(monkeypatch, server)
        yield server
    reopen()


def _told(client: Api, **asked: Any) -> dict[str, Any]:
    answer = client.get(ENGINES, params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _test(client: Api, engine: str = "gemini") -> dict[str, Any]:
    answer = client.post(f"{ENGINES}/{engine}/test")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _call(engine: str, outcome: str, **more: Any) -> AiCall:
    given: dict[str, Any] = {"task": "advice", "prompt": "advice.v1", "model": "a-model", **more}
    return AiCall(engine=engine, outcome=outcome, **given)


def _write(house: Runtime, *calls: AiCall) -> None:
    with house.database.writing() as session:
        session.add_all(calls)


def _days_ago(days: int) -> datetime:
    """Late on that day in UTC, when it is the next one already further east."""
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days) + timedelta(hours=23, minutes=59)


def test_figures_are_those_of_the_ledger(any_admin: Api, any_house: Runtime) -> None:
    old = _days_ago(3)
    _write(
        any_house,
        *(
            _call("gemini", "ok", latency_ms=ms, tokens_in=10, tokens_out=2, cost_usd=0.25)
            for ms in range(100, 2100, 100)
        ),
        _call("gemini", "timeout", latency_ms=9000, created_at=old),
        _call("gemini", "cached"),
        _call("gemini", "resting"),
        _call("openai", "ok", latency_ms=40, created_at=_days_ago(40)),
        _call("local", "ok", detail="gemini timeout"),
        _call("local", "ok", detail="gemini resting, openai budget"),
        _call("local", "ok"),
        _call("gemini", "ok", task="test", created_at=_days_ago(39)),
    )
    told = _told(any_admin, days=30)
    by_name = {row["engine"]: row for row in told["usage"]}
    gemini = by_name["gemini"]
    assert set(by_name) == {"gemini", "local"}
    assert gemini["calls"] == 21
    assert gemini["outcomes"] == {"ok": 20, "timeout": 1, "cached": 1, "resting": 1}
    assert (gemini["tokens_in"], gemini["tokens_out"]) == (200, 40)
    assert gemini["cost_usd"] == pytest.approx(5)
    # Nearest rank of 21 calls: the 11th and the 20th.
    assert (gemini["p50_ms"], gemini["p95_ms"]) == (1100, 2000)
    assert (told["answered"], told["by_local"], told["stood_in"], told["cached"]) == (24, 3, 2, 1)
    assert told["stand_ins"] == [
        {"engine": "gemini", "kind": "resting", "count": 1},
        {"engine": "gemini", "kind": "timeout", "count": 1},
        {"engine": "openai", "kind": "budget", "count": 1},
    ]
    assert len(told["days"]) == 30
    days = {row["day"]: row for row in told["days"]}
    assert days[now().date().isoformat()]["calls"] == {"gemini": 20, "local": 3}
    assert days[now().date().isoformat()]["cost_usd"]["gemini"] == pytest.approx(5)
    assert days[old.date().isoformat()]["calls"] == {"gemini": 1}
    whole = _told(any_admin, days=60)
    assert {row["engine"] for row in whole["usage"]} == {"gemini", "local", "openai"}
    # A test is a call that was paid for, and no answer to anybody.
    assert whole["answered"] == told["answered"] + 1


def test_the_range_is_bounded(admin: Api) -> None:
    for days in (0, 367, "all"):
        assert admin.get(ENGINES, params={"days": days}).status_code == 422
    assert admin.get(ENGINES, params={"since": "2026"}).status_code == 422


def test_the_ledger_is_read_page_by_page_without_users(any_admin: Api, any_house: Runtime) -> None:
    _write(
        any_house,
        _call("gemini", "rejected", user_id=any_admin.user["id"], detail="401"),
        _call("local", "ok", created_at=_days_ago(2)),
    )
    page = any_admin.get(f"{ENGINES}/calls", params={"page_size": 1})
    assert any_admin.user["id"] not in page.text
    told = page.json()
    assert (told["total"], told["items"][0]["detail"]) == (2, "401")


def test_candidates_see_who_writes_and_no_key(
    api: Api, gemini: EngineServer, house: Runtime
) -> None:
    answer = api.get("/api/v1/engines")
    rows = answer.json()["engines"]
    assert [(row["engine"], row["writes_now"]) for row in rows] == [
        ("gemini", True),
        ("local", False),
    ]
    assert rows[0]["state"] == "untried"
    assert "key-1" not in answer.text
    assert gemini.url not in answer.text
    assert set(rows[0]) == {"engine", "name", "model", "writes_now", "state", "told"}
    assert api.get(ENGINES).status_code == 403
    assert api.post(f"{ENGINES}/gemini/test").status_code == 403
    assert gemini.requests == []


def test_an_engine_that_answers(admin: Api, gemini: EngineServer) -> None:
    gemini.will(GOOD)
    for _ in range(3):
        Breaker(runtime_module.runtime().redis).failed("gemini")
    before = _told(admin)["engines"][0]
    assert (before["state"], before["breaker"], before["failures"]) == ("resting", "open", 3)
    assert 0 < before["rest_seconds"] <= 60
    assert _told(admin)["engines"][1]["writes_now"]

    told = _test(admin)

    assert (told["outcome"], told["usable"]) == ("ok", True)
    assert re.fullmatch(r"Gemini answered after \d+\.\d s\.", told["told"])
    after = _told(admin)
    assert (after["engines"][0]["state"], after["engines"][0]["breaker"]) == ("ready", "closed")
    assert after["engines"][0]["writes_now"]
    assert after["usage"][0]["outcomes"] == {"ok": 1}
    assert after["answered"] == 0
    audit = admin.get("/api/v1/admin/audit", params={"action": "engine_tested"}).json()
    assert audit["items"][0]["detail"] == {"engine": "gemini", "outcome": "ok"}


def test_an_answer_of_no_use_is_told(admin: Api, gemini: EngineServer) -> None:
    gemini.will(Turn(text="Sure, I am ready."))
    told = _test(admin)
    assert (told["outcome"], told["usable"]) == ("ok", False)
    assert "not with JSON" in told["told"]


def test_a_wrong_key(admin: Api, monkeypatch: pytest.MonkeyPatch, house: Runtime) -> None:
    with engine_server("openai") as server:
        set_up(monkeypatch, server)
        server.will(Turn(status=401, error_code="invalid_api_key"))
        told = _test(admin, "openai")
        assert server.requests[0]["key"] == "Bearer key-1"
    reopen()
    assert (told["outcome"], told["usable"]) == ("rejected", False)
    assert "401 invalid_api_key" in told["told"]
    assert "key and model" in told["told"]
    standing = _told(admin)
    assert standing["usage"][0]["outcomes"] == {"rejected": 1}


def test_an_engine_that_hangs(admin: Api, gemini: EngineServer) -> None:
    gemini.will(Turn(hang=True))
    house = runtime_module.runtime()
    told = engines.try_engine(
        house, runtime_module.router(), "gemini", actor=admin.user["id"], seconds=1
    )
    assert told.outcome == "timeout"
    assert told.seconds < 5
    row = _told(admin)["engines"][0]
    assert (row["state"], row["last_outcome"]) == ("failing", "timeout")


def test_an_engine_that_is_not_there(
    admin: Api, monkeypatch: pytest.MonkeyPatch, house: Runtime
) -> None:
    set_up(monkeypatch, openai_base_url=f"http://127.0.0.1:{free_port()}/v1")
    told = _test(admin, "openai")
    assert told["outcome"] == "connection"
    assert "could not be reached" in told["told"]
    reopen()


def test_a_budget_without_room(
    admin: Api, gemini: EngineServer, monkeypatch: pytest.MonkeyPatch, house: Runtime
) -> None:
    set_up(monkeypatch, gemini, ai_monthly_budget_usd="2")
    gemini.will(GOOD)
    _write(house, _call("gemini", "ok", cost_usd=1.9995), _call("gemini", "budget"))

    told = _test(admin)

    assert told["outcome"] == "budget"
    assert gemini.requests == []
    found = _told(admin)
    assert found["budget"]["used_up"]
    assert found["budget"]["refused"] == 1
    assert (found["budget"]["limit_usd"], found["budget"]["spent_usd"]) == (2, 1.9995)
    assert found["budget"]["left_usd"] == pytest.approx(0.0005)
    assert found["engines"][0]["state"] == "no_budget"
    assert found["engines"][1]["writes_now"]
    set_up(monkeypatch, gemini, ai_monthly_budget_usd="20")
    assert not _told(admin)["budget"]["used_up"]
    assert _test(admin)["outcome"] == "ok"


def test_last_month_counts_on_no_budget(
    admin: Api, gemini: EngineServer, monkeypatch: pytest.MonkeyPatch, house: Runtime
) -> None:
    set_up(monkeypatch, gemini, ai_monthly_budget_usd="2")
    first = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    _write(house, _call("gemini", "ok", cost_usd=5, created_at=first - timedelta(seconds=1)))
    budget = _told(admin)["budget"]
    assert (budget["spent_usd"], budget["used_up"], budget["left_usd"]) == (0, False, 2)


def test_an_engine_that_is_not_set_up(admin: Api, gemini: EngineServer) -> None:
    answer = admin.post(f"{ENGINES}/openai/test")
    assert (answer.status_code, answer.json()["code"]) == (404, "engine")
    assert admin.post(f"{ENGINES}/local/test").status_code == 422


def test_tests_are_few(admin: Api, gemini: EngineServer) -> None:
    gemini.will(GOOD)
    for _ in range(10):
        assert _test(admin)["outcome"] == "ok"
    refused = admin.post(f"{ENGINES}/gemini/test")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert len(gemini.requests) == 10
