"""The API's documentation page: Swagger UI from this server's own files, without inline scripts."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Response

from interview_coach.kit.errors import not_found

PATH: Final = "/docs"
_SECONDS = 86_400
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interview Coach API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
});
"""
_FILES = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
router = APIRouter(prefix=PATH, include_in_schema=False)


@router.get("")
def docs() -> Response:
    """The page."""
    return Response(_PAGE, media_type="text/html")


@router.get("/{name}")
def docs_file(name: str) -> Response:
    """A file of the page."""
    headers = {"Cache-Control": f"public, max-age={_SECONDS}"}
    if name == "start.js":
        return Response(_START, media_type="text/javascript", headers=headers)
    if name not in _FILES:
        raise not_found("file")
    content = files("fastapi_swagger.resources").joinpath(name).read_bytes()
    return Response(content, media_type=_FILES[name], headers=headers)
