"""The sample answers of the bank: the strong one is scored above the weak one, gets other advice,
and does not answer questions it was not given to."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.questions.bank import BankQuestion, BankSample, load_bank, load_samples
from interview_coach.questions.bank_cross import TOO_MANY, crossings
from interview_coach.scoring import score_json_line

LISTS = ("strengths", "weaknesses", "improvements")
SAMPLES = load_samples()
QUESTIONS = {question.id: question for question in load_bank()}
LEAST_DISTANCE = 20
# All against all takes a minute (`bank_cross`); every ninth answer still has each type in it.
CROSSED = SAMPLES[::9]


def line(question: BankQuestion, text: str) -> dict[str, Any]:
    points = [{"text": point.text, "phrases": list(point.phrases)} for point in question.key_points]
    return {
        "question": {"type": question.type, "text": question.text, "key_points": points},
        "text": text,
    }


@cache
def scored(name: str, text: str) -> dict[str, Any]:
    return score_json_line(line(QUESTIONS[name], text))


def advised(name: str, text: str) -> set[tuple[str, str]]:
    advice = advise(Analysed(QUESTIONS[name].type, scored(name, text), text), "balanced")
    return {(part, item.about) for part in LISTS for item in getattr(advice, part)}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.question)
def test_the_strong_answer_scores_above_the_weak_one(sample: BankSample) -> None:
    strong, weak = (scored(sample.question, text) for text in (sample.strong, sample.weak))

    assert strong["scores"]["content"] - weak["scores"]["content"] >= LEAST_DISTANCE
    assert strong["scores"]["overall"] > weak["scores"]["overall"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.question)
def test_the_local_feedback_on_both_shares_at_most_a_third(sample: BankSample) -> None:
    sets = [advised(sample.question, text) for text in (sample.strong, sample.weak)]

    shared = sets[0] & sets[1]
    assert len(shared) <= min(len(found) for found in sets) / 3, shared


def test_answers_meet_their_own_question_and_hardly_any_other() -> None:
    rows = list(crossings(list(QUESTIONS.values()), CROSSED))

    assert {QUESTIONS[row.answer].type for row in rows} == {q.type for q in QUESTIONS.values()}
    own = [row for row in rows if row.question == row.answer]
    others = [row for row in rows if row.question != row.answer]
    assert [row for row in own if row.share < 0.6] == []
    assert sum(row.share for row in others) / len(others) < 0.1
    assert sum(row.share > TOO_MANY for row in others) / len(others) < 0.02
