"""Metrics tell counts, to those who may read them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from interview_coach import runtime as runtime_module
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.routes import ROUTERS
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.conftest import Api
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
