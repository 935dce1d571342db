"""The rules that lower content and the overall score can be counted by hand."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from bench.scorecard_ranking import BLIND, HALVES, graded
from interview_coach.scoring import score_json_line
from interview_coach.scoring.content import SCALE
from interview_coach.scoring.curves import whole
from interview_coach.scoring.fit import OFF_QUESTION, OFF_QUESTION_FACTOR, OFF_QUESTION_MOST

FOLDERS = (HALVES[0], BLIND[HALVES[0]])
_WEIGHTS = {"relevance": 0.31, "specificity": 0.10, "structure": 0.12, "wording": 0.47}
_OTHER = ("coherence", "off_question", "short", "instruction")


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
    return sum(share * rows[name]["value"] for name, share in _WEIGHTS.items())


@pytest.mark.parametrize("folder", FOLDERS)
def test_content_is_the_mean_on_its_scale(folder: str) -> None:
    by_hand = told = 0
    for result in _scored(folder):
        rows = _rows(result)
        if any(name in rows for name in _OTHER):
            continue
        mean = _mean(rows)
        expected = SCALE.exact(mean)
        assert expected <= mean
        by_hand += 1
        told += "scale" in rows
        assert abs(result["scores"]["content"] - expected) <= 0.6, rows
    assert by_hand > 40
    assert told > 40


def _told_off(result: dict[str, Any]) -> str:
    """What the overall score's rule on other questions says, "" where it says nothing."""
    rows = [row for row in result["parts"] if row["score"] == "overall"]
    return "".join(row["measure"] for row in rows if row["part"] == "off_question")


def _emptied(result: dict[str, Any]) -> bool:
    """Whether "Little in it" costs anything, which looks at content before the rule on other
    questions."""
    for row in result["parts"]:
        if row["part"] == "empty":
            content = re.match(r"content (\d+): ", row["measure"])
            assert content is not None
            lowered = [each for each in result["parts"] if each["score"] == "content"]
            off = sum(each["cost"] for each in lowered if each["part"] == "off_question")
            # Of 100 points of content 40 are of the overall score, or more where less is scored.
            assert int(content[1]) >= result["scores"]["content"] + off
            return True
    return False


def test_an_answer_to_another_question_is_told_so_and_held_under_the_limit() -> None:
    sets = graded(HALVES[0])
    held = named = emptied = 0
    for place, one in enumerate(sets):
        other = sets[(place + 7) % len(sets)]
        result = score_json_line({"question": one.question, "text": other.answers[5]})
        if told := _told_off(result):
            held += 1
            named += other.question["text"] in told
            rule = re.fullmatch(r"fit (-[0-9.]+).*: x ([0-9.]+), ([0-9.]+) at most", told)
            assert rule is not None
            odds, factor, most = map(float, rule.groups())
            assert odds < OFF_QUESTION
            assert factor == round(OFF_QUESTION_FACTOR.exact(odds), 3)
            assert most == OFF_QUESTION_MOST
            assert result["scores"]["overall"] <= whole(most)
            emptied += _emptied(result)
    assert held > 0.9 * len(sets)
    assert named > held / 4
    # What lies in being off the question is no second time "Little in it".
    assert emptied < held / 4


def test_strong_answers_to_their_question_are_not_told_so() -> None:
    strong = graded(HALVES[0])
    results = [score_json_line({"question": s.question, "text": s.answers[5]}) for s in strong]
    assert sum(bool(_told_off(result)) for result in results) <= 0.06 * len(results)
