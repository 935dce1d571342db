"""Metrics tell counts, to those who may read them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from interview_coach import runtime as runtime_module
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.models import AiCall
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.routes import ROUTERS
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.conftest import Api
from tests.support.engines import reopen, set_up
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer

PATH = "/api/v1/metrics"
SHOWN = "a-word-for-the-metrics"


def _from(address: str, **headers: str) -> Any:
    client = TestClient(Gate(make_api(ROUTERS)), "http://coach.test", client=(address, 50000))
    return client.get(PATH, headers=headers)


def test_the_machine_itself_reads_counts(any_house: Runtime, any_api: Api) -> None:
    interview = new_interview(any_api)
    typed_answer(any_api, interview, 0, STRONG_ANSWER)
    answer = _from("127.0.0.1")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'coach_interviews{status="in_progress"} 1.0' in lines
    assert "coach_sessions 1.0" in lines
    assert any(line.startswith("coach_jobs{") for line in lines)
    assert any(line.startswith("coach_jobs_oldest_waiting_seconds{") for line in lines)
    assert any("/interviews/{interview_id}/start" in line for line in lines)
    assert interview["id"] not in answer.text
    assert "process_resident_memory_bytes" in answer.text


def test_without_a_token_nobody_else_reads(house: Runtime) -> None:
    assert _from("192.0.2.7").status_code == 403
    assert _from("127.0.0.1", **{"X-Forwarded-For": "192.0.2.7"}).status_code == 403


def test_a_token_is_asked_of_everybody(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_METRICS_TOKEN", SHOWN)
    load_settings.cache_clear()
    runtime_module.runtime.cache_clear()
    assert _from("127.0.0.1").status_code == 401
    assert _from("127.0.0.1", Authorization="Bearer another").status_code == 401
    assert _from("192.0.2.7", Authorization=f"Bearer {SHOWN}").status_code == 200


def test_the_ledger_of_the_engines_by_engine_and_outcome(
    any_house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [
        AiCall(task="advice", prompt="advice.v1", engine="gemini", model="m", **more)
        for more in (
            {"outcome": "ok", "tokens_in": 1000, "tokens_out": 20, "latency_ms": 1500},
            {"outcome": "ok", "tokens_in": 500, "cost_usd": 0.5, "latency_ms": 2500},
            {"outcome": "timeout", "latency_ms": 4000},
            {"outcome": "resting"},
        )
    ]
    with any_house.database.writing() as session:
        session.add_all(calls)
    without = _from("127.0.0.1").text
    assert "coach_ai_month_budget" not in without
    set_up(monkeypatch, gemini_api_key="a-secret-key", ai_monthly_budget_usd="3")
    Breaker(any_house.redis).failed("gemini", rest_seconds=30)

    lines = _from("127.0.0.1").text.splitlines()
    told = dict(line.rsplit(" ", 1) for line in lines if line.startswith("coach_ai_"))

    assert {name: float(value) for name, value in told.items()} == {
        'coach_ai_calls_total{engine="gemini",outcome="ok"}': 2,
        'coach_ai_calls_total{engine="gemini",outcome="timeout"}': 1,
        'coach_ai_calls_total{engine="gemini",outcome="resting"}': 1,
        'coach_ai_tokens_total{direction="in",engine="gemini"}': 1500,
        'coach_ai_tokens_total{direction="out",engine="gemini"}': 20,
        'coach_ai_cost_usd_total{engine="gemini"}': 0.5,
        'coach_ai_latency_seconds_count{engine="gemini"}': 3,
        'coach_ai_latency_seconds_sum{engine="gemini"}': 8,
        "coach_ai_month_cost_usd": 0.5,
        "coach_ai_month_budget_usd": 3,
        "coach_ai_month_budget_left_usd": 2.5,
        'coach_ai_resting{engine="gemini"}': 1,
    }
    assert "a-secret-key" not in "".join(lines)
    reopen()
