"""Health tells which part is down."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.support.servers import RedisServer


def test_all_is_well(anonymous: TestClient) -> None:
    answer = anonymous.get("/api/v1/health")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ok"
    assert (body["database"], body["queue"], body["storage"]) == ("ok", "ok", "ok")
    assert set(body) == {"status", "version", "database", "queue", "storage", "speech", "ai"}


def test_without_redis_the_queue_is_down(anonymous: TestClient, redis_server: RedisServer) -> None:
    redis_server.kill()
    try:
        answer = anonymous.get("/api/v1/health")
    finally:
        redis_server.start()
    assert answer.status_code == 503
    assert answer.json()["queue"].startswith("down")
    assert answer.json()["database"] == "ok"
