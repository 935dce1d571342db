"""Structured logs: one line an event, secrets masked."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_MASKED = ("password", "secret", "token", "authorization", "cookie", "api_key")


def _mask_secrets(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in event:
        if any(word in key.lower() for word in _MASKED):
            event[key] = "***"
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
