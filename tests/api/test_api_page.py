"""The requests that docs/api.md shows are ones that work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.conftest import Api, make_client

_FORM = "x-www-form-urlencoded"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def _send(client: TestClient, line: str, values: dict[str, str]) -> Any:
    """Send what this line has curl send, with values for its variables."""
    for name, value in values.items():
        line = line.replace(f"${name}", value)
    words = shlex.split(line)[1:]
    method, url, headers, body = None, "", {}, []
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word in {"-d", "--json"}:
            headers["Content-Type"] = f"application/{'json' if word == '--json' else _FORM}"
            body.append(words.pop(0))
        else:
            url = word
    return client.request(
        method or ("POST" if body else "GET"), url, headers=headers, content="&".join(body)
    )


def test_the_examples_work_one_after_the_other(api: Api) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("curl ")]
    assert len(lines) == 6
    client, values = make_client(), {"COACH": "/api/v1"}
    told: list[Any] = []
    for line in lines:
        answer = _send(client, line, values)
        assert answer.status_code in {200, 201}, f"{line}: {answer.status_code} {answer.text}"
        told.append(answer.json())
        if "access_token" in told[-1]:
            values["TOKEN"] = told[-1]["access_token"]
        if "questions" in told[-1] and "id" in told[-1]:
            values["INTERVIEW"] = told[-1]["id"]
            values["QUESTION"] = told[-1]["questions"][0]["id"]
    assert told[1]["status"] == "pending"
    assert told[4]["status"] == "working"
    assert len(told[5]["questions"]) >= 1
    interview = client.get(
        f"/api/v1/interviews/{values['INTERVIEW']}",
        headers={"Authorization": f"Bearer {values['TOKEN']}"},
    )
    assert [answer["id"] for answer in interview.json()["answers"]] == [told[3]["id"]]
