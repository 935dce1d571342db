"""The API application. Knows no domain: routers are handed to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from interview_coach import __version__
from interview_coach.api.problems import Problem, install_error_handlers

PREFIX = "/api/v1"
_COMPRESS_FROM = 1000


def make_api(routers: Sequence[APIRouter]) -> FastAPI:
    """A FastAPI application with these routers under /api/v1."""
    app = FastAPI(
        title="Interview Coach",
        version=__version__,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=f"{PREFIX}/docs",
        redoc_url=None,
    )
    for router in routers:
        app.include_router(router, prefix=PREFIX)
    install_error_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESS_FROM)
    _add_problem_schema(app)
    return app


def _add_problem_schema(app: FastAPI) -> None:
    original = app.openapi

    def openapi() -> dict[str, Any]:
        schema = original()
        components = schema.setdefault("components", {}).setdefault("schemas", {})
        if "Problem" not in components:
            made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components.update(made.pop("$defs", {}))
            components["Problem"] = made
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
