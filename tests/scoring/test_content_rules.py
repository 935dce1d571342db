"""The rules that lower content take points off, and what they take can be counted by hand."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from bench.scorecard_ranking import BLIND, HALVES, graded
from interview_coach.scoring import score_json_line
from interview_coach.scoring.content import (
    GENTLY,
    OFF_QUESTION_RELEVANCE,
    OFF_QUESTION_SUBJECT,
)
from interview_coach.scoring.curves import whole
from interview_coach.scoring.waterfall import OFF_QUESTION_OVERALL

FOLDERS = (HALVES[0], BLIND[HALVES[0]])
_TAKEN = ("general", "off_question", "declined")
_OTHER = ("coherence", "short", "instruction")


@cache
def _scored(folder: str) -> list[dict[str, Any]]:
    return [
        score_json_line({"question": one.question, "text": text})
        for one in graded(folder)
        for text in one.answers.values()
    ]


def _rows(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["part"]: row for row in result["parts"] if row["score"] == "content"}


def _mean(rows: dict[str, dict[str, Any]]) -> float:
    parts = {"relevance": 0.35, "specificity": 0.30, "structure": 0.35}
    return sum(share * rows[name]["value"] for name, share in parts.items())


@pytest.mark.parametrize("folder", FOLDERS)
def test_content_is_the_mean_less_the_points_taken_gently(folder: str) -> None:
    by_hand = told = 0
    for result in _scored(folder):
        rows = _rows(result)
        if any(name in rows for name in _OTHER):
            continue
        points = [
            float(match[1])
            for name in _TAKEN
            if name in rows and (match := re.search(r": ([0-9.]+) points$", rows[name]["measure"]))
        ]
        assert len(points) == sum(name in rows for name in _TAKEN), rows
        mean = _mean(rows)
        expected = min(mean, GENTLY.exact(mean - sum(points))) if points else mean
        by_hand += 1
        told += bool(points)
        assert abs(result["scores"]["content"] - expected) <= 0.6, rows
    assert by_hand > 40
    assert told > 20


def test_general_talk_costs_a_good_answer_as_much_as_a_fair_one() -> None:
    """A factor would take more from the better one."""
    found = {}
    for result in (one for folder in FOLDERS for one in _scored(folder)):
        rows = _rows(result)
        if "general" in rows and not any(name in rows for name in (*_OTHER, "off_question")):
            points = float(rows["general"]["measure"].rsplit(": ", 1)[1].split()[0])
            mean = _mean(rows)
            if mean - points >= 20:
                found[mean] = mean - result["scores"]["content"] - points
    assert max(found) - min(found) > 20
    assert all(abs(rest) <= 0.6 for rest in found.values()), found


def test_an_answer_to_another_question_has_no_overall_over_the_limit() -> None:
    """By its relevance and its subject; with more of the subject there is no step down."""
    sets = graded(HALVES[0])
    held = free = 0
    for place, one in enumerate(sets):
        other = sets[(place + 7) % len(sets)]
        result = score_json_line({"question": one.question, "text": other.answers[5]})
        relevance = _rows(result)["relevance"]
        subject = re.search(r"subject (-?[0-9.]+) ", relevance["measure"])
        assert subject is not None
        about = float(subject[1])
        if relevance["value"] < OFF_QUESTION_RELEVANCE and about < OFF_QUESTION_SUBJECT - 0.05:
            held += 1
            assert result["scores"]["overall"] <= whole(OFF_QUESTION_OVERALL)
        elif about > OFF_QUESTION_SUBJECT + 0.05:
            free += 1
            overall = [row["part"] for row in result["parts"] if row["score"] == "overall"]
            assert "off_question" not in overall
    assert held > len(sets) / 3
    assert free > 0
