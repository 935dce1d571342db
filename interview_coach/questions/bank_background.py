"""Questions of the bank that a text model is measured on, so that it knows what is chance.

    python -m interview_coach.questions.bank_background

writes `ai/texts/background.yaml`, the key points of one question in nine. It has to be done when
key points or phrases change (a test compares it with the bank) and raises the scoring version: with
a text model it moves scores.
"""

from __future__ import annotations

import sys

import yaml

from interview_coach.ai.calibration import BACKGROUND, point_text
from interview_coach.questions.bank import load_bank

EVERY = 9


def background() -> str:
    """The file's text: for each of the questions its points as the model reads them."""
    chosen = sorted(load_bank(), key=lambda entry: entry.id)[::EVERY]
    rows = [
        [point_text([point.text, *point.phrases]) for point in entry.key_points] for entry in chosen
    ]
    return yaml.safe_dump(rows, allow_unicode=True, width=100)


def main() -> int:
    """Write the file."""
    BACKGROUND.write_text(background(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
