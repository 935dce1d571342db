"""Whether an answer is to the question asked or to another one of the bank."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bench.scorecard_ranking import HALVES, Graded, graded
from interview_coach.questions.bank import load_bank
from interview_coach.scoring import KeyPoint, Question
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.content import subject_by_words
from interview_coach.scoring.fit import Fit, fit_of
from interview_coach.scoring.fit_bank import EXPLAINED
from interview_coach.scoring.relevance import cover, mean_share
from interview_coach.scoring.subject import said_words
from tests.support.interviews import STRONG_ANSWER


def _question(one: Graded) -> Question:
    asked: dict[str, Any] = one.question
    points = tuple(KeyPoint(row["text"], tuple(row["phrases"])) for row in asked["key_points"])
    return Question(asked["type"], asked["text"], points)


def _fit(text: str, question: Question, closeness: float | None = None) -> Fit:
    answer = read_answer(text, question)
    said = said_words(answer, question)
    points = mean_share(cover(answer, question))
    return fit_of(answer, question, subject_by_words(answer, said, question), points, closeness)


SETS = graded(HALVES[0])
QUESTIONS = {entry.text: entry for entry in load_bank()}


def test_strong_answers_fit_their_own_question_and_no_other() -> None:
    own = [_fit(one.answers[5], _question(one)) for one in SETS]
    other = [
        _fit(one.answers[5], _question(SETS[(place + step) % len(SETS)]))
        for place, one in enumerate(SETS)
        for step in (5, 13)
    ]
    above = sum(left.odds > right.odds for left in own for right in other)
    assert above >= 0.98 * len(own) * len(other)
    assert sum(fit.off_question for fit in own) <= 0.06 * len(own)
    assert sum(fit.off_question for fit in other) >= 0.95 * len(other)


def test_the_question_it_is_nearer_to_is_named() -> None:
    one, other = SETS[12], SETS[20]
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
    assert mine.text not in QUESTIONS
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


def test_only_a_question_answered_in_the_same_way_is_named_and_one_that_stands_out() -> None:
    """A story of an outage shares words with a design, but nobody mistook one for the other."""
    named: list[bool] = []
    for place, one in enumerate(SETS):
        for step in (5, 7, 13):
            asked = SETS[(place + step) % len(SETS)]
            nearer = _fit(one.answers[5], _question(asked)).nearer
            same = (one.question["type"] in EXPLAINED) == (asked.question["type"] in EXPLAINED)
            if nearer:
                kind = QUESTIONS[nearer].type in EXPLAINED
                assert kind == (asked.question["type"] in EXPLAINED)
                if same:
                    named.append(nearer == one.question["text"])
    assert len(named) > len(SETS) / 3
    assert sum(named) >= 0.95 * len(named)


def test_a_story_full_of_the_words_of_a_trade_is_still_a_story() -> None:
    """An engineer's, with a missing index and failed payments, of a deadline."""
    entry = next(each for each in QUESTIONS.values() if each.id == "behavioral-tight-deadline")
    points = tuple(KeyPoint(point.text, tuple(point.phrases)) for point in entry.key_points)
    assert not _fit(STRONG_ANSWER, Question(entry.type, entry.text, points)).off_question
