"""Where objects lie: `file:///folder` or `s3://bucket/prefix?endpoint=...&region=...`.

The folder is percent-encoded, as in any URL.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from obstore.store import LocalStore, S3Store

from interview_coach.kit.errors import SettingsError

_OPTIONS = {"endpoint", "region"}
# Of at most 5 MB each. A store that hangs holds a request of ours for half a minute at most.
_CONNECT_SECONDS = 3
_REQUEST_SECONDS = 10
_RETRIES = 3
_RETRY_SECONDS = 20


def open_place(url: str) -> Any:
    """The store of an address; SettingsError in plain words when it is none."""
    scheme = urlsplit(url).scheme
    if scheme == "file":
        return _folder(url)
    if scheme == "s3":
        return _bucket(url)
    raise SettingsError("COACH_STORAGE_URL must begin with file:/// or s3://.")


def _folder(url: str) -> Any:
    parts = urlsplit(url)
    if parts.netloc or parts.query or parts.fragment:
        raise SettingsError(
            "COACH_STORAGE_URL must be file:/// and a whole path; in it %23 stands for #, "
            "%3F for ? and %25 for %."
        )
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)


def _bucket(url: str) -> Any:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    # Credentials in an address would be printed with it.
    if not parts.hostname or parts.netloc != parts.hostname or set(query) - _OPTIONS:
        raise SettingsError(
            "COACH_STORAGE_URL must be s3://bucket/prefix, and after ? only endpoint=... and "
            "region=...; credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    client: dict[str, Any] = {
        "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
        "timeout": timedelta(seconds=_REQUEST_SECONDS),
    }
    options: dict[str, Any] = {
        "region": query.get("region", "us-east-1"),
        # A server at an address of its own has no name for each bucket.
        "virtual_hosted_style_request": False,
        "client_options": client,
        "retry_config": {
            "max_retries": _RETRIES,
            "retry_timeout": timedelta(seconds=_RETRY_SECONDS),
            "backoff": {
                "init_backoff": timedelta(milliseconds=100),
                "max_backoff": timedelta(seconds=2),
                "base": 2,
            },
        },
    }
    endpoint = query.get("endpoint")
    if endpoint:
        if urlsplit(endpoint).scheme not in {"http", "https"}:
            raise SettingsError("The endpoint in COACH_STORAGE_URL must be http:// or https://.")
        options["endpoint"] = endpoint
        client["allow_http"] = endpoint.startswith("http://")
    return S3Store(parts.netloc, prefix=unquote(parts.path).strip("/") or None, **options)
