"""The words of the subject of each question of the bank, for scoring.

    python -m interview_coach.questions.bank_subject

writes `scoring/subject_words.txt`, which has to be done whenever questions, key points or phrases
change (a test compares it with the bank) and raises the scoring version: it moves scores.
"""

from __future__ import annotations

import sys

from interview_coach.questions.bank import load_bank
from interview_coach.scoring import KeyPoint, Question
from interview_coach.scoring.subject import WORDS_FILE, subject_words


def table() -> str:
    """The file's text: for each question its type, its text and its stems, between tabs."""
    lines: list[str] = []
    for entry in load_bank():
        points = tuple(KeyPoint(point.text, tuple(point.phrases)) for point in entry.key_points)
        words = sorted(subject_words(Question(entry.type, entry.text, points)))
        lines.append("\t".join([entry.type, entry.text, " ".join(words)]))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the table."""
    WORDS_FILE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
