"""Structured logs: one line an event, secrets masked."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import structlog

_MASKED = ("password", "secret", "token", "authorization", "cookie", "api_key")
_STARS = "***"
# What gives access even without a key that names it: bearer values, JSON web tokens, personal
# tokens, the password in an address, and the values of such names in a query or an assignment.
_SECRETS_IN_TEXT = (
    (re.compile(r"\b(bearer|basic)(\s+)[\w.~+/=-]{8,}", re.IGNORECASE), r"\1\2***"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?"), _STARS),
    (re.compile(r"\bicp_[\w-]+"), _STARS),
    (re.compile(r"(://[^\s:/@]*:)[^\s/@]+@"), r"\1***@"),
    (
        re.compile(
            r"\b([\w-]*(?:password|secret|token|api_key)[\w-]*=)[^\s&,;'\"]+", re.IGNORECASE
        ),
        r"\1***",
    ),
)


def masked_text(text: str) -> str:
    """The text with everything in it that looks like a credential replaced by `***`."""
    for pattern, replacement in _SECRETS_IN_TEXT:
        text = pattern.sub(replacement, text)
    return text


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {
            key: _STARS if _names_a_secret(key) else _masked(inner) for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return masked_text(str(value))


def _names_a_secret(key: object) -> bool:
    return any(word in str(key).lower() for word in _MASKED)


def _mask_secrets(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in event.items():
        event[key] = _STARS if _names_a_secret(key) else _masked(value)
    return event


def configure_logging(*, json_lines: bool, level: int = logging.INFO) -> None:
    """Write logs to standard error, as JSON lines or as text for a person at a terminal.

    Line breaks inside values are escaped by both renderers, so that a value cannot forge a line.
    """
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if json_lines
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask_secrets,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> Any:
    """A logger that carries the name of its part of the house."""
    return structlog.get_logger(part=name)


def by_tenths(log: Any, event: str, **told: object) -> Callable[[float], None]:
    """What writes the progress of `event`, given as 0 to 1, into a log at each further tenth."""
    last = -1

    def tell(share: float) -> None:
        nonlocal last
        tenth = int(share * 10)
        if tenth > last:
            last = tenth
            log.info(event, percent=tenth * 10, **told)

    return tell
