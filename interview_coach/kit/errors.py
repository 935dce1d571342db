"""One typed error for everything a user or a caller can be told."""

from __future__ import annotations

from typing import Any


class CoachError(Exception):
    """An expected failure with words for the person it concerns.

    code: stable machine word. message: one or two plain sentences. status: HTTP status.
    extra: further members of the problem body, such as `allowed` or `missing`.
    """

    def __init__(
        self, code: str, message: str, status: int = 400, extra: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.extra = extra or {}


def not_found(what: str) -> CoachError:
    """The error for a thing that is not there, or that belongs to somebody else."""
    return CoachError("not_found", f"This {what} does not exist, or it is not yours.", 404)


def invalid(field: str, message: str) -> CoachError:
    """The error for one field of a request that is missing or wrong."""
    errors = [{"field": field, "message": message}]
    return CoachError(
        "invalid", f"Something is missing or wrong. {field}: {message}", 422, {"errors": errors}
    )


class SettingsError(CoachError):
    """A setting that keeps the program from starting."""

    def __init__(self, message: str) -> None:
        super().__init__("settings", message, 500)
