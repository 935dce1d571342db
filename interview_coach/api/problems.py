"""Errors as problem+json (RFC 9457), one handler for each kind."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger

MEDIA_TYPE = "application/problem+json"
log = get_logger("api")


class FieldProblem(BaseModel):
    """What is wrong with one field: `field` is its path, such as `body.email`."""

    field: str
    message: str


class Problem(BaseModel):
    """The body of every error answer. `code` is for programs, `detail` for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "code": "invalid",
                    "detail": "Something is missing or wrong. body.type: Field required",
                    "errors": [{"field": "body.type", "message": "Field required"}],
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = Field(default=None, description="the fields at fault")


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for its OpenAPI entry."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem_answer(
    status: int,
    code: str,
    detail: str,
    *,
    extra: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """An error answer."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    # Further members never stand in the place of these.
    body = {**(extra or {}), **body}
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def _coach_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, CoachError):
        raise error
    headers = {}
    if "retry_after" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after"])
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem_answer(
        error.status, error.code, error.message, extra=error.extra, headers=headers
    )


def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        {"field": ".".join(str(part) for part in item["loc"]), "message": item["msg"]}
        for item in error.errors()
    ]
    told = "; ".join(f"{item['field']}: {item['message']}" for item in fields)
    return problem_answer(
        422, "invalid", f"Something is missing or wrong. {told}", extra={"errors": fields}
    )


def _http_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return problem_answer(
        status, status.name.lower(), str(error.detail), headers=dict(error.headers or {})
    )


def _busy_database(_request: Request, error: Exception) -> JSONResponse:
    log.error("database unavailable", reason=str(error))
    return problem_answer(
        503,
        "database",
        "The database does not answer right now. Nothing was changed; try again in a moment.",
        headers={"Retry-After": "2"},
    )


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected error", exc_info=error)
    return problem_answer(
        500, "unexpected", "Something went wrong on our side. What you sent was not changed."
    )


def install_error_handlers(app: FastAPI) -> None:
    """Register the handlers and the Problem schema."""
    app.add_exception_handler(CoachError, _coach_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _busy_database)
    app.add_exception_handler(Exception, _unexpected)
