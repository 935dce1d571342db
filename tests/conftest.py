"""What every test may ask for: a migrated database, a real Redis, the API, a signed-in user."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi.testclient import TestClient
from playwright.sync_api import Playwright, sync_playwright
from sqlmodel import col, delete

from interview_coach import runtime as runtime_module
from interview_coach.api import limits
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.jobs.dispatcher import queue_of
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.database import Database
from interview_coach.kit.migrate import upgrade
from interview_coach.questions import seeding
from interview_coach.routes import ROUTERS
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.support.databases import Databases
from tests.support.object_servers import ACCESS, S3Server
from tests.support.pages import current_user, sent_by
from tests.support.servers import RedisServer, postgres_server

# Settings of the developer's own shell must not reach the tests.
for _name in [name for name in os.environ if name.startswith("COACH_")]:
    if _name not in {"COACH_SHARED_DIR", "COACH_CONTRACT_EXAMPLES"}:
        del os.environ[_name]

PASSWORD = "a long enough password"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the quick ones tell first, and Playwright keeps an event loop
    running in this thread, beside which no other test could run one. The modules with most of them
    begin: one begun last would keep one core busy for minutes and the others waiting. What waits
    for time to pass, without a browser, comes first of all: others run meanwhile."""
    waiting = [item for item in items if item.get_closest_marker("waits") is not None]
    rest = [item for item in items if item.get_closest_marker("waits") is None]
    in_browser = [item for item in rest if item.get_closest_marker("e2e") is not None]
    tests_in = Counter(item.path for item in in_browser)
    in_browser.sort(key=lambda item: -tests_in[item.path])
    others = [item for item in rest if item.get_closest_marker("e2e") is None]
    items[:] = [*waiting, *others, *in_browser]


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Logs with plain tracebacks. Those that structlog draws unasked, with colours and all values,
    take ten seconds and more each time something is logged as failed."""
    structlog.reset_defaults()
    *processors, _ = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*processors, plain])


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    """Playwright itself: there can be one in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real redis-server on a unix socket, for the whole run."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """A real S3 server, for the whole run."""
    with S3Server() as server:
        yield server


@pytest.fixture
def s3_access(monkeypatch: pytest.MonkeyPatch) -> None:
    """What opens the S3 server, where programs look for it."""
    for name, value in ACCESS.items():
        monkeypatch.setenv(name, value)


def _prepare(url: str) -> None:
    """The schema by its migrations, and the question bank."""
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        seeding.seed(session)
    database.engine.dispose()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Fresh databases, each a copy of one the migrations made, with the question bank."""
    with postgres_server() as server:
        yield Databases(tmp_path_factory.mktemp("databases"), server, _prepare)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """The URL of a fresh migrated database, on SQLite and then on PostgreSQL."""
    with databases.fresh(request.param) as url:
        yield url


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The URL of a fresh migrated SQLite database."""
    with databases.fresh("sqlite") as url:
        yield url


def _open(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path, database_url: str, redis: RedisServer
) -> Iterator[Runtime]:
    redis.clear()
    monkeypatch.chdir(data_dir)  # no .env of a developer's is read
    monkeypatch.setenv("COACH_DATA_DIR", str(data_dir))
    monkeypatch.setenv("COACH_DATABASE_URL", database_url)
    monkeypatch.setenv("COACH_REDIS_URL", redis.url)
    monkeypatch.setenv("COACH_OFFLINE", "1")
    monkeypatch.setenv("COACH_RATE_LIMIT_PER_MINUTE", "100000")
    caches = (
        load_settings,
        runtime_module.runtime,
        runtime_module.router,
        limits._rate_limits,
    )
    for cache in caches:
        cache.cache_clear()
    house = runtime_module.runtime()
    yield house
    house.database.engine.dispose()
    house.redis.close()
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def house(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    database_url: str,
    redis_server: RedisServer,
) -> Iterator[Runtime]:
    """The open resources of a process, on SQLite and a real Redis."""
    yield from _open(monkeypatch, tmp_path, database_url, redis_server)


@pytest.fixture
def any_house(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    any_database_url: str,
    redis_server: RedisServer,
) -> Iterator[Runtime]:
    """As `house`, on SQLite and then on PostgreSQL."""
    yield from _open(monkeypatch, tmp_path, any_database_url, redis_server)


@dataclass(frozen=True)
class Api:
    """A client of the API and who it is signed in as."""

    client: TestClient
    user: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def make_client() -> TestClient:
    """A client of the whole API behind its gate, signed in as nobody."""
    return TestClient(Gate(make_api(ROUTERS)), base_url="http://coach.test")


def sign_up(client: TestClient, email: str = "candidate@example.org") -> Api:
    """Register and sign in, as a program does."""
    answer = client.post(
        "/api/v1/auth/register",
        json={"email": email, "password": PASSWORD, "full_name": "First Candidate"},
    )
    assert answer.status_code == 201, answer.text
    tokens = client.post("/api/v1/auth/login", data={"username": email, "password": PASSWORD})
    assert tokens.status_code == 200, tokens.text
    client.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
    return Api(client, answer.json()["user"])


def _settled(house: Runtime, account: Api) -> Api:
    """An account whose mails have gone out, so that a test sees its own jobs alone."""
    with house.database.writing() as session:
        session.execute(delete(OutboxJob).where(col(OutboxJob.kind) == "accounts.send_mail"))
    queue_of(house.redis, "light").empty()
    return account


@pytest.fixture
def anonymous(house: Runtime) -> TestClient:
    """A client that is signed in as nobody."""
    return make_client()


@pytest.fixture
def api(house: Runtime) -> Api:
    """A client that is signed in."""
    return _settled(house, sign_up(make_client()))


@pytest.fixture
def any_api(any_house: Runtime) -> Api:
    """As `api`, on SQLite and then on PostgreSQL."""
    return _settled(any_house, sign_up(make_client()))


@pytest.fixture
def signed_in(api: Api) -> Iterator[Api]:
    """A client, and page events that come from its user."""
    with sent_by(current_user(api)):
        yield api


@pytest.fixture
def other(house: Runtime, api: Api) -> Api:
    """Another user's client, on the same system."""
    return _settled(house, sign_up(make_client(), "somebody.else@example.org"))
