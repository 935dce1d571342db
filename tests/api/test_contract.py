"""The API answers as its own description says: generated requests, signed in and not."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from interview_coach.interviews import recordings
from tests.conftest import PASSWORD, Api, make_client
from tests.support.servers import RedisServer

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# For each operation, signed in and not: COACH_CONTRACT_EXAMPLES=60 makes more than 5,000 requests.
EXAMPLES = int(os.environ.get("COACH_CONTRACT_EXAMPLES", "12"))


@schemathesis.serializer(*recordings.CONTENT_TYPES)
def sound(_context: Any, value: Any) -> Any:
    """A recording's body: raw bytes."""
    return getattr(value, "data", value)


def _as_file(name: str, value: Any) -> tuple[str, Any]:
    """A part of a multipart body as our client takes it."""
    file_name, content = value[:2] if isinstance(value, tuple) else (name, value)
    content = getattr(content, "data", content)
    return name, (file_name, content if isinstance(content, bytes) else str(content).encode())


def _problems(api: Any, redis: RedisServer, *, signed_in: bool) -> list[str]:
    client = make_client()
    form = {"username": api.user["email"], "password": PASSWORD}
    schema = schemathesis.openapi.from_dict(api.get("/api/v1/openapi.json").json())
    found: list[str] = []
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if signed_in and client.get("/api/v1/users/me").status_code == 401:
            # One of the operations signs out, and so many sign-ins would be throttled.
            redis.clear()
            tokens = client.post("/api/v1/auth/login", data=form).json()
            client.headers["Authorization"] = f"Bearer {tokens['access_token']}"

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            arguments = case.as_transport_kwargs()
            arguments.pop("cookies", None)
            url = arguments.pop("url", case.formatted_path)
            if "files" in arguments:
                arguments["files"] = [_as_file(*part) for part in arguments["files"]]
            answer = client.request(arguments.pop("method", case.method), url, **arguments)
            answer.request.read()
            response = schemathesis.Response.from_any(answer)
            case.validate_response(response, checks=CHECKS)

        try:
            ask()
        except Exception as error:  # noqa: BLE001 - every operation is asked, then all problems are told
            found.append(f"{operation.label}: {str(error)[:600]}")
    print(f"{asked} generated requests, signed in: {signed_in}")
    return found


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "nobody"])
def test_generated_requests_get_the_answers_that_are_described(
    api: Api, redis_server: RedisServer, signed_in: bool
) -> None:
    assert _problems(api, redis_server, signed_in=signed_in) == []
