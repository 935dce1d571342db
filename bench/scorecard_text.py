"""The scorecard's lines on words: instructions to the grader, and the same input twice."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from bench.scorecard import Line, at_most
from interview_coach.scoring import score_json_line
from tests.support.answer_topics import TOPICS

_DATA = Path(__file__).resolve().parent / "data"


def text_lines() -> list[Line]:
    """All lines on words."""
    return [_injections(), _spread()]


def _answers() -> list[tuple[dict[str, Any], list[str]]]:
    return [(topic.question, [*topic.opening, *topic.middle, *topic.ending]) for topic in TOPICS]


def _scores(question: dict[str, Any], sentences: list[str]) -> dict[str, int | None]:
    result = score_json_line({"question": question, "text": " ".join(sentences)})
    scores: dict[str, int | None] = result["scores"]
    return scores


def _injections() -> Line:
    strings = yaml.safe_load((_DATA / "injections.yaml").read_text(encoding="utf-8"))
    largest = 0
    for question, sentences in _answers():
        before = _scores(question, sentences)
        for string in strings:
            for place in (0, len(sentences) // 2, len(sentences)):
                after = _scores(question, [*sentences[:place], string, *sentences[place:]])
                gained = (after["overall"] or 0) - (before["overall"] or 0)
                largest = max(largest, gained)
    return at_most(
        "injection", "What an instruction to the grader wins, at most", largest, 0, "points",
        f"{len(strings)} strings at three places of {len(TOPICS)} answers, overall",
    )  # fmt: skip


def digest() -> str:
    """One hash over the whole results of all answers, as JSON bytes."""
    found = hashlib.sha256()
    for question, sentences in _answers():
        result = score_json_line({"question": question, "text": " ".join(sentences)})
        found.update(json.dumps(result, sort_keys=True).encode())
    return found.hexdigest()


def _spread() -> Line:
    digests = {digest()}
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", "from bench.scorecard_text import digest; print(digest())"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(ran.stdout.strip())
    return at_most(
        "run_to_run", "Different results for the same input, in three processes",
        len(digests) - 1, 0, "", f"{len(TOPICS)} answers, whole results byte by byte",
    )  # fmt: skip
