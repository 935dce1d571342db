"""What every benchmark ends with: figures on the terminal, the same as JSON, and an exit code."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Target:
    """What is promised: `figure` is at most `limit` (same unit, named in `words`)."""

    words: str
    figure: float
    limit: float

    @property
    def met(self) -> bool:
        """Whether the promise was kept."""
        return self.figure <= self.limit


def conclude(
    name: str,
    *,
    targets: list[Target],
    figures: dict[str, Any],
    load_before: float,
    out: Path | None = None,
) -> int:
    """Write `results/<name>.json` (or `out`), say what came of it; 0 when all targets were met."""
    described = machine.describe()
    quiet = machine.is_quiet(load_before)
    result = {
        "benchmark": name,
        "command": " ".join(["python", "-m", f"bench.{name}", *sys.argv[1:]]),
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": described,
        "load": {"before": load_before, "after": machine.load(), "quiet_before": quiet},
        "targets": [
            {"target": each.words, "measured": each.figure, "limit": each.limit, "met": each.met}
            for each in targets
        ],
        "figures": figures,
    }
    file = out or RESULTS / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"\nMachine: {machine.in_words(described)}")
    print(f"Load: {load_before} before, {machine.load()} after")
    if not quiet:
        print("The machine was busy with something else before this began: measure again.")
    for each in targets:
        verdict = "met" if each.met else "MISSED"
        print(f"Target {verdict}: {each.words}: {each.figure} (limit {each.limit})")
    print(f"Written to {file}")
    return 0 if all(each.met for each in targets) else 1
