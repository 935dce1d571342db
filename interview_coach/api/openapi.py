"""What the description of the API says of every route alike: security, refusals, words."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from interview_coach.api.problems import Problem, problem_responses

_METHODS = {"get", "post", "put", "patch", "delete"}
_SCHEMES: dict[str, Any] = {
    "OAuth2PasswordBearer": {
        "type": "oauth2",
        "description": "An access token (15 minutes) from the sign-in, as a bearer.",
        "flows": {"password": {"tokenUrl": "/api/v1/auth/login", "scopes": {}}},
    },
    "PersonalToken": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "A personal token (`icp_...`) from the settings or `./coach admin token`. `read` is "
            "needed for GET, `write` for everything else."
        ),
    },
    "SessionCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "What the page uses; behind https its name is `__Host-session`.",
    },
}
_TAGS = [
    {"name": "auth", "description": "Signing up, in and out, devices, passwords, mailed links."},
    {"name": "users", "description": "The profile, preferences, tokens and data of who asks."},
    {"name": "questions", "description": "The question bank."},
    {"name": "interviews", "description": "Interviews, answers and recordings."},
    {"name": "analysis", "description": "What was heard, measured and scored."},
    {"name": "analytics", "description": "History and figures over completed interviews."},
    {"name": "live events", "description": "An interview as it goes on."},
    {"name": "operations", "description": "How the system is."},
    {"name": "admin", "description": "For administrators."},
]
_TEXT = (
    "Practise interviews and read how you did. Errors are problem documents (RFC 9457) with a "
    "stable `code`; lists are pages; times are ISO 8601 in UTC; ids are opaque; what belongs to "
    "somebody else answers 404."
)


def operation_id(route: APIRoute) -> str:
    """Such as `auth_login`: the tag and the name of the function."""
    return f"{route.tags[0]}_{route.name}".replace(" ", "_") if route.tags else route.name


def describe(app: FastAPI) -> None:
    """Complete the description that FastAPI makes."""
    app.description = _TEXT
    app.openapi_tags = _TAGS
    original = app.openapi
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_completed(original()))
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    components = schema.setdefault("components", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components.setdefault("schemas", {}).update(problem.pop("$defs", {}))
    components["schemas"]["Problem"] = problem
    components["securitySchemes"] = _SCHEMES
    for item in schema["paths"].values():
        for method, operation in item.items():
            if method in _METHODS:
                _complete(method, operation)
    return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    signed_in = "security" in operation
    optional = signed_in and "401" not in operation["responses"]
    operation["security"] = [{name: []} for name in _SCHEMES] if signed_in else []
    if optional:
        operation["security"].append({})
    refusals = [400, 503]
    if signed_in or method != "get":
        refusals.append(403)
    if "requestBody" in operation:
        refusals.append(413)
    for status, answer in problem_responses(*refusals).items():
        operation["responses"].setdefault(str(status), answer)
    whole = operation["responses"].get("200", {}).get("content", {})
    if method == "get" and "application/json" in whole:
        operation["responses"]["304"] = {
            "description": "not changed since the answer whose ETag came in If-None-Match"
        }
