"""Every COACH_* setting, validated when the program starts. The list is docs/settings.md."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, quote, urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interview_coach.kit.crypto import KeyRing, key_from, parse_keys
from interview_coach.kit.errors import SettingsError

PREFIX = "COACH_"
_ENV_FILE = ".env"
PROJECT_DIR = Path(__file__).resolve().parent.parent
_WEAK_SECRETS = {"secret", "changeme", "change-me", "password", "development", "test"}
_MIN_SECRET = 32
_DATABASES = {"sqlite", "postgresql", "postgresql+psycopg2"}
_ENGINES = {"gemini", "openai"}
_MAX_SOCKET_PATH = 100  # the system allows 107 bytes
# Read by the `coach` script and by the tests, before or beside the program; not from `.env`.
_KNOWN_ELSEWHERE = {"COACH_SHARED_DIR", "COACH_VENV", "COACH_PYTHON"}


class Settings(BaseSettings):
    """The settings of one process; secrets are masked when printed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=_ENV_FILE,
        extra="ignore",
        env_ignore_empty=True,
        frozen=True,
        # An address holds a password: it must not reach a log by way of the error about it.
        hide_input_in_errors=True,
    )

    env: Literal["development", "production"] = "development"
    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=1, le=65535)
    public_url: str | None = None
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    secret_key: SecretStr | None = None
    encryption_keys: SecretStr | None = None
    database_url: SecretStr | None = None
    database_replica_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    storage_url: SecretStr | None = None
    workers: int = Field(default=1, ge=1, le=32)
    gemini_api_key: SecretStr | None = None
    gemini_base_url: str | None = None
    gemini_model: str | None = None
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str | None = None
    ai_engines: str = "gemini,openai"
    ai_monthly_budget_usd: float | None = Field(default=None, ge=0)
    speech_engine: Literal["auto", "whisper", "pocketsphinx"] = "auto"
    whisper_model: str = "base.en"
    caption_model: str = "tiny.en"
    embedding_model: str | None = None
    tone_model: str | None = None
    offline: bool = False
    rate_limit_per_minute: int = Field(default=50, ge=1, le=1_000_000)
    user_quota_mb: int = Field(default=2048, ge=1)
    audio_retention_days: int | None = Field(default=None, ge=1)
    sentry_dsn: SecretStr | None = None
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    metrics_token: SecretStr | None = None

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else PROJECT_DIR / value

    @field_validator("public_url")
    @classmethod
    def _http_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("must be an address such as https://coach.example.org")
        return value.rstrip("/")

    @field_validator("database_url", "database_replica_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            _check_database(value.get_secret_value())
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_keys(value.get_secret_value())
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _scheme(value) not in {"redis", "rediss", "unix"}:
            raise ValueError("must be an address that begins with redis://, rediss:// or unix://")
        return value

    @field_validator("storage_url")
    @classmethod
    def _storage(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _scheme(value) not in {"file", "s3"}:
            raise ValueError("must be an address that begins with file:/// or s3://")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        if _scheme(value) not in {"smtp", "smtps"}:
            raise ValueError("must be an address that begins with smtp:// or smtps://")
        # A word that is misspelt must not decide whether a password goes in the clear.
        asked = parse_qs(urlsplit(value.get_secret_value()).query, keep_blank_values=True)
        if set(asked) - {"tls"} or asked.get("tls", ["starttls"]) not in (["starttls"], ["none"]):
            raise ValueError("may end with ?tls=starttls or ?tls=none and nothing else")
        return value

    @field_validator("ai_engines")
    @classmethod
    def _engines(cls, value: str) -> str:
        names = [name.strip() for name in value.split(",")]
        if len(set(names)) < len(names) or set(names) - _ENGINES:
            raise ValueError(
                "must name gemini and openai, each once at most, such as openai,gemini"
            )
        return ",".join(names)

    @field_validator("gemini_base_url", "openai_base_url")
    @classmethod
    def _engine_address(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must be an address such as http://127.0.0.1:11434/v1")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str | None) -> str | None:
        if value is not None and ("@" not in value or any(ord(sign) < 0x20 for sign in value)):
            raise ValueError("must be an address such as coach@example.org")
        return value

    @property
    def ai_order(self) -> list[str]:
        """The engines to ask, in order; those without a key are passed over."""
        return self.ai_engines.split(",")

    @property
    def database_address(self) -> str:
        """The SQLAlchemy URL: the setting, else SQLite in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{quote(str(self.data_dir / 'coach.db'))}"

    @property
    def redis_address(self) -> str:
        """The Redis URL: the setting, else the unix socket of the supervised child."""
        if self.redis_url is not None:
            return self.redis_url.get_secret_value()
        return f"unix://{self.redis_socket}"

    @property
    def redis_socket(self) -> Path:
        """The unix socket of the embedded Redis.

        A long data path moves it to the temp folder. So does one with a space or `=`, which
        Redis does not escape where its client reads who is connected, and one with what means
        something else in an address.
        """
        path = self.data_dir / "run" / "redis.sock"
        if len(str(path).encode()) <= _MAX_SOCKET_PATH and not set(str(path)) & set(" \t=#?%"):
            return path
        mark = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"interview-coach-{mark}" / "redis.sock"

    @property
    def storage_address(self) -> str:
        """The storage URL: the setting, else a folder in the data folder."""
        if self.storage_url is not None:
            return self.storage_url.get_secret_value()
        return f"file://{quote(str(self.data_dir / 'files'))}"

    @property
    def user_quota_bytes(self) -> int:
        """How many bytes the recordings of one user may take."""
        return self.user_quota_mb * 1024 * 1024

    @property
    def models_dir(self) -> Path:
        """Where models of speech and text that were pulled are kept."""
        return self.data_dir / "models"

    @property
    def signing_key(self) -> str:
        """What signs tokens: the setting, else a key made once and kept in the data folder."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return _kept_secret(self.data_dir / "secret_key")

    @property
    def key_ring(self) -> KeyRing:
        """What encrypts: the keys of the setting, and the one that follows from the signing key.

        The last one stays even when there are others, so that setting some loses nothing.
        """
        given = self.encryption_keys
        keys = [] if given is None else parse_keys(given.get_secret_value())
        return KeyRing([*keys, key_from(self.signing_key)])


def _kept_secret(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        # Of two processes that start together one gives its key the name, and never half a key:
        # a link is made at once or not at all.
        descriptor, mine = tempfile.mkstemp(dir=file.parent, prefix=".secret_key-")
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(mine, file)
        Path(mine).unlink()
    return file.read_text(encoding="ascii").strip()


def _scheme(address: SecretStr) -> str:
    """What stands before `://`, in small letters; empty when this is no address."""
    text = address.get_secret_value()
    try:
        parts = urlsplit(text)
        # Looked at because a port that is no number is found only then.
        is_address = "://" in text and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return parts.scheme if is_address else ""


def _check_database(address: str) -> None:
    """ValueError, without a word of the address, when SQLAlchemy could not open it."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    wanted = "must be sqlite:///file or postgresql://user:password@host/database"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise ValueError(wanted) from None
    if url.drivername not in _DATABASES:
        raise ValueError(wanted)


def unknown_names(environment: dict[str, str] | None = None) -> list[str]:
    """COACH_* names in the environment or in `.env` that no setting reads, sorted.

    environment: read in place of the environment of this process.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    around = set(os.environ if environment is None else environment) - _KNOWN_ELSEWHERE
    names = around | set(dotenv_values(_ENV_FILE))
    # Settings are read in small letters as well.
    return sorted(
        name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known
    )


def _check_production(settings: Settings) -> None:
    if settings.env != "production":
        return
    if settings.secret_key is None:
        raise SettingsError("COACH_SECRET_KEY must be set when COACH_ENV is production.")
    secret = settings.secret_key.get_secret_value()
    if len(secret) < _MIN_SECRET or secret.lower() in _WEAK_SECRETS:
        raise SettingsError(
            f"COACH_SECRET_KEY is too weak for production: give at least {_MIN_SECRET} random "
            "characters, for example from `openssl rand -base64 48`."
        )


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The validated settings of this process; a wrong one raises SettingsError in plain words."""
    try:
        settings = Settings()
    except ValidationError as error:
        told = "; ".join(
            f"{PREFIX}{'_'.join(str(part) for part in item['loc']).upper()}: {item['msg']}"
            for item in error.errors()
        )
        raise SettingsError(f"A setting is wrong. {told}") from error
    _check_production(settings)
    return settings
