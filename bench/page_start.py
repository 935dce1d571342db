"""How long a second start takes, with nothing changed since the first.

    python -m bench.page_start [--starts 5] [--script]

From the command to the line that says it is ready. The first start, which migrates a fresh data
folder, loads the question bank and builds the page where that is needed, is shown and not counted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import machine
from bench.figures import spread, table
from bench.outcome import Target, conclude
from tests.e2e.conftest import PROJECT, free_port

TARGET_SECONDS = 6.0
_READY = "Interview Coach is ready at"
_STOPS_WITHIN = 60


def _command(*, script: bool, port: int) -> list[str]:
    program = [str(PROJECT / "coach")] if script else [sys.executable, "-m", "interview_coach"]
    return [*program, "up", "--port", str(port)]


def _start(data: Path, *, script: bool) -> tuple[float, list[str]]:
    """Start, wait for the word that it is ready, stop: the seconds, and all that it said."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
    environment |= {"COACH_DATA_DIR": str(data), "COACH_OFFLINE": "1"}
    environment["PYTHONPATH"] = str(PROJECT)  # as the script sets it
    said: list[str] = []
    began = time.perf_counter()
    with subprocess.Popen(
        _command(script=script, port=free_port()),
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                said.append(line.rstrip())
                if _READY in line:
                    return time.perf_counter() - began, said
        finally:
            process.terminate()
            process.communicate(timeout=_STOPS_WITHIN)
    raise SystemExit("It ended before it was ready:\n" + "\n".join(said))


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the target was met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.page_start", description=__doc__)
    parser.add_argument("--starts", type=int, default=5, help="how many are measured (5)")
    parser.add_argument("--script", action="store_true", help="start by ./coach, with its checks")
    parser.add_argument("--out", type=Path, help="where the JSON goes (bench/results/)")
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        first, said = _start(Path(folder), script=chosen.script)
        print("\n".join(["The first start:", *said, ""]))
        starts = [_start(Path(folder), script=chosen.script)[0] for _ in range(chosen.starts)]
    figures = spread(starts)
    rows = [[f"start {number}", f"{value:.2f}"] for number, value in enumerate(starts, 2)]
    print(table(["seconds until ready", ""], [["start 1, not counted", f"{first:.2f}"], *rows]))
    words = "seconds of the slowest start with nothing changed"
    return conclude(
        "page_start",
        targets=[Target(words, float(figures["largest"]), TARGET_SECONDS)],
        figures={
            "seconds_until_ready": figures,
            "starts": [round(value, 3) for value in starts],
            "first_start": round(first, 3),
        },
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
