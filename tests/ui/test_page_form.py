"""Nobody is sent to another site after signing in."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import interview_coach.ui as ui_package
from interview_coach import ui

SAFE = ["/", "/dashboard", "/interview/1/results?take=2#why", "/a//b", "/x:y"]
UNSAFE = [
    "",
    "dashboard",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "/ /evil.example",
    "/\t/evil.example",
    "/\n",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("path", SAFE)
def test_paths_of_this_site_are_kept(path: str) -> None:
    assert ui.safe_next(path, "/fallback") == path


@pytest.mark.parametrize("path", UNSAFE)
def test_other_places_are_replaced(path: str) -> None:
    assert ui.safe_next(path, "/fallback") == "/fallback"


def test_browser_and_server_agree() -> None:
    beside_python = Path(sys.executable).parent / "node"
    node = str(beside_python) if beside_python.exists() else shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    module = Path(ui_package.__file__).parent / "same_path.js"
    script = (
        f"import {{ samePath }} from {json.dumps(module.as_uri())};"
        f"const paths = {json.dumps(SAFE + UNSAFE)};"
        'const kept = paths.map((path) => samePath(path, "/fallback", "https://coach.example"));'
        "console.log(JSON.stringify(kept));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [ui.safe_next(path, "/fallback") for path in SAFE + UNSAFE]


def test_a_form_cannot_be_sent_elsewhere() -> None:
    with pytest.raises(ValueError, match="not a path of this site"):
        ui.page_form(action="https://evil.example/login")


def test_form_carries_action_and_next() -> None:
    drawn = str(
        ui.page_form(
            ui.form_field("Email", "email", kind="email", auto_complete="username"),
            ui.submit_button("Sign in"),
            action="/api/v1/auth/login",
            next_path="/practice",
        )
    )
    for part in ('action:"/api/v1/auth/login"', 'next:"/practice"', 'autoComplete:"username"'):
        assert part in drawn
