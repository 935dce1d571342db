"""The API application. Knows no domain: routers are handed to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from interview_coach import __version__
from interview_coach.api import docs_page
from interview_coach.api.etags import ETags
from interview_coach.api.problems import Problem, install_error_handlers
from interview_coach.api.traffic import Traffic
from interview_coach.kit.errors import CoachError

PREFIX = "/api/v1"
_COMPRESS_FROM = 1000
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def make_api(routers: Sequence[APIRouter]) -> FastAPI:
    """A FastAPI application with these routers under /api/v1."""
    app = FastAPI(
        title="Interview Coach",
        version=__version__,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    for router in (docs_page.router, *routers):
        app.include_router(router, prefix=PREFIX)
    app.add_api_route("/api/{rest:path}", _nothing_here, methods=_METHODS, include_in_schema=False)
    install_error_handlers(app)
    app.add_middleware(ETags)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESS_FROM)
    app.add_middleware(Traffic)
    _add_problem_schema(app)
    return app


def _nothing_here(rest: str) -> None:
    """Else the page would answer, in HTML, for every path of the API that does not exist."""
    raise CoachError("not_found", f"There is nothing at /api/{rest}.", 404)


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
