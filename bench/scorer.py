"""The scorecard of the scorer: what it finds and what it is proof against, each line with its data.

    python -m bench.scorer [--publish]

`--publish` also writes the card that the page on scoring shows.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import machine
from bench.figures import table
from bench.outcome import RESULTS
from bench.scorecard import Line
from bench.scorecard_other_questions import other_question_lines
from bench.scorecard_ranking import ranking_lines
from bench.scorecard_sound import sound_lines
from bench.scorecard_text import text_lines
from interview_coach.scoring.score import ALGORITHM

PUBLISHED = Path(__file__).resolve().parent.parent / "interview_coach/feedback/scorecard.json"


def _shown(line: Line) -> list[str]:
    if line.figure is None:
        return [line.words, "not measured", "", line.data]
    figure = f"{line.figure:g} {line.unit}".strip()
    verdict = "" if line.met is None else ("met" if line.met else "MISSED")
    return [line.words, figure, f"{line.aim or ''} {verdict}".strip(), line.data]


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when no aim was missed, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.scorer", description=__doc__)
    parser.add_argument("--publish", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULTS / "scorer.json")
    chosen = parser.parse_args(arguments)
    lines = [*sound_lines(), *ranking_lines(), *other_question_lines(), *text_lines()]
    card = {
        "benchmark": "scorer",
        "command": "./coach bench scorer",
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "algorithm": ALGORITHM,
        "machine": {**(described := machine.describe()), "words": machine.in_words(described)},
        "lines": [line.to_json() for line in lines],
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    for file in (chosen.out, *([PUBLISHED] if chosen.publish else [])):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print(table(["", "measured", "aim", "on"], [_shown(line) for line in lines]))
    print(f"Written to {chosen.out}")
    return int(any(line.met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
