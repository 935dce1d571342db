"""Settings: wrong ones are named in plain words, secrets are never printed or weak."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis

from interview_coach.kit.errors import SettingsError
from interview_coach.kit.migrate import upgrade
from interview_coach.settings import load_settings, unknown_names
from interview_coach.storage.objects import ObjectStore

STRONG = "k" * 20 + "strong and long enough"


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_without_any_setting_everything_is_embedded(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.database_address == f"sqlite:///{tmp_path}/data/coach.db"
    assert settings.redis_address.startswith("unix://")
    assert settings.storage_address == f"file://{tmp_path}/data/files"
    assert settings.port == 3000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_PORT", "many"),
        ("COACH_PORT", "70000"),
        ("COACH_ENV", "staging"),
        ("COACH_SPEECH_ENGINE", "parrot"),
        ("COACH_PUBLIC_URL", "coach.example.org"),
        ("COACH_RATE_LIMIT_PER_MINUTE", "0"),
        ("COACH_DATABASE_URL", "nonsense"),
        ("COACH_DATABASE_URL", "mysql://coach@db/coach"),
        ("COACH_DATABASE_URL", "postgresql://coach@db:port/coach"),
        ("COACH_DATABASE_REPLICA_URL", "postgres://coach@db/coach"),
        ("COACH_REDIS_URL", "localhost:6379"),
        ("COACH_REDIS_URL", "http://localhost:6379"),
        ("COACH_REDIS_URL", "redis://localhost:port"),
        ("COACH_SMTP_URL", "mail.example.org:587"),
        ("COACH_SMTP_URL", "http://mail.example.org"),
        ("COACH_SMTP_URL", "smtp://mail.example.org?tls=startls"),
        ("COACH_SMTP_URL", "smtp://mail.example.org?tls"),
        ("COACH_SMTP_URL", "smtp://mail.example.org?TLS=none"),
        ("COACH_MAIL_FROM", "nobody"),
        ("COACH_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("COACH_STORAGE_URL", "/srv/files"),
        ("COACH_STORAGE_URL", "ftp://example.org/files"),
    ],
)
def test_a_wrong_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_DATABASE_URL", "sqlite:////srv/coach.db"),
        ("COACH_DATABASE_URL", "postgresql://coach:p%40ss@db:5432/coach"),
        ("COACH_DATABASE_URL", "postgresql://coach@/coach?host=/run/postgresql"),
        ("COACH_REDIS_URL", "redis://:password@localhost:6379/0"),
        ("COACH_REDIS_URL", "rediss://localhost"),
        ("COACH_REDIS_URL", "unix:///run/redis.sock"),
        ("COACH_STORAGE_URL", "file:///srv/files"),
        ("COACH_STORAGE_URL", "s3://bucket/prefix?endpoint=http://localhost:9000"),
    ],
)
def test_addresses_are_taken_as_they_are(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    settings = load_settings()
    taken = (settings.database_address, settings.redis_address, settings.storage_address)
    assert value in taken


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "STORAGE_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "mysql://coach:hidden-word@db/coach",
        "redis://coach@db:hidden-word/1",
        "postgresql://coach@db:hidden-word/1",
        "hidden-word",
    ],
)
def test_a_wrong_address_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"COACH_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "hidden-word" not in "".join(traceback.format_exception(refused.value))


def test_a_wrong_encryption_key_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_ENCRYPTION_KEYS", "first:hidden-word")
    with pytest.raises(SettingsError, match=r"COACH_ENCRYPTION_KEYS: .* first has not") as refused:
        load_settings()
    assert "hidden-word" not in "".join(traceback.format_exception(refused.value))


def test_the_key_made_from_the_secret_one_stays_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SECRET_KEY", STRONG)
    (made,) = load_settings().key_ring.names
    load_settings.cache_clear()
    encoded = base64.b64encode(b"k" * 32).decode()
    monkeypatch.setenv("COACH_ENCRYPTION_KEYS", f"b:{encoded},a:{encoded}")
    assert load_settings().key_ring.names == ("b", "a", made)


def test_unknown_names_are_reported() -> None:
    found = unknown_names({"COACH_PROT": "1", "COACH_PORT": "1", "HOME": "/", "coach_hots": "1"})
    assert found == ["COACH_PROT", "coach_hots"]


def test_unknown_names_in_an_env_file_are_reported(tmp_path: Path) -> None:
    lines = "COACH_PORT=4444\nexport COACH_WORKRES=2\n# COACH_OLD=1\nOTHER=1\nCOACH_VENV=/v\n"
    (tmp_path / ".env").write_text(lines)
    # The script reads COACH_VENV from the environment alone.
    assert unknown_names({"COACH_VENV": "/v"}) == ["COACH_VENV", "COACH_WORKRES"]


@pytest.mark.parametrize("name", ["proj #1 100%?", "a%20b", "größe & (2)"])
def test_any_name_of_a_data_folder_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    data = tmp_path / name
    monkeypatch.setenv("COACH_DATA_DIR", str(data))
    settings = load_settings()
    assert upgrade(settings.database_address)
    kept = ObjectStore(settings.storage_address).keep("a", [b"x"], 10)
    assert (data / "coach.db").stat().st_size > 0
    assert (data / "files" / kept.key).read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    redis = Redis.from_url(settings.redis_address)
    assert redis.connection_pool.connection_kwargs["path"] == str(settings.redis_socket)


@pytest.mark.parametrize("secret", [None, "changeme", "short"])
def test_production_refuses_default_and_weak_secrets(
    monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    monkeypatch.setenv("COACH_ENV", "production")
    if secret is not None:
        monkeypatch.setenv("COACH_SECRET_KEY", secret)
    with pytest.raises(SettingsError, match="COACH_SECRET_KEY"):
        load_settings()


def test_production_takes_a_strong_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_ENV", "production")
    monkeypatch.setenv("COACH_SECRET_KEY", STRONG)
    assert load_settings().signing_key == STRONG


def test_in_development_a_key_is_made_once_even_by_two_at_a_time(tmp_path: Path) -> None:
    settings = load_settings()
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: settings.signing_key, range(16)))
    assert len(keys) == 1
    kept = tmp_path / "data" / "secret_key"
    assert kept.stat().st_mode & 0o077 == 0


def test_secrets_are_masked_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.setenv(f"COACH_{name}", "hidden-value-of-this-setting")
    for name, scheme in (("DATABASE_URL", "postgresql"), ("REDIS_URL", "redis")):
        monkeypatch.setenv(f"COACH_{name}", f"{scheme}://coach:hidden-value@localhost/1")
    assert "hidden-value" not in repr(load_settings())


def test_a_deep_data_folder_gets_a_short_socket(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / ("deep" * 30)))
    assert len(str(load_settings().redis_socket).encode()) < 108


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COACH_PORT=4444\n")
    assert load_settings().port == 4444
