"""Whether an answer is to the question asked or to another one of the bank."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bench.scorecard_ranking import HALVES, Graded, graded
from interview_coach.scoring import KeyPoint, Question
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.fit import EXPLAINED, Fit, fit_of
from interview_coach.scoring.subject import bank_words, said_words, subject_match


def _question(one: Graded) -> Question:
    asked: dict[str, Any] = one.question
    points = tuple(KeyPoint(row["text"], tuple(row["phrases"])) for row in asked["key_points"])
    return Question(asked["type"], asked["text"], points)


def _fit(text: str, question: Question, closeness: float | None = None) -> Fit:
    said = said_words(read_answer(text, question), question)
    return fit_of(said, question, subject_match(said, question), closeness)


SETS = graded(HALVES[0])


def test_strong_answers_fit_their_own_question_and_no_other() -> None:
    own = [_fit(one.answers[5], _question(one)) for one in SETS]
    other = [
        _fit(one.answers[5], _question(SETS[(place + step) % len(SETS)]))
        for place, one in enumerate(SETS)
        for step in (5, 13)
    ]
    above = sum(left.odds > right.odds for left in own for right in other)
    assert above >= 0.96 * len(own) * len(other)
    assert sum(fit.off_question for fit in own) <= 0.06 * len(own)
    assert sum(fit.off_question for fit in other) >= 0.8 * len(other)


def test_the_question_it_is_nearer_to_is_named() -> None:
    one, other = SETS[0], SETS[8]
    assert _fit(one.answers[5], _question(other)).nearer == one.question["text"]
    assert _fit(one.answers[5], _question(one)).nearer == ""


def test_what_is_answered_in_another_way_fits_less() -> None:
    story = next(one for one in SETS if one.question["type"] == "behavioral")
    others = [one for one in SETS if one.question["type"] in EXPLAINED]
    assert others
    assert all(_fit(story.answers[5], _question(one)).odds < -1 for one in others)
    told = [one for one in SETS if one.question["type"] not in EXPLAINED]
    explanation = next(one for one in SETS if one.question["type"] == "technical")
    assert all(_fit(explanation.answers[5], _question(one)).odds < -1 for one in told)


def test_a_question_beside_the_bank_is_not_held_beside_it() -> None:
    """A question made from a resume may ask what one of the bank asks."""
    one = SETS[0]
    mine = replace(_question(one), text="Which of your own plans fell through, at work or before?")
    assert mine.text not in bank_words().questions
    fit = _fit(one.answers[5], mine)
    assert fit.nearer == ""
    assert not fit.off_question


def test_what_a_model_finds_close_fits_better() -> None:
    one, other = SETS[0], SETS[8]
    far, near = (_fit(one.answers[5], _question(other), close) for close in (-1.0, 5.0))
    assert far.odds < near.odds
    assert far.off_question


@pytest.mark.parametrize("text", ["", "Zxq vbnm qwrt plk.", "Yes. " * 40])
def test_an_answer_without_words_has_finite_odds(text: str) -> None:
    fit = _fit(text, _question(SETS[0]))
    assert -10 < fit.odds < 10
    assert fit.nearer == ""


def test_a_question_answered_in_another_way_is_not_named() -> None:
    """A story of an outage shares words with a design, but nobody mistook one for the other."""
    text = (
        "In March our checkout failed for forty minutes after a release and I was on call, so I "
        "rolled back the release and told support what was going on, and then I found the cause, "
        "a stale cache, and added an alert."
    )
    story = next(one for one in SETS if one.question["type"] == "behavioral")
    design = next(one for one in SETS if one.question["type"] == "system_design")
    types = dict(zip(bank_words().questions, bank_words().types, strict=True))
    for one in (story, design):
        nearer = _fit(text, _question(one)).nearer
        explained = {"technical", "system_design"}
        asked = one.question["type"]
        assert nearer == "" or (types[nearer] in explained) == (asked in explained)
