"""What forms send, and which of their fields an error is about, in the browser's own code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import interview_coach.ui as ui_package


def _evaluated(expression: str) -> Any:
    beside_python = Path(sys.executable).parent / "node"
    node = str(beside_python) if beside_python.exists() else shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    module = Path(ui_package.__file__).parent / "form_body.js"
    script = (
        f"import {{ namesOf, readForm }} from {json.dumps(module.as_uri())};"
        f"console.log(JSON.stringify({expression}));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def _field(name: str, value: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "value": value, "type": "text", "dataset": {}, **more}


def _read(*fields: dict[str, Any], extra: dict[str, Any] | None = None) -> Any:
    return _evaluated(f"readForm({json.dumps({'elements': fields})}, {json.dumps(extra)})")


def test_plain_fields_keep_their_kinds() -> None:
    found = _read(
        _field("email", "a@example.org"),
        _field("days", "7", type="number"),
        _field("weeks", "", type="number"),
        _field("role", "", dataset={"empty": "null"}),
        _field("theme", "dark", type="radio", checked=False),
        _field("theme", "light", type="radio", checked=True),
        _field("captions", "on", type="checkbox", checked=True),
        _field("scopes", "read", type="checkbox", checked=True, dataset={"list": ""}),
        _field("scopes", "write", type="checkbox", checked=False, dataset={"list": ""}),
        _field("", "no name"),
        _field("off", "x", disabled=True),
        extra={"revision": 3},
    )
    assert found["values"] == {
        "revision": 3,
        "email": "a@example.org",
        "days": 7,
        "weeks": None,
        "role": None,
        "theme": "light",
        "captions": True,
        "scopes": ["read"],
    }


def test_lines_and_lists_of_items() -> None:
    lines = {"lines": ""}
    found = _read(
        _field("tips", " one \n\n two\n", type="textarea", dataset=lines),
        _field("points.0.text", "first"),
        _field("points.0.phrases", "a\nb", dataset=lines),
        _field("points.1.text", ""),
        _field("points.1.phrases", " \n", dataset=lines),
        _field("points.2.text", ""),
        _field("points.2.phrases", "c", dataset=lines),
        _field("asks.0.kind", "clarify", type="select-one"),
        _field("asks.0.text", ""),
    )
    assert found["values"] == {
        "tips": ["one", "two"],
        "points": [{"text": "first", "phrases": ["a", "b"]}, {"text": "", "phrases": ["c"]}],
        "asks": [],
    }
    assert found["places"] == {"points": ["0", "2"], "asks": []}


def test_an_error_finds_its_field() -> None:
    assert _evaluated('namesOf("body.email", {})') == ["email"]
    assert _evaluated('namesOf("body.points.1.phrases.3", {points: ["0", "2"]})') == [
        "points.2.phrases.3",
        "points.2.phrases",
        "points.2",
        "points",
    ]
