"""Settings: wrong ones are named in plain words, secrets are never printed or weak."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interview_coach.kit.errors import SettingsError
from interview_coach.settings import load_settings, unknown_names

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
    ],
)
def test_a_wrong_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_unknown_names_are_reported() -> None:
    found = unknown_names({"COACH_PROT": "1", "COACH_PORT": "1", "HOME": "/"})
    assert found == ["COACH_PROT"]


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
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.setenv(f"COACH_{name}", "hidden-value-of-this-setting")
    assert "hidden-value" not in repr(load_settings())


def test_a_deep_data_folder_gets_a_short_socket(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / ("deep" * 30)))
    assert len(str(load_settings().redis_socket).encode()) < 108


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COACH_PORT=4444\n")
    assert load_settings().port == 4444
