"""The API application. Knows no domain: routers are handed to it."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import compile_path

from interview_coach import __version__
from interview_coach.api import docs_page
from interview_coach.api.etags import ETags
from interview_coach.api.openapi import describe, operation_id
from interview_coach.api.problems import install_error_handlers, problem_answer
from interview_coach.api.traffic import Traffic
from interview_coach.kit.errors import CoachError

PREFIX = "/api/v1"
_COMPRESS_FROM = 1000
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def make_api(routers: Sequence[APIRouter]) -> FastAPI:
    """A FastAPI application with these routers under /api/v1."""
    app = FastAPI(
        title="Interview Coach",
        version=__version__,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    for router in (docs_page.router, *routers):
        app.include_router(router, prefix=PREFIX)
    app.add_api_route("/api/{rest:path}", _nothing_here, methods=_METHODS, include_in_schema=False)
    install_error_handlers(app)
    app.add_middleware(ETags)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESS_FROM)
    app.add_middleware(Traffic)
    describe(app)
    return app


def _nothing_here(rest: str, request: Request) -> Response:
    """Else the page would answer, in HTML, for every path of the API that does not exist."""
    allowed = {
        method.upper()
        for path, item in request.app.openapi()["paths"].items()
        if compile_path(path)[0].match(request.url.path)
        for method in item
    }
    if allowed:
        told = ", ".join(sorted(allowed))
        return problem_answer(
            405, "method", f"Here one can ask by {told} only.", headers={"Allow": told}
        )
    raise CoachError("not_found", f"There is nothing at /api/{rest}.", 404)
