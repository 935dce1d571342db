"""In how many questions of the bank each word of their key points stands, for scoring.

    python -m interview_coach.questions.bank_subject

writes `scoring/subject_words.txt`, which has to be done whenever key points or phrases change (a
test compares it with the bank) and raises the scoring version: it moves scores.
"""

from __future__ import annotations

import sys
from collections import Counter

from interview_coach.questions.bank import load_bank
from interview_coach.scoring import KeyPoint, Question
from interview_coach.scoring.subject import WORDS_FILE, subject_words


def table() -> str:
    """The file's text: the number of questions, then each stem with its count, most first."""
    bank = load_bank()
    counts: Counter[str] = Counter()
    for entry in bank:
        points = tuple(KeyPoint(point.text, tuple(point.phrases)) for point in entry.key_points)
        counts.update(subject_words(Question(entry.type, entry.text, points)))
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join([str(len(bank)), *(f"{root} {count}" for root, count in rows)]) + "\n"


def main() -> int:
    """Write the table."""
    WORDS_FILE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
